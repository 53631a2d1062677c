import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { endpoints, type FleetMetric } from '@thingdeck/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { DestroyDialog } from '../../shared/dialog/destroy-dialog.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { FLEET_METRICS, fleetMetricQuery } from './api.ts'
import { FleetMetricChart } from './components/fleet-metric-chart.tsx'
import { FleetMetricFacts } from './components/fleet-metric-facts.tsx'
import { fleetMetricPaths } from './fleet-metric-paths.ts'
import type { FleetMetricSearch } from './search.ts'

interface FleetMetricPageProps extends SearchProps<FleetMetricSearch> {
  readonly metricName: string
}

export function FleetMetricPage({ metricName, search, setSearch }: FleetMetricPageProps) {
  const query = useQuery(fleetMetricQuery(metricName))
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <DetailsPage
        title={metricName}
        breadcrumbs={[
          { text: 'Fleet metrics', href: fleetMetricPaths.list() },
          { text: metricName, href: fleetMetricPaths.metric(metricName) },
        ]}
        what="fleet metric"
        query={query}
        notFound={`There is no fleet metric named ${metricName}`}
        actions={[
          {
            id: 'delete',
            text: 'Delete fleet metric',
            needs: 'admin',
            onAction: () => setDeleting(true),
            whyNot: query.data ? undefined : 'It was not read yet.',
          },
          { id: 'edit', text: 'Edit fleet metric', needs: 'admin', href: fleetMetricPaths.edit(metricName) },
        ]}
        content={(metric) => (
          <SpaceBetween size="m">
            <Container header={<Header variant="h2">Values</Header>}>
              <FleetMetricChart metric={metric} search={search} setSearch={setSearch} />
            </Container>
            <Container header={<Header variant="h2">Definition</Header>}>
              <FleetMetricFacts metric={metric} />
            </Container>
          </SpaceBetween>
        )}
      />
      {isDeleting && query.data && <DeleteFleetMetric metric={query.data} onClose={() => setDeleting(false)} />}
    </>
  )
}

function DeleteFleetMetric({ metric, onClose }: { readonly metric: FleetMetric; readonly onClose: () => void }) {
  const { metricName, version } = metric
  const client = useQueryClient()
  const { history } = useRouter()
  return (
    <DestroyDialog
      header={`Delete the fleet metric ${metricName}`}
      action="Delete fleet metric"
      name={metricName}
      consequences={[
        'AWS IoT computes it no more, and alarms that watch it get no more data.',
        'What CloudWatch has of it stays there until it is too old.',
      ]}
      failure="The fleet metric could not be deleted"
      onDestroy={async () => {
        await api(endpoints.deleteFleetMetric, { params: { metricName }, query: { expectedVersion: version } })
        history.push(fleetMetricPaths.list())
        await client.invalidateQueries({ queryKey: FLEET_METRICS })
      }}
      onClose={onClose}
    />
  )
}
