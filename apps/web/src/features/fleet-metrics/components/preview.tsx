import Box from '@cloudscape-design/components/box'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { FleetAggregation } from '@thingdeck/contract'
import { messageOf } from '../../../shared/message-of.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { previewQuery } from '../api.ts'

interface PreviewProps {
  readonly queryString: string
  readonly aggregationField: string
  /** Undefined: it is not complete. */
  readonly aggregation: FleetAggregation | undefined
}

const QUIET_MS = 600
const NOTHING: FleetAggregation = { name: 'Statistics', values: [] }

/** What the metric would say now: so that nobody makes one to find out. */
export function Preview({ queryString, aggregationField, aggregation = NOTHING }: PreviewProps) {
  const asked = useDebounced(JSON.stringify({ queryString, aggregationField, aggregation }), QUIET_MS)
  const settled: Required<PreviewProps> & { aggregation: FleetAggregation } = JSON.parse(asked) // it was made of them
  const isComplete = settled.queryString !== '' && settled.aggregation.values.length > 0
  const { data, error, isFetching } = useQuery({ ...previewQuery(settled), enabled: isComplete })
  return (
    <Box>
      <Box variant="awsui-key-label">Now it would say</Box>
      <span aria-live="polite">
        {!isComplete ? (
          <StatusIndicator type="info">Write a query and choose what is computed</StatusIndicator>
        ) : isFetching ? (
          <StatusIndicator type="loading">Asking the fleet index</StatusIndicator>
        ) : error ? (
          <StatusIndicator type="error">{visible(messageOf(error))}</StatusIndicator>
        ) : (
          <span className="td-mono">
            {data?.values
              .map(({ name, value }) => `${name} ${value ?? '– (nothing matches, or it has no such value)'}`)
              .join(' · ')}
          </span>
        )}
      </span>
    </Box>
  )
}
