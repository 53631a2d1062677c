import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { Authorizer, FunctionRun, IotLogEntry } from '@thingdeck/contract'
import { reasonOf, whyInWords } from '../../../shared/iot-logs/reason-words.ts'
import { List } from '../../../shared/list/list.tsx'
import type { ListColumn } from '../../../shared/list/list-column.ts'
import { wholeOf } from '../../../shared/list/list-source.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age } from '../../../shared/time.tsx'
import { useAnchor } from '../../../shared/use-anchor.ts'
import { callsQuery } from '../api.ts'

const DAY_MS = 86_400_000

const RUNS: readonly ListColumn<FunctionRun>[] = [
  {
    id: 'at',
    header: 'When',
    isRowHeader: true,
    isFixed: true,
    width: 150,
    cell: ({ at }) => <Age atMs={Date.parse(at)} />,
  },
  {
    id: 'outcome',
    header: 'Ended',
    width: 140,
    cell: ({ status }) =>
      status === undefined ? (
        <StatusIndicator type="success">answered</StatusIndicator>
      ) : (
        <StatusIndicator type="error">{visible(status)}</StatusIndicator>
      ),
  },
  {
    id: 'duration',
    header: 'Took',
    width: 280,
    cell: ({ durationMs, initMs }) =>
      `${durationMs === undefined ? '–' : `${durationMs} ms`}${initMs === undefined ? '' : `, and ${initMs} ms to start`}`,
  },
  { id: 'request', header: 'Request id', minWidth: 200, cell: ({ requestId }) => <NameText text={requestId} /> },
]

const REFUSALS: readonly ListColumn<IotLogEntry>[] = [
  {
    id: 'at',
    header: 'When',
    isRowHeader: true,
    isFixed: true,
    width: 150,
    cell: ({ at }) => <Age atMs={Date.parse(at)} />,
  },
  {
    id: 'client',
    header: 'Client id',
    width: 180,
    cell: ({ clientId }) => (clientId === undefined ? '–' : <NameText text={clientId} />),
  },
  {
    id: 'why',
    header: 'Why',
    minWidth: 240,
    cell: (entry) => (
      <Link href={paths.refusals({ ...(reasonOf(entry) !== undefined && { reason: reasonOf(entry) ?? '' }) })}>
        {visible(whyInWords(entry) ?? 'The log does not say why')}
      </Link>
    ),
  },
  {
    id: 'details',
    header: 'Details',
    minWidth: 200,
    isHiddenNarrow: true,
    cell: ({ details }) => visible(details ?? '–'),
  },
]

/** The last runs of its function, and whom custom authorizers refused. */
export function AuthorizerCalls({ authorizer: { authorizerName } }: { readonly authorizer: Authorizer }) {
  const [anchorMs, moveOn] = useAnchor()
  const query = useQuery(callsQuery(authorizerName, anchorMs - DAY_MS, anchorMs))
  const { data } = query
  return (
    <SpaceBetween size="m">
      <List
        name="authorizer-runs"
        variant="container"
        words={{
          title: 'Runs of its function',
          one: 'run',
          many: 'runs',
          description: `In the last 24 hours, from the log group ${data?.runs.logGroupName ?? ''}. The function may run for others, too: its log does not say for whom.`,
          empty: { title: 'No runs', text: runsWords(data?.runs.outcome, data?.runs.message) },
        }}
        columns={RUNS}
        rowId={({ requestId }) => requestId}
        source={wholeOf(query, data?.runs.runs ?? [])}
        paging="endless"
        isNewestFirst
        onRefresh={moveOn}
      />
      <List
        name="authorizer-refusals"
        variant="container"
        words={{
          title: 'Clients that were refused',
          one: 'refusal',
          many: 'refusals',
          description: 'By any custom authorizer in the last 24 hours: AWS IoT’s log does not say which one it was.',
          empty: { title: 'Nobody was refused', text: refusalsWords(data?.refusals.outcome, data?.refusals.message) },
        }}
        columns={REFUSALS}
        rowId={({ eventId }) => eventId}
        source={wholeOf(query, data?.refusals.entries ?? [])}
        paging="endless"
        isNewestFirst
        onRefresh={moveOn}
      />
      {data && data.refusals.outcome !== 'entries' && (
        <Alert type="info">
          {visible(refusalsWords(data.refusals.outcome, data.refusals.message))}{' '}
          <Link href={paths.logSettings()}>How AWS IoT logs</Link>
        </Alert>
      )}
      <Box color="text-body-secondary">
        What policies of an answer refused afterwards is on the page <Link href={paths.refusals()}>Refusals</Link>.
      </Box>
    </SpaceBetween>
  )
}

function runsWords(outcome: string | undefined, message = ''): string {
  if (outcome === 'no-log-group') return 'The function has no log yet: it did not run, or may not write one.'
  if (outcome === 'not-allowed') return `The console may not read the log of the function: ${message}`
  return 'The function did not run in the last 24 hours.'
}

function refusalsWords(outcome: string | undefined, message = ''): string {
  if (outcome === 'logging-off') return 'AWS IoT is not told to log: who is refused is not known.'
  if (outcome === 'no-log-group') return 'AWS IoT logged nothing so far.'
  if (outcome === 'not-allowed') return `The console may not read AWS IoT’s log: ${message}`
  return 'The log has no client that a custom authorizer refused.'
}
