import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, PolicyName } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { FieldRow, SelectField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { type Pair, pairsRule, recordOf } from '../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../shared/form/text-limits.ts'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import {
  dropPolicyDraft,
  keepPolicyDraft,
  NEW_POLICY,
  readPolicyDraft,
} from '../../shared/policy-editor/policy-drafts.ts'
import { PolicyEditor } from '../../shared/policy-editor/policy-editor.tsx'
import { documentOf, TEMPLATES } from '../../shared/policy-editor/templates.ts'
import { usePolicyFindings } from '../../shared/policy-editor/use-policy-findings.ts'
import { useSession, useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'
import { policiesChanged } from './api.ts'

const NO_TAGS: readonly Pair[] = []

/** The choice that is no template: a draft that another page made, or that was begun before. */
const DRAFT = 'draft'

/** A policy from a template that allows as little as its purpose needs, or from a draft. */
export function CreatePolicyPage() {
  const { history } = useRouter()
  const client = useQueryClient()
  const session = useSession()
  usePageChrome({
    title: 'Create policy',
    breadcrumbs: [
      { text: 'Policies', href: paths.policies() },
      { text: 'Create policy', href: paths.createPolicy() },
    ],
  })
  const [draft, setDraft] = useState(() => readPolicyDraft(NEW_POLICY))
  const textOf = (id: string) => {
    const template = TEMPLATES.find((each) => each.id === id)
    return template ? documentOf(template, session) : (draft ?? '')
  }
  const form = useForm({
    initial: {
      policyName: '',
      template: draft === undefined ? 'device' : DRAFT,
      policyDocument: draft ?? textOf('device'),
      tags: NO_TAGS,
    },
    limits: { policyName: limitsOf(PolicyName, 'letters, digits and _ + = , . @ -') },
    rules: {
      tags: pairsRule(TAG_RULES),
      policyDocument: (text) => (text.trim() === '' ? 'This cannot be empty.' : undefined),
    },
    fieldsOfCodes: {
      ResourceAlreadyExistsException: 'policyName',
      MalformedPolicyException: 'policyDocument',
    },
    submit: ({ policyName, policyDocument, tags }) =>
      api(endpoints.createPolicy, { body: { policyName, policyDocument, tags: recordOf(tags) } }),
    onDone: ({ policyName }) => {
      dropPolicyDraft(NEW_POLICY)
      void policiesChanged(client)
      history.push(paths.policy(policyName, { tab: 'targets' }))
    },
  })
  const { policyDocument } = form.values
  const { findings } = usePolicyFindings(policyDocument)
  const documentError = form.field('policyDocument').error
  const refusal = policyDocument.trim() === '' ? undefined : documentError
  const wrong = findings.find(({ severity }) => severity === 'error')
  const mayNot = useWhyNot('admin')
  const templates = [
    ...(draft === undefined
      ? []
      : [{ value: DRAFT, label: 'A draft', description: 'Begun before, or made by another page.' }]),
    ...TEMPLATES.map(({ id, title, description }) => ({ value: id, label: title, description })),
  ]
  return (
    <SpaceBetween size="m">
      <PageHeader>Create policy</PageHeader>
      <Form
        form={form}
        action="Create policy"
        failure="The policy could not be created"
        unsaved="the new policy"
        cancelHref={paths.policies()}
        whyNot={mayNot ?? (wrong && `AWS would refuse the document: ${wrong.words}`)}
      >
        <TextField field={form.field('policyName')} label="Name" />
        <SelectField
          field={{
            ...form.field('template'),
            set: (template) => {
              // What was written is not lost by looking at another template: it stays to be chosen as the draft.
              if (policyDocument !== textOf(form.values.template)) setDraft(policyDocument)
              form.change({ template, policyDocument: textOf(template) })
            },
          }}
          label="Begin with"
          description={TEMPLATES.find(({ id }) => id === form.values.template)?.description}
          options={templates}
        />
        <FieldRow
          // What the editor says of it is not said twice.
          field={{ ...form.field('policyDocument'), error: refusal === undefined ? documentError : undefined }}
          label="Document"
        >
          <PolicyEditor
            label="Document"
            value={policyDocument}
            refusal={refusal}
            onChange={(text) => {
              form.field('policyDocument').set(text)
              keepPolicyDraft(NEW_POLICY, text)
            }}
          />
        </FieldRow>
        <TagsField field={form.field('tags')} />
      </Form>
    </SpaceBetween>
  )
}
