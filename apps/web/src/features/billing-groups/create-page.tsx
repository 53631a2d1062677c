import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { TextField } from '../../shared/form/fields.tsx'
import { Form } from '../../shared/form/form.tsx'
import { type Pair, pairsRule, recordOf } from '../../shared/form/pairs-field.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { BILLING_GROUPS } from '../../shared/pickers/registry-keys.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { TAG_RULES } from '../../shared/tags/tag-rules.ts'
import { TagsField } from '../../shared/tags/tags-field.tsx'
import { DESCRIPTION_LIMITS, NAME_LIMITS } from '../../shared/things/registry-limits.ts'

interface Values {
  readonly billingGroupName: string
  readonly description: string
  readonly tags: readonly Pair[]
}

const NEW: Values = { billingGroupName: '', description: '', tags: [{ key: '', value: '' }] }

export function CreateBillingGroupPage() {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create billing group',
    breadcrumbs: [
      { text: 'Billing groups', href: paths.billingGroups() },
      { text: 'Create billing group', href: paths.createBillingGroup() },
    ],
  })
  const form = useForm<Values, { readonly billingGroupName: string }>({
    initial: NEW,
    limits: {
      billingGroupName: NAME_LIMITS,
      description: DESCRIPTION_LIMITS,
    },
    rules: { tags: pairsRule(TAG_RULES) },
    fieldsOfCodes: { ResourceAlreadyExistsException: 'billingGroupName' },
    submit: ({ billingGroupName, description, tags }) =>
      api(endpoints.createBillingGroup, {
        body: { billingGroupName, tags: recordOf(tags), ...(description !== '' && { description }) },
      }),
    onDone: ({ billingGroupName }) => {
      void client.invalidateQueries({ queryKey: BILLING_GROUPS })
      history.push(paths.billingGroup(billingGroupName, { tab: 'things' }))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader>Create billing group</PageHeader>
      <Form
        form={form}
        action="Create billing group"
        failure="The billing group could not be created"
        unsaved="the new billing group"
        cancelHref={paths.billingGroups()}
        whyNot={useWhyNot('admin')}
      >
        <TextField field={form.field('billingGroupName')} label="Name" />
        <TextField field={form.field('description')} label="Description" rows={2} />
        <TagsField field={form.field('tags')} />
      </Form>
    </SpaceBetween>
  )
}
