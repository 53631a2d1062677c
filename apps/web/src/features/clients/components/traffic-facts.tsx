import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { Client, ClientTraffic } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { clientTrafficQuery, TRAFFIC_SPAN } from '../api.ts'
import { whyNotLogged } from '../logged.ts'

const MOST_TOPICS = 8

interface TrafficFactsProps {
  readonly client: Client
  readonly anchorMs: number
}

/** How much a client sends and is sent: counted in the log, as CloudWatch has no metrics of single clients. */
export function TrafficFacts({ client, anchorMs }: TrafficFactsProps) {
  const { clientId, logging } = client
  const { data, error, refetch } = useQuery(clientTrafficQuery(clientId, anchorMs, undefined))
  if (error) return <ErrorAlert error={error} what="The log could not be read" onRetry={() => void refetch()} />
  if (data === undefined) return <span className="td-weak">Reading the log</span>
  const whyNot = data.received + data.delivered === 0 ? whyNotLogged(logging, data.log) : undefined
  if (whyNot !== undefined) {
    return (
      <>
        Not known: CloudWatch has no metrics of single clients, and the log not either. {whyNot}{' '}
        <Link href={paths.logSettings()}>Logging settings</Link>
      </>
    )
  }
  return (
    <Facts
      facts={[
        { label: 'It sent', value: rate(data.received, data) },
        {
          label: 'Of these refused',
          value: data.refused === 0 ? 'none' : <Refused clientId={clientId} count={data.refused} />,
        },
        { label: 'It was sent', value: rate(data.delivered, data) },
        data.topics.length === 0
          ? undefined
          : {
              label: 'Topics with the most messages',
              list: data.topics.slice(0, MOST_TOPICS).map(({ topic, received, delivered }) => (
                <span key={topic}>
                  <Link href={paths.live({ s: [`0:${topic}`] })}>
                    <NameText text={topic} />
                  </Link>
                  {received > 0 && ` · sent ${formatCount(received)}`}
                  {delivered > 0 && ` · got ${formatCount(delivered)}`}
                </span>
              )),
            },
      ]}
    />
  )
}

const Refused = ({ clientId, count }: { readonly clientId: string; readonly count: number }) => (
  <Link href={paths.refusals({ client: clientId, last: TRAFFIC_SPAN })}>{formatCount(count)}</Link>
)

/** `12 messages, 0.8 a minute`; where not all was read, of the time that was. */
function rate(count: number, { from, to, log: { readFrom } }: ClientTraffic): string {
  if (count === 0 && readFrom === undefined) return 'nothing'
  const minutes = (Date.parse(to) - Date.parse(readFrom ?? from)) / 60_000
  const perMinute = count / Math.max(minutes, 1 / 60)
  const shown = perMinute >= 60 ? `${(perMinute / 60).toFixed(1)} a second` : `${perMinute.toFixed(1)} a minute`
  return `${readFrom === undefined ? '' : 'at least '}${formatCount(count)} ${count === 1 ? 'message' : 'messages'}, ${shown}`
}
