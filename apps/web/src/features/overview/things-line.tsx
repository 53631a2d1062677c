import type { UseQueryResult } from '@tanstack/react-query'
import type { ThingsOverview } from '@thingdeck/contract'
import type { ReactNode } from 'react'
import { formatCount } from '../../shared/format.ts'
import { reasonInWords } from '../../shared/iot-logs/disconnect-reason.ts'
import { paths } from '../../shared/paths.ts'
import { failedLine, readingLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import { type ReconnectStorm, reconnectStorm } from './reconnect-storm.ts'
import type { LastHour } from './use-last-hour.ts'
import { Count, NotKnown, Parts } from './words.tsx'

const HEAD = { id: 'things', title: 'Things' } as const
const MOST_REASONS = 3
/** It went as it meant to: nobody has to look. */
const BY_ITSELF = 'CLIENT_INITIATED_DISCONNECT'

/** How many are connected, and why others went. */
export function thingsLine(query: UseQueryResult<ThingsOverview>, hour: LastHour, turnOn: ReactNode): OverviewLine {
  const { data, error } = query
  if (error) return failedLine(HEAD, error, () => void query.refetch())
  if (!data) return readingLine(HEAD)
  const values = hour.values('connects')
  const storm = reconnectStorm(values, data.total ?? data.registry?.count ?? 0)
  const picture = { what: 'Connects', values, isAlert: storm !== undefined }
  const { connected, total } = data
  if (connected === undefined || total === undefined) {
    return {
      ...HEAD,
      urgency: storm ? 'watch' : 'unknown',
      words: <Parts parts={[<Known key="known" {...data} />, storm && <Storm key="storm" {...storm} />]} />,
      missing: <Missing {...data} turnOn={turnOn} />,
      picture,
    }
  }
  const { drops = [] } = data
  const dropped = drops.reduce((sum, { count }) => sum + count, 0)
  const unwanted = drops.some(({ reason }) => reason !== BY_ITSELF)
  return {
    ...HEAD,
    urgency: unwanted || storm ? 'watch' : 'fine',
    words: (
      <Parts
        parts={[
          <Count key="connected" number={connected} href={paths.things({ connection: 'connected' })}>
            connected
          </Count>,
          <Count key="not" number={Math.max(0, total - connected)} href={paths.things({ connection: 'disconnected' })}>
            not
          </Count>,
          dropped > 0 && (
            <span key="drops">
              <Count number={dropped} href={paths.things({ connection: 'disconnected', within: '1h' })}>
                went in the last hour
              </Count>
              : <Reasons drops={drops} />
            </span>
          ),
          storm && <Storm key="storm" {...storm} />,
        ]}
      />
    ),
    picture,
  }
}

/** `Reconnect storm: 900 connects in one minute, 3 min ago` */
const Storm = ({ connects, minutesAgo }: ReconnectStorm) => (
  <span>
    Reconnect storm:{' '}
    <Count number={connects} href={paths.metrics({ subject: 'connections', last: '1h' })}>
      connects in one minute, {minutesAgo === 0 ? 'now' : `${minutesAgo} min ago`}
    </Count>
  </span>
)

function Reasons({ drops }: { readonly drops: NonNullable<ThingsOverview['drops']> }) {
  const rest = drops.slice(MOST_REASONS).reduce((sum, { count }) => sum + count, 0)
  return (
    <>
      {drops.slice(0, MOST_REASONS).map(({ reason, count }, index) => (
        <span key={reason}>
          {index > 0 && ', '}
          <Count number={count} href={hrefOf(reason)}>
            {reasonInWords(reason)}
          </Count>
        </span>
      ))}
      {rest > 0 && `, ${formatCount(rest)} for other reasons`}
    </>
  )
}

/** Who fights for a client id is a matter of clients: the thing that lost it may be connected again. */
const hrefOf = (reason: string): string =>
  reason === 'DUPLICATE_CLIENTID'
    ? paths.clients({ fought: '1', last: '1h' })
    : paths.things({ connection: 'disconnected', reason, within: '1h' })

/** Without connections, how many there are. */
function Known({ total, registry }: ThingsOverview) {
  const number = total ?? registry?.count ?? 0
  const isMore = total === undefined && registry?.isAll === false
  return (
    <Count number={number} href={paths.things()}>
      {isMore ? 'and more' : number === 1 ? 'thing' : 'things'}
    </Count>
  )
}

function Missing({ index, connectivity, message, turnOn }: ThingsOverview & { readonly turnOn: ReactNode }) {
  if (index === 'not-allowed') {
    return (
      <NotKnown message={message}>
        Which are connected is not known: allow the role of the console's server iot:GetIndexingConfiguration,
        iot:DescribeIndex, iot:GetStatistics and iot:GetBucketsAggregation.
      </NotKnown>
    )
  }
  if (index === 'BUILDING') {
    return 'Which are connected is not known yet: AWS IoT builds the fleet index. In a large fleet that takes a while.'
  }
  return (
    <>
      Which are connected is not known: fleet indexing{' '}
      {connectivity || index === 'OFF' ? 'is off' : 'leaves connections out'} in this account. {turnOn}
    </>
  )
}
