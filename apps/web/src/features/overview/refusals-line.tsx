import Link from '@cloudscape-design/components/link'
import type { UseQueryResult } from '@tanstack/react-query'
import type { RefusalsOverview } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { entryReasonWords } from '../../shared/iot-logs/reason-words.ts'
import { totalOf } from '../../shared/metrics/series-values.ts'
import { paths } from '../../shared/paths.ts'
import { failedLine, readingLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import type { LastHour } from './use-last-hour.ts'
import { Count, NotKnown } from './words.tsx'

const HEAD = { id: 'refusals', title: 'Refused' } as const
const MOST_REASONS = 3
const inLastHour = { last: '1h' } as const

/** What was refused in the last hour: by reason from the log, else as many as CloudWatch counted. */
export function refusalsLine(query: UseQueryResult<RefusalsOverview>, hour: LastHour): OverviewLine {
  const { data, error } = query
  const values = hour.values('refused')
  const counted = totalOf(values) ?? 0
  const picture = { what: 'Refused by authorization', values, isAlert: counted > 0 }
  if (error) return { ...failedLine(HEAD, error, () => void query.refetch()), picture }
  if (!data) return readingLine(HEAD)
  if (data.outcome !== 'read' && data.outcome !== 'no-log-group') {
    const isCounted = hour.outcome === 'read'
    return {
      ...HEAD,
      urgency: counted > 0 ? 'watch' : 'unknown',
      words: isCounted ? (
        <Count number={counted} href={paths.metrics({ subject: 'refusals', last: '1h' })}>
          in the last hour for want of authorization
        </Count>
      ) : (
        'Not known'
      ),
      missing: <Missing {...data} />,
      picture,
    }
  }
  const { total, isAll, clients } = data
  if (total === 0) {
    return {
      ...HEAD,
      urgency: counted > 0 ? 'watch' : 'fine',
      words:
        counted > 0 ? (
          <Count number={counted} href={paths.metrics({ subject: 'refusals', last: '1h' })}>
            in the last hour, none of them in the log
          </Count>
        ) : (
          <Link href={paths.refusals(inLastHour)}>None in the last hour</Link>
        ),
      picture,
    }
  }
  return {
    ...HEAD,
    urgency: 'watch',
    words: (
      <>
        <Link href={paths.refusals(inLastHour)}>
          <span className="td-overview-count">
            {formatCount(total)}
            {isAll ? '' : '+'}
          </span>{' '}
          in the last hour
        </Link>
        <span className="td-weak"> · {clients === 1 ? 'one client' : `${formatCount(clients)} clients`}: </span>
        <Reasons {...data} />
      </>
    ),
    ...(data.isOff && {
      missing: (
        <>
          Logging is off by now: what was refused since is not among these.{' '}
          <Link href={paths.logSettings()}>Turn it on in the settings of logs</Link>.
        </>
      ),
    }),
    picture: { ...picture, isAlert: true },
  }
}

function Reasons({ reasons }: RefusalsOverview) {
  const rest = reasons.slice(MOST_REASONS).reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      {reasons.slice(0, MOST_REASONS).map(({ eventType, reason, count }, index) => (
        <span key={`${eventType} ${reason}`}>
          {index > 0 && ', '}
          <Count
            number={count}
            href={paths.refusals({ ...inLastHour, event: eventType, ...(reason !== '' && { reason }) })}
          >
            {eventType} {reason !== '' && <span title={reason}>({reasonInWords(eventType, reason)})</span>}
          </Count>
        </span>
      ))}
      {rest > 0 && `, ${formatCount(rest)} for other reasons`}
    </>
  )
}

/** All of the reason: half of `not authenticated, or not authorized` would be a claim. */
function reasonInWords(eventType: string, reason: string): string {
  const why = entryReasonWords({ eventType, reason })?.why
  return why === undefined ? reason : why.charAt(0).toLowerCase() + why.slice(1)
}

function Missing({ outcome, message }: RefusalsOverview) {
  if (outcome === 'logging-off') {
    return (
      <>
        Who was refused, and why, is not known: logging is off.{' '}
        <Link href={paths.logSettings()}>Turn it on in the settings of logs</Link>.
      </>
    )
  }
  return (
    <NotKnown message={message}>
      {outcome === 'not-allowed'
        ? "Who was refused, and why, is not known: allow the role of the console's server logs:FilterLogEvents on the log group AWSIotLogsV2."
        : 'Who was refused, and why, is not known: what stands at this AWS endpoint serves no CloudWatch Logs.'}
    </NotKnown>
  )
}
