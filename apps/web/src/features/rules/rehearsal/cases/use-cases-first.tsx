import { useQueryClient } from '@tanstack/react-query'
import type { RuleCase } from '@thingdeck/contract'
import { runRuleCases } from '@thingdeck/rules-sql'
import { type ReactNode, useState } from 'react'
import { ConfirmDialog } from '../../../../shared/dialog/confirm-dialog.tsx'
import { formatCounted } from '../../../../shared/format.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import { visible } from '../../../../shared/text/visible.tsx'
import type { RehearsedRule } from '../protocol.ts'
import { ruleCasesQuery } from './case-queries.ts'

interface CasesFirst {
  /**
   * Runs the test cases that are kept of a rule, and where some fail, or they cannot be read, asks whether it is to be
   * saved all the same.
   * @throws {Error} where it is not to be
   */
  readonly ask: (ruleName: string, draft: RehearsedRule) => Promise<void>
  /** The question, as long as it is open. */
  readonly question: ReactNode
}

/** Why somebody is asked: test cases fail, or could not be read. */
type Doubt = { readonly failed: readonly string[]; readonly unread?: undefined } | { readonly unread: string }

type Question = Doubt & { readonly answer: (goOn: boolean) => void }

/** Before a rule is saved its test cases are run. @param action 'Replace rule' */
export function useCasesFirst(action: string): CasesFirst {
  const client = useQueryClient()
  const [open, setOpen] = useState<Question>()
  const goesOn = async (doubt: Doubt): Promise<boolean> => {
    const goOn = await new Promise<boolean>((answer) => setOpen({ ...doubt, answer }))
    setOpen(undefined)
    return goOn
  }
  const ask = async (ruleName: string, draft: RehearsedRule) => {
    let cases: readonly RuleCase[]
    try {
      cases = (await client.fetchQuery(ruleCasesQuery(ruleName))).cases
    } catch (error) {
      if (await goesOn({ unread: messageOf(error) })) return
      throw new Error('It was not sent, as its test cases could not be read.')
    }
    const results = await runRuleCases(draft, ruleName, cases)
    const failed = results.filter(({ isPassed }) => !isPassed).map(({ name }) => name)
    if (failed.length === 0 || (await goesOn({ failed }))) return
    throw new Error(`It was not sent, as test cases fail: ${failed.join(', ')}.`)
  }
  if (open?.unread !== undefined) {
    const question = (
      <ConfirmDialog
        header="Save it without its test cases?"
        action={`${action} all the same`}
        failure="It could not be saved"
        onConfirm={() => open.answer(true)}
        onClose={() => open.answer(false)}
      >
        <p>
          Whether there are test cases, and what they say of this draft, is not known: they could not be read.{' '}
          {visible(open.unread)}
        </p>
      </ConfirmDialog>
    )
    return { ask, question }
  }
  const question = open && (
    <ConfirmDialog
      header={`Save it although ${formatCounted(open.failed.length, 'test case')} ${open.failed.length === 1 ? 'fails' : 'fail'}?`}
      action={`${action} all the same`}
      failure="It could not be saved"
      onConfirm={() => open.answer(true)}
      onClose={() => open.answer(false)}
    >
      <p>With this draft a message no longer gives what was expected of it:</p>
      <ul aria-label="Test cases that fail">
        {open.failed.map((name) => (
          <li key={name}>{visible(name)}</li>
        ))}
      </ul>
      <p>Test cases, beside the form, says what each gives now. What is meant to be so is saved there anew.</p>
    </ConfirmDialog>
  )
  return { ask, question }
}
