import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { PageHeader } from '../../shared/help/page-header.tsx'
import { loggingQuery } from '../../shared/iot-logs/iot-log-queries.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { formatDateTime, formatTimeOfDay } from '../../shared/time.tsx'
import { around } from '../../shared/time-range.ts'
import { ErrorAlert } from '../../shared/ui/error-alert.tsx'
import { Loading } from '../../shared/ui/loading.tsx'
import { AFTER_MS, BEFORE_MS, publishesQuery, traceQuery } from './api.ts'
import { TraceView } from './components/trace-view.tsx'
import { type MessageMatch, matchesOf } from './model.ts'
import type { MessageTraceSearch } from './search.ts'

/** What became of a message that was received: MQTT carries no trace id, so that it is looked for by topic and time. */
export function MessageTracePage({ search, setSearch }: SearchProps<MessageTraceSearch>) {
  const { topic = '', at = new Date(serverNow()).toISOString() } = search
  usePageChrome({
    title: 'Follow a message',
    breadcrumbs: [
      { text: 'Logs', href: paths.logs() },
      { text: 'Follow a message', href: paths.messageTrace({ topic, at }) },
    ],
  })
  return (
    <SpaceBetween size="m">
      <PageHeader
        description={
          <>
            Received on <span className="td-mono">{visible(topic)}</span> at {formatDateTime(Date.parse(at))}.
          </>
        }
      >
        Follow a message
      </PageHeader>
      {topic === '' || search.at === undefined ? (
        <Alert type="warning">The address names no message: follow one from the inspector, or from a log entry.</Alert>
      ) : (
        <Search topic={topic} at={search.at} search={search} setSearch={setSearch} />
      )}
    </SpaceBetween>
  )
}

interface FoundByProps extends SearchProps<MessageTraceSearch> {
  readonly topic: string
  readonly at: string
}

function Search({ topic, at, search, setSearch }: FoundByProps) {
  const { data, error, refetch } = useQuery(publishesQuery(topic, at, search.client))
  if (error) return <ErrorAlert error={error} what="The log could not be searched" onRetry={() => void refetch()} />
  if (data === undefined) return <Loading what="log" />
  const matches = matchesOf(
    data.entries.filter(({ topicName, traceId }) => topicName === topic && traceId !== undefined),
    Date.parse(at),
  )
  const chosen = matches.find(({ entry }) => entry.traceId === search.choice) ?? matches[0]
  if (chosen?.entry.traceId === undefined) return <NotFound topic={topic} at={at} />
  return (
    <SpaceBetween size="m">
      <HowSure matches={matches} chosen={chosen} onChoose={(choice) => setSearch({ choice })} />
      <ChosenTrace traceId={chosen.entry.traceId} at={chosen.entry.at} search={search} setSearch={setSearch} />
    </SpaceBetween>
  )
}

function ChosenTrace({
  traceId,
  at,
  search,
  setSearch,
}: SearchProps<MessageTraceSearch> & { readonly traceId: string; readonly at: string }) {
  const query = useQuery(traceQuery(traceId, { at, ...(search.wide && { wide: search.wide }) }))
  return <TraceView query={query} onWiden={search.wide === undefined ? () => setSearch({ wide: '1' }) : undefined} />
}

/** Never more sure than it is: what was published, and when, is all that the two have in common. */
function HowSure({
  matches,
  chosen,
  onChoose,
}: {
  readonly matches: readonly MessageMatch[]
  readonly chosen: MessageMatch
  readonly onChoose: (traceId: string | undefined) => void
}) {
  const others = matches.filter((match) => match !== chosen)
  const span = `${BEFORE_MS / 1_000} s before and ${AFTER_MS / 1_000} s after it was received`
  return (
    <Alert
      type={others.length === 0 ? 'info' : 'warning'}
      header={others.length === 0 ? 'Likely this one' : `One of ${matches.length}: it may have been another`}
    >
      MQTT carries no trace id.{' '}
      {others.length === 0
        ? `It is the only message that was published to this topic from ${span}, as far as the log goes: ${distance(chosen)}.`
        : `So many were published to this topic from ${span}. Shown is the one ${distance(chosen)}.`}
      {others.length > 0 && (
        <ul>
          {others.slice(0, 20).map(({ entry, beforeMs }) => (
            <li key={entry.eventId}>
              <Button variant="inline-link" onClick={() => onChoose(entry.traceId)}>
                {formatTimeOfDay(Date.parse(entry.at))}
              </Button>{' '}
              by <NameText text={entry.clientId ?? 'a client that is not named'} />, {distance({ entry, beforeMs })}
            </li>
          ))}
          {others.length > 20 && <li>and {others.length - 20} more</li>}
        </ul>
      )}
    </Alert>
  )
}

const distance = ({ beforeMs }: MessageMatch): string =>
  beforeMs >= 0 ? `${beforeMs} ms before` : `${-beforeMs} ms after, by clocks that may differ`

function NotFound({ topic, at }: { readonly topic: string; readonly at: string }) {
  const { data: logging } = useQuery(loggingQuery)
  const isFresh = serverNow() - Date.parse(at) < 60_000
  const level = logging?.status === 'on' ? logging.defaultLogLevel : undefined
  const isLeftOut = level !== undefined && level !== 'INFO' && level !== 'DEBUG'
  return (
    <Alert
      type="info"
      header={isFresh ? 'Not in the log so far' : 'No publish of it is in the log'}
      action={<Button href={paths.logSettings()}>Logging settings</Button>}
    >
      <Box>
        {isFresh && 'CloudWatch Logs has entries some seconds after they happened; this page looks again. '}
        {logging !== undefined && logging.status !== 'on' && 'AWS IoT is not told to log. '}
        {isLeftOut &&
          `A publish that succeeds is logged at INFO, and the account logs at ${level}: only clients with a level of their own are there. `}
        A message that AWS IoT publishes itself, such as the answers of shadows and events, and one that was retained
        earlier has no publish here either.
      </Box>
      <Link href={paths.logs({ topic, ...around(Date.parse(at)) })}>What was logged of this topic around then</Link>
    </Alert>
  )
}
