import Box from '@cloudscape-design/components/box'
import { useQuery } from '@tanstack/react-query'
import type { FleetMetric } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { aggregationInWords, periodInWords } from '../aggregation-choices.ts'
import { fleetMetricQuery } from '../api.ts'

/** What a fleet metric computes, of what, how often. */
export function FleetMetricFacts({ metric }: { readonly metric: FleetMetric }) {
  const { queryString, description, unit, version, changedAt, metricArn, tags, periodSeconds } = metric
  return (
    <Facts
      facts={[
        { label: 'Computes', value: visible(aggregationInWords(metric)) },
        { label: 'Of the things that this query finds', value: <Box variant="code">{visible(queryString)}</Box> },
        { label: 'Every', value: periodInWords(periodSeconds) },
        { label: 'Unit', value: unit ?? 'None' },
        description === undefined ? undefined : { label: 'Description', value: visible(description) },
        { label: 'Version', value: version },
        changedAt === undefined ? undefined : { label: 'Changed', value: <Age atMs={Date.parse(changedAt)} /> },
        { label: 'ARN', copy: metricArn },
        tags === undefined
          ? { label: 'Tags', value: 'The console may not read them: iot:ListTagsForResource was refused.' }
          : {
              label: 'Tags',
              list: Object.entries(tags).map(([key, value]) => (
                <span key={key} className="td-mono">
                  {visible(`${key}=${value}`)}
                </span>
              )),
            },
      ]}
    />
  )
}

/** The same without leaving the list. */
export function FleetMetricLook({ metricName }: { readonly metricName: string }) {
  const { data, error, refetch } = useQuery(fleetMetricQuery(metricName))
  if (error)
    return <ErrorAlert error={error} what="The fleet metric could not be read" onRetry={() => void refetch()} />
  return data ? <FleetMetricFacts metric={data} /> : <Loading what="fleet metric" />
}
