import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import {
  endpoints,
  ProvisioningTemplateDescription,
  ProvisioningTemplateName,
  type ProvisioningTemplateType,
} from '@thingdeck/contract'
import { useMemo } from 'react'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { CheckField, FieldRow, RadioField, SelectField, TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { type Pair, pairsRule, recordOf } from '../../shared/form/pairs-field.tsx'
import { limitsOf } from '../../shared/form/text-limits.ts'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { usePolicyHome } from '../../shared/policy-editor/use-policy-home.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'
import { provisioningChanged } from './api.ts'
import { STARTING_POINTS, textOf } from './editor/starting-points.ts'
import { TemplateEditor } from './editor/template-editor.tsx'
import { templateProblems } from './editor/template-problems.ts'
import type { CreateTemplateSearch } from './search.ts'
import { HookFields } from './settings/hook-fields.tsx'
import { FUNCTION_LIMITS } from './settings/hook-report.tsx'
import { RoleField } from './settings/role-field.tsx'
import { roleRule } from './settings/role-rule.ts'
import { TYPE_WORDS } from './type-words.ts'

const NO_TAGS: readonly Pair[] = []

const TYPES = (['FLEET_PROVISIONING', 'JITP'] as const).map((value) => ({
  value,
  label: TYPE_WORDS[value].label,
  description: TYPE_WORDS[value].description,
}))

const NAMED = { ...limitsOf(ProvisioningTemplateName, 'letters, digits and _ -') }

export function CreateProvisioningTemplatePage({ search }: SearchProps<CreateTemplateSearch>) {
  const { history } = useRouter()
  const client = useQueryClient()
  const home = usePolicyHome()
  usePageChrome({
    title: 'Create provisioning template',
    breadcrumbs: [
      { text: 'Provisioning', href: paths.provisioningTemplates() },
      { text: 'Create provisioning template', href: paths.createProvisioningTemplate() },
    ],
  })
  const first = startsOf(search.type ?? 'FLEET_PROVISIONING')[0]
  const form = useForm({
    initial: {
      templateName: '',
      type: search.type ?? ('FLEET_PROVISIONING' as ProvisioningTemplateType),
      start: first?.id ?? '',
      templateBody: first ? textOf(first, home) : '',
      provisioningRoleArn: '',
      hasHook: false,
      functionArn: '',
      description: '',
      enabled: true,
      tags: NO_TAGS,
    },
    limits: {
      templateName: NAMED,
      description: { ...limitsOf(ProvisioningTemplateDescription, ''), isRequired: false },
    },
    rules: {
      tags: pairsRule(TAG_RULES),
      provisioningRoleArn: roleRule,
      functionArn: (text, { hasHook }) =>
        !hasHook || FUNCTION_LIMITS.pattern?.test(text)
          ? undefined
          : 'The ARN of a function: arn:aws:lambda:REGION:ACCOUNT:function:NAME.',
      templateBody: (text) => (text.trim() === '' ? 'This cannot be empty.' : undefined),
    },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'templateName' },
    submit: ({ start: _, hasHook, functionArn, description, tags, ...template }) =>
      api(endpoints.createProvisioningTemplate, {
        body: {
          ...template,
          ...(description !== '' && { description }),
          ...(hasHook && { preProvisioningHook: { targetArn: functionArn } }),
          tags: recordOf(tags),
        },
      }),
    onDone: ({ templateName }) => {
      void provisioningChanged(client)
      history.push(paths.provisioningTemplate(templateName, { tab: 'rehearsal' }))
    },
  })
  const { type, start, templateName, templateBody, hasHook } = form.values
  const begin = (id: string, of: ProvisioningTemplateType) => {
    const chosen = startsOf(of).find((each) => each.id === id) ?? startsOf(of)[0]
    if (!chosen) return
    form.change({
      type: of,
      start: chosen.id,
      templateBody: textOf(chosen, home),
      hasHook: of === 'FLEET_PROVISIONING' && (chosen.needsHook === true || hasHook),
    })
  }
  const wrong = useMemo(
    () => templateProblems(type)(templateBody).find(({ severity }) => severity === 'error'),
    [type, templateBody],
  )
  const mayNot = useWhyNot('admin')
  return (
    <SpaceBetween size="m">
      <PageHeader>Create provisioning template</PageHeader>
      <Form
        form={form}
        action="Create provisioning template"
        failure="The template could not be created"
        unsaved="the new provisioning template"
        cancelHref={paths.provisioningTemplates()}
        whyNot={mayNot ?? (wrong && `AWS would refuse the template: ${wrong.message}`)}
      >
        <TextField
          field={form.field('templateName')}
          label="Name"
          description="It is part of the topics that devices use."
        />
        <RadioField
          field={{ ...form.field('type'), set: (of) => begin('', of) }}
          label="How devices come"
          description="It cannot be changed later."
          options={TYPES}
        />
        <SelectField
          field={{ ...form.field('start'), set: (id) => begin(id, type) }}
          label="Begin with"
          description={STARTING_POINTS.find(({ id }) => id === start)?.description}
          options={startsOf(type).map(({ id, title, description }) => ({ value: id, label: title, description }))}
        />
        <FieldRow field={form.field('templateBody')} label="Template">
          <TemplateEditor label="Template" type={type} value={templateBody} onChange={form.field('templateBody').set} />
        </FieldRow>
        <RoleField
          field={form.field('provisioningRoleArn')}
          templateName={templateName}
          templateBody={templateBody}
          type={type}
        />
        {type === 'FLEET_PROVISIONING' && (
          <HookFields
            hasHook={form.field('hasHook')}
            functionArn={form.field('functionArn')}
            templateName={templateName}
          />
        )}
        <TextField field={form.field('description')} label="Description, optional" rows={2} />
        <CheckField
          field={form.field('enabled')}
          description="Devices are provisioned by it at once. Else every device is refused until somebody enables it."
        >
          Enabled
        </CheckField>
        <TagsField field={form.field('tags')} />
      </Form>
    </SpaceBetween>
  )
}

const startsOf = (type: ProvisioningTemplateType) => STARTING_POINTS.filter((each) => each.type === type)
