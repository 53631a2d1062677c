import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { paths } from '../../shared/paths.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { RULE_DESTINATIONS } from './api.ts'
import { DestinationFields } from './components/destination-fields.tsx'
import { configurationOf, FIELDS_OF_CODES, NEW, RULES } from './destination-values.ts'

export function CreateRuleDestinationPage() {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create destination',
    breadcrumbs: [
      { text: 'Destinations', href: paths.ruleDestinations() },
      { text: 'Create destination', href: paths.createRuleDestination() },
    ],
  })
  const form = useForm({
    initial: NEW,
    rules: RULES,
    fieldsOfCodes: FIELDS_OF_CODES,
    submit: (values) =>
      api(endpoints.createRuleDestination, { body: { destinationConfiguration: configurationOf(values) } }),
    onDone: ({ arn }) => {
      void client.invalidateQueries({ queryKey: RULE_DESTINATIONS })
      history.push(paths.ruleDestinations({ look: [arn] }))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader>Create destination</PageHeader>
      <Form
        form={form}
        action="Create destination"
        failure="The destination could not be created"
        unsaved="the new destination"
        cancelHref={paths.ruleDestinations()}
        whyNot={useWhyNot('admin')}
      >
        <DestinationFields form={form} />
      </Form>
    </SpaceBetween>
  )
}
