import '../jobs.css'
import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { JobExecutionSummary } from '@thingdeck/contract'
import { paths } from '../../../shared/paths.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { useNow } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { causesQuery } from '../api.ts'
import { causesInWords } from '../words/stuck.ts'

interface CausesListProps {
  readonly thingName: string
  readonly jobId: string
  readonly execution: Pick<JobExecutionSummary, 'status' | 'queuedAt'>
}

/** Why a device does not begin, or does not end: each point that can be known, and the way to look further. */
export function CausesList({ thingName, jobId, execution }: CausesListProps) {
  const { data, error, refetch } = useQuery(causesQuery(thingName, jobId))
  const nowMs = useNow(5_000)
  return (
    <SpaceBetween size="xs">
      <Box variant="h3">{execution.status === 'QUEUED' ? 'Why does it not begin?' : 'What is it doing?'}</Box>
      {error && <ErrorAlert error={error} what="The reasons could not be read" onRetry={() => void refetch()} />}
      {!data && !error && <Loading what="reasons" />}
      {data && (
        <ul className="td-job-causes">
          {causesInWords(data, execution, nowMs).map(({ id, type, words }) => (
            <li key={id}>
              <StatusIndicator type={type} wrapText>
                {visible(words)}
              </StatusIndicator>
            </li>
          ))}
        </ul>
      )}
      {data && (
        <SpaceBetween direction="horizontal" size="m">
          {data.thing.clientId !== undefined && (
            <Link href={paths.client(data.thing.clientId, { tab: 'subscriptions' })}>
              What its client is subscribed to
            </Link>
          )}
          <Link href={paths.logs({ thing: thingName })}>Its log</Link>
          <Link href={paths.timeline(thingName)}>Its timeline</Link>
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
