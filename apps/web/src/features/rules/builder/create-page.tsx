import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { SelectField, TextField } from '../../../shared/form/fields.tsx'
import { Form } from '../../../shared/form/form.tsx'
import { pairsOf, recordOf } from '../../../shared/form/pairs-field.tsx'
import { PageHeader } from '../../../shared/help/page-header.tsx'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { TagsField } from '../../../shared/tags/tags-field.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { ruleQuery, rulesChanged } from '../api.ts'
import { useCasesFirst } from '../rehearsal/cases/use-cases-first.tsx'
import { RehearsalPanel } from '../rehearsal/rehearsal-panel.tsx'
import { dropRuleDraft, NEW_RULE, readRuleDraft } from '../rule-draft.ts'
import { STATEMENT_TEMPLATES } from './begin-with.ts'
import { RuleFields } from './rule-fields.tsx'
import { RuleLayout } from './rule-layout.tsx'
import { payloadOf, type RuleValues, valuesOf } from './rule-values.ts'
import type { CreateRuleSearch } from './search.ts'
import { useKeptDraft } from './use-kept-draft.ts'
import { useRehearsalNotes } from './use-rehearsal-notes.ts'
import { useRuleForm } from './use-rule-form.ts'

const DRAFT = 'draft'
const GIVEN = 'given'
const [FIRST] = STATEMENT_TEMPLATES

const EMPTY: RuleValues = {
  ruleName: '',
  description: '',
  sql: FIRST?.sql ?? '',
  sqlVersion: '2016-03-23',
  actions: [],
  errorAction: [],
  isEnabled: true,
  tags: [],
}

/** A new rule: from nothing, from a statement, like another one, or the draft that was left. */
export function CreateRulePage({ search: { sql, like } }: SearchProps<CreateRuleSearch>) {
  usePageChrome({
    title: 'Create rule',
    breadcrumbs: [
      { text: 'Rules', href: paths.rules() },
      { text: 'Create rule', href: paths.createRule() },
    ],
  })
  const other = useQuery({ ...ruleQuery(like ?? ''), enabled: like !== undefined })
  return (
    <SpaceBetween size="m">
      <PageHeader>Create rule</PageHeader>
      {like === undefined ? (
        <CreateForm begun={sql === undefined ? undefined : { ...EMPTY, sql }} />
      ) : other.data ? (
        <CreateForm begun={{ ...EMPTY, ...valuesOf(other.data.payload), tags: pairsOf(other.data.tags) }} />
      ) : other.error ? (
        <ErrorAlert error={other.error} what={`The rule ${like} could not be read`} />
      ) : (
        <Loading what="rule" />
      )}
    </SpaceBetween>
  )
}

/** @param begun what another page began, in place of the draft */
function CreateForm({ begun }: { readonly begun: RuleValues | undefined }) {
  const { history } = useRouter()
  const client = useQueryClient()
  const { flash } = useFlash()
  const [draft] = useState(() => readRuleDraft(NEW_RULE))
  const ofDraft: RuleValues | undefined = draft && {
    ...valuesOf(draft.payload),
    ruleName: draft.ruleName,
    tags: pairsOf(draft.tags),
  }
  const cases = useCasesFirst('Create rule')
  const rule = useRuleForm({
    initial: begun ?? ofDraft ?? EMPTY,
    submit: async (values) => {
      const payload = payloadOf(values)
      await cases.ask(values.ruleName, payload)
      return api(endpoints.createRule, {
        body: { ruleName: values.ruleName, payload, tags: recordOf(values.tags) },
      })
    },
    onDone: ({ ruleName }) => {
      dropRuleDraft(NEW_RULE)
      void rulesChanged(client)
      flash({ id: `rule ${ruleName}`, type: 'success', header: `${ruleName} was created` })
      history.push(paths.rule(ruleName))
    },
  })
  const { form } = rule
  const { values } = form
  useKeptDraft(NEW_RULE, form)
  const [begin, setBegin] = useState(begun ? GIVEN : draft ? DRAFT : (FIRST?.id ?? ''))
  const { notes, onMarks } = useRehearsalNotes()
  const templates = [
    ...(begun ? [{ value: GIVEN, label: 'What another page began', description: 'As it was handed on.' }] : []),
    ...(draft ? [{ value: DRAFT, label: 'A draft', description: 'Begun before in this tab.' }] : []),
    ...STATEMENT_TEMPLATES.map(({ id, title, description }) => ({ value: id, label: title, description })),
  ]
  const whole: Readonly<Record<string, RuleValues | undefined>> = { [GIVEN]: begun, [DRAFT]: ofDraft }
  return (
    <RuleLayout
      rehearsal={<RehearsalPanel draft={payloadOf(values)} ruleName={values.ruleName || undefined} onMarks={onMarks} />}
    >
      {cases.question}
      <Form
        form={form}
        action="Create rule"
        failure="The rule could not be created"
        unsaved="what is not saved of the rule; a draft of it stays in this tab"
        cancelHref={paths.rules()}
        whyNot={useWhyNot('admin')}
        isBare
      >
        <RuleFields
          rule={rule}
          notes={notes}
          isReplacement={false}
          identity={
            <SpaceBetween size="m">
              <TextField field={form.field('ruleName')} label="Name" />
              <SelectField
                field={{
                  name: 'begin',
                  value: begin,
                  limits: undefined,
                  error: undefined,
                  leave: () => {},
                  set: (id) => {
                    setBegin(id)
                    const template = STATEMENT_TEMPLATES.find((each) => each.id === id)
                    const given = whole[id]
                    if (given) form.change(given)
                    else if (template) form.change({ sql: template.sql })
                  },
                }}
                label="Begin with"
                description={templates.find(({ value }) => value === begin)?.description}
                options={templates}
              />
              <TagsField field={form.field('tags')} />
            </SpaceBetween>
          }
        />
      </Form>
    </RuleLayout>
  )
}
