import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { allRuleActions, endpoints, type Rule, type RulePayload, ruleActionName } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { DetailsPage } from '../../../shared/details/details-page.tsx'
import { useUndoFlash } from '../../../shared/flash/use-undo-flash.tsx'
import { Form } from '../../../shared/form/form.tsx'
import { ApiError } from '../../../shared/http.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { ruleQuery, rulesChanged } from '../api.ts'
import { useCasesFirst } from '../rehearsal/cases/use-cases-first.tsx'
import { RehearsalPanel } from '../rehearsal/rehearsal-panel.tsx'
import { dropRuleDraft, readRuleDraft } from '../rule-draft.ts'
import { ChangedMeanwhile } from './changed-meanwhile.tsx'
import { isSameRule, withSecretsOf } from './rebase-draft.ts'
import { RuleDiff } from './rule-diff.tsx'
import { RuleFields } from './rule-fields.tsx'
import { RuleLayout } from './rule-layout.tsx'
import { payloadOf, valuesOf } from './rule-values.ts'
import type { EditRuleSearch } from './search.ts'
import { useKeptDraft } from './use-kept-draft.ts'
import { useRehearsalNotes } from './use-rehearsal-notes.ts'
import { useRuleForm } from './use-rule-form.ts'

/** The editor of a rule that there is: it is compared with what is deployed, and replaces it. */
interface EditRulePageProps extends SearchProps<EditRuleSearch> {
  readonly ruleName: string
}

export function EditRulePage({ ruleName, search }: EditRulePageProps) {
  return (
    <DetailsPage
      title={`Edit ${ruleName}`}
      breadcrumbs={[
        { text: 'Rules', href: paths.rules() },
        { text: ruleName, href: paths.rule(ruleName) },
        { text: 'Edit', href: paths.editRule(ruleName) },
      ]}
      what="rule"
      query={useQuery(ruleQuery(ruleName))}
      notFound={`There is no rule named ${ruleName}`}
      content={(rule) => <EditForm rule={rule} meant={search.action} />}
    />
  )
}

/** @param meant the action that somebody came for */
function EditForm({ rule, meant }: { readonly rule: Rule; readonly meant: string | undefined }) {
  const { ruleName, payload: deployed } = rule
  const { history } = useRouter()
  const client = useQueryClient()
  const undoFlash = useUndoFlash()
  const [draft] = useState(() => readRuleDraft(ruleName))
  /** What the draft was made from: what is replaced has to be this. */
  const [base, setBase] = useState<RulePayload>(
    draft?.base && !isSameRule(draft.base, deployed) ? draft.base : deployed,
  )
  const begun = draft ? withSecretsOf(draft.payload, rule) : deployed
  const cases = useCasesFirst('Replace rule')
  const edited = useRuleForm({
    initial: { ...valuesOf(begun), ruleName, tags: [] },
    submit: async (values) => {
      await cases.ask(ruleName, payloadOf(values))
      try {
        return await api(endpoints.replaceRule, {
          params: { ruleName },
          body: { payload: payloadOf(values), expected: base },
        })
      } catch (error) {
        // What they did is read, and shown.
        if (error instanceof ApiError && error.code === 'RULE_CHANGED') void rulesChanged(client)
        throw error
      }
    },
    onDone: (after) => {
      dropRuleDraft(ruleName)
      client.setQueryData(ruleQuery(ruleName).queryKey, after)
      void rulesChanged(client)
      undoFlash({
        id: `rule ${ruleName}`,
        done: `${ruleName} was replaced`,
        undo: () =>
          api(endpoints.replaceRule, { params: { ruleName }, body: { payload: base, expected: after.payload } }),
        failure: `${ruleName} could not be put back as it was`,
        onChange: () => void rulesChanged(client),
      })
      history.push(paths.rule(ruleName))
    },
  })
  const { form } = edited
  useKeptDraft(ruleName, form, base)
  const { notes, onMarks } = useRehearsalNotes()
  const mayNot = useWhyNot('admin')
  const mine = payloadOf(form.values)
  const isChanged = !isSameRule(mine, base) || JSON.stringify(mine) !== JSON.stringify(payloadOf(valuesOf(base)))
  const isOvertaken = !isSameRule(base, deployed)
  const stranger = allRuleActions(deployed).find((action) => ruleActionName(action) === undefined)
  const whyNot =
    mayNot ??
    (stranger
      ? `It has an action that this console does not know (${Object.keys(stranger).join()}) and would lose.`
      : isOvertaken
        ? 'The rule was replaced meanwhile: see above.'
        : isChanged
          ? undefined
          : 'It says what is deployed.')
  const goOn = (payload: RulePayload) => {
    setBase(deployed)
    form.change(valuesOf(payload))
  }
  return (
    <RuleLayout rehearsal={<RehearsalPanel draft={mine} deployed={deployed} ruleName={ruleName} onMarks={onMarks} />}>
      <SpaceBetween size="m">
        {cases.question}
        {isOvertaken && (
          <ChangedMeanwhile
            base={base}
            mine={mine}
            theirs={deployed}
            onGoOn={goOn}
            onDiscard={() => {
              dropRuleDraft(ruleName)
              goOn(deployed)
            }}
          />
        )}
        <Form
          form={form}
          action="Replace rule"
          failure="The rule could not be replaced"
          unsaved="what is not saved of the rule; a draft of it stays in this tab"
          cancelHref={paths.rule(ruleName)}
          whyNot={whyNot}
          isBare
        >
          <RuleFields rule={edited} notes={notes} isReplacement meant={meant} />
          {isChanged && (
            <ExpandableSection variant="container" defaultExpanded headerText="Changes to what is deployed">
              <RuleDiff names={['Deployed', 'This draft']} before={base} after={mine} />
            </ExpandableSection>
          )}
        </Form>
      </SpaceBetween>
    </RuleLayout>
  )
}
