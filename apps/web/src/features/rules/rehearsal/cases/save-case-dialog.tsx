import { useQueryClient } from '@tanstack/react-query'
import type { KeptRuleCases } from '@thingdeck/contract'
import { caseOutcomeOf } from '@thingdeck/rules-sql'
import { TextField } from '../../../../shared/form/fields.tsx'
import { FormDialog } from '../../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../../shared/form/use-form.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { bytesText } from '../engine/value-text.ts'
import type { RehearsalAnswer, RehearsalDetail, RehearsedRule } from '../protocol.ts'
import { caseOf } from './case-of.ts'
import { putRuleCases, ruleCasesKey } from './case-queries.ts'

interface SaveCaseDialogProps {
  readonly ruleName: string
  /** By which the message is decided. */
  readonly rule: RehearsedRule
  readonly kept: KeptRuleCases
  readonly detail: RehearsalDetail
  readonly answers: readonly RehearsalAnswer[]
  readonly onClose: () => void
}

/** Keeps a message with what the draft makes of it now, for everybody who changes the rule. */
export function SaveCaseDialog({ ruleName, rule, kept, detail, answers, onClose }: SaveCaseDialogProps) {
  const client = useQueryClient()
  const { draft, message } = detail
  const form = useForm({
    initial: { name: '' },
    limits: { name: { minLength: 1, maxLength: 128 } },
    atOnce: {
      name: (name) =>
        kept.cases.some((each) => each.name === name) ? `There is a test case ${name} already.` : undefined,
    },
    submit: async ({ name }) => {
      const seen = caseOf(name, message, answers)
      // What is drawn by lot, and the account, are others in a case than in a rehearsal, and the same in each run of it.
      const { outcome, output, isBase64 } = await caseOutcomeOf(rule, ruleName, seen)
      const expected = { outcome, ...(output !== undefined && { output }), ...(isBase64 && { isBase64 }) }
      return putRuleCases(ruleName, { ...kept, cases: [...kept.cases, { ...seen, expected }] })
    },
    onDone: (after) => {
      client.setQueryData(ruleCasesKey(ruleName), after)
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header="Save as a test case"
      action="Save test case"
      failure="The test case could not be saved"
      onClose={onClose}
    >
      <p>
        From now on a message of{' '}
        <span className="td-mono">
          <VisibleText text={message.topic} />
        </span>{' '}
        with this payload{' '}
        {draft.output ? 'has to give this output:' : draft.kind === 'failed' ? 'has to fail.' : 'must not match.'}
      </p>
      {draft.output && (
        <pre className="td-payload">
          <VisibleText text={bytesText(draft.output)} keepsLines />
        </pre>
      )}
      {answers.some(({ calledAtMs }) => calledAtMs !== undefined) && (
        <p>What AWS really answered is kept with it, and everybody at the console can read it.</p>
      )}
      <TextField field={form.field('name')} label="Name" placeholder="hot pump" />
    </FormDialog>
  )
}
