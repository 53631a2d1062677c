import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type FleetMetric } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Form } from '../../shared/form/form.tsx'
import { useForm } from '../../shared/form/use-form.ts'
import { useWhyNot } from '../../shared/session/session.tsx'
import { tagsChange } from '../../shared/tags/change-tags.ts'
import { ownTags } from '../../shared/tags/tag-rules.ts'
import { FLEET_METRICS, fleetMetricQuery } from './api.ts'
import {
  definitionOf,
  FIELDS_OF_CODES,
  FleetMetricFields,
  LIMITS,
  RULES,
  valuesOf,
} from './components/fleet-metric-form.tsx'
import { fleetMetricPaths } from './fleet-metric-paths.ts'

export function EditFleetMetricPage({ metricName }: { readonly metricName: string }) {
  return (
    <DetailsPage
      title={`Edit ${metricName}`}
      breadcrumbs={[
        { text: 'Fleet metrics', href: fleetMetricPaths.list() },
        { text: metricName, href: fleetMetricPaths.metric(metricName) },
        { text: 'Edit', href: fleetMetricPaths.edit(metricName) },
      ]}
      what="fleet metric"
      query={useQuery(fleetMetricQuery(metricName))}
      notFound={`There is no fleet metric named ${metricName}`}
      content={(metric) => <EditForm metric={metric} />}
    />
  )
}

/** Begins with what was there when it was opened: a change of somebody else's is refused by its version, and not undone. */
function EditForm({ metric }: { readonly metric: FleetMetric }) {
  const [opened] = useState(metric)
  const { metricName, version, tags: before } = opened
  const { history } = useRouter()
  const client = useQueryClient()
  const form = useForm({
    initial: valuesOf(opened),
    limits: LIMITS,
    rules: RULES,
    fieldsOfCodes: FIELDS_OF_CODES,
    submit: (values) => {
      const { tags, ...definition } = definitionOf(values)
      // Tags that could not be read are left as they are.
      const body = {
        ...definition,
        ...(before && { tags: tagsChange(ownTags(before), tags) }),
        expectedVersion: version,
      }
      return api(endpoints.updateFleetMetric, { params: { metricName }, body })
    },
    onDone: () => {
      void client.invalidateQueries({ queryKey: FLEET_METRICS })
      history.push(fleetMetricPaths.metric(metricName))
    },
  })
  return (
    <Form
      form={form}
      action="Save fleet metric"
      failure="The fleet metric could not be changed"
      unsaved="the changes of the fleet metric"
      cancelHref={fleetMetricPaths.metric(metricName)}
      whyNot={useWhyNot('admin')}
    >
      <FleetMetricFields form={form} isNew={false} />
    </Form>
  )
}
