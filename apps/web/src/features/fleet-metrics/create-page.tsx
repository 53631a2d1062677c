import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { FLEET_METRICS } from './api.ts'
import {
  definitionOf,
  FIELDS_OF_CODES,
  FleetMetricFields,
  LIMITS,
  NEW,
  RULES,
} from './components/fleet-metric-form.tsx'
import { fleetMetricPaths } from './fleet-metric-paths.ts'
import type { CreateFleetMetricSearch } from './search.ts'

export function CreateFleetMetricPage({ search: { query } }: SearchProps<CreateFleetMetricSearch>) {
  const { history } = useRouter()
  const client = useQueryClient()
  usePageChrome({
    title: 'Create fleet metric',
    breadcrumbs: [
      { text: 'Fleet metrics', href: fleetMetricPaths.list() },
      { text: 'Create fleet metric', href: fleetMetricPaths.create() },
    ],
  })
  const form = useForm({
    initial: { ...NEW, ...(query !== undefined && { queryString: query }) },
    limits: LIMITS,
    rules: RULES,
    fieldsOfCodes: FIELDS_OF_CODES,
    submit: (values) =>
      api(endpoints.createFleetMetric, { body: { metricName: values.metricName, ...definitionOf(values) } }),
    onDone: ({ metricName }) => {
      void client.invalidateQueries({ queryKey: FLEET_METRICS })
      history.push(fleetMetricPaths.metric(metricName))
    },
  })
  return (
    <SpaceBetween size="m">
      <PageHeader>Create fleet metric</PageHeader>
      <Form
        form={form}
        action="Create fleet metric"
        failure="The fleet metric could not be created"
        unsaved="the new fleet metric"
        cancelHref={fleetMetricPaths.list()}
        whyNot={useWhyNot('admin')}
      >
        <FleetMetricFields form={form} isNew />
      </Form>
    </SpaceBetween>
  )
}
