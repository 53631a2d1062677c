import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { ConnectionDrops, ThingConnectivity } from '@thingdeck/contract'
import { Facts, LoadingFacts } from '../../../shared/details/facts.tsx'
import { asSentence, capitalised, formatCount } from '../../../shared/format.ts'
import { reasonInWords } from '../../../shared/iot-logs/disconnect-reason.ts'
import { useIsHeard } from '../../../shared/mqtt/use-is-heard.ts'
import { paths } from '../../../shared/paths.ts'
import { useKnown } from '../../../shared/reach/known.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { Age, formatSpan, formatTimeOfDay } from '../../../shared/time.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { connectivityQuery } from '../api.ts'

/** Of a device that is connected. */
const USUAL_FACTS = 6

/** The connection of a thing's device: since when, from where, how, why it went, and how often it was lost. */
export function ConnectionFacts({ thingName }: { readonly thingName: string }) {
  const query = useQuery(connectivityQuery(thingName))
  const { value: data, isCurrent: isAnswered, knownAtMs, whyNot } = useKnown(query)
  const isHeard = useIsHeard()
  const isCurrent = isAnswered && isHeard
  const { error, refetch } = query
  if (error && !data)
    return <ErrorAlert error={error} what="The connection could not be asked for" onRetry={() => void refetch()} />
  if (!data) return <LoadingFacts what="connection" count={USUAL_FACTS} />
  return (
    <SpaceBetween size="s">
      {!isCurrent && (
        <StatusIndicator type="warning">
          Not known now: {whyNot ?? 'this page is not connected to the broker, which announces changes.'} This is as of{' '}
          {formatTimeOfDay(knownAtMs ?? 0).slice(0, 8)}.
        </StatusIndicator>
      )}
      <Facts
        facts={[
          ...(data.outcome === 'known'
            ? known(data, isCurrent)
            : [{ label: 'Connection', value: notKnownInWords(data) }]),
          { label: 'Lost in the last day', value: <Drops thingName={thingName} drops={data.drops} /> },
        ]}
      />
    </SpaceBetween>
  )
}

function known(data: ThingConnectivity, isCurrent: boolean) {
  const { connected, changedAt, disconnectReason, clientId, keepAliveSeconds, sourceIp, sourcePort } = data
  const age = changedAt === undefined ? 'not on record' : <Age atMs={Date.parse(changedAt)} />
  return [
    { label: sinceLabel(connected === true, isCurrent), value: age },
    disconnectReason === undefined
      ? undefined
      : { label: 'Why it went', value: visible(reasonInWords(disconnectReason)) },
    sourceIp === undefined
      ? undefined
      : { label: 'From', value: visible(sourcePort === undefined ? sourceIp : `${sourceIp}, port ${sourcePort}`) },
    clientId === undefined
      ? undefined
      : {
          label: 'Client id',
          value: (
            <Link href={paths.client(clientId)}>
              <NameText text={clientId} />
            </Link>
          ),
        },
    keepAliveSeconds === undefined ? undefined : { label: 'Keep-alive', value: `${keepAliveSeconds} s` },
    sessionInWords(data) === undefined ? undefined : { label: 'Session', value: sessionInWords(data) },
  ]
}

const sinceLabel = (isConnected: boolean, isCurrent: boolean): string => {
  const words = isConnected ? 'connected since' : 'disconnected since'
  return isCurrent ? capitalised(words) : `Was ${words}`
}

/** `goes on after a disconnect, kept for 1 h after it` */
function sessionInWords({ cleanSession, sessionExpirySeconds: seconds }: ThingConnectivity): string | undefined {
  if (cleanSession === undefined && seconds === undefined) return undefined
  const begins =
    cleanSession === undefined ? '' : cleanSession ? 'begins anew with each connect' : 'goes on after a disconnect'
  const kept =
    seconds === undefined
      ? ''
      : seconds === 0
        ? 'ends with the connection'
        : `kept for ${formatSpan(seconds * 1_000)} after it`
  return [begins, kept].filter((part) => part !== '').join(', ')
}

function notKnownInWords({ outcome, message = '' }: ThingConnectivity): string {
  if (outcome === 'not-indexed')
    return `Not known in full: the fleet index does not know connections. An admin turns that on from the list of things. ${asSentence(message)}`
  if (outcome === 'not-allowed')
    return `Not known in full: the console’s role needs iot:GetThingConnectivityData. ${asSentence(message)}`
  return `Not known in full: what stands at this AWS endpoint does not serve GetThingConnectivityData. ${asSentence(message)}`
}

interface DropsProps {
  readonly thingName: string
  readonly drops: ConnectionDrops
}

/** How often a device lost its connection in the last day, or why nobody knows. */
export function Drops({ thingName, drops: { outcome, message, count, isAtLeast, byReason } }: DropsProps) {
  const timeline = <Link href={paths.timeline(thingName)}>timeline</Link>
  switch (outcome) {
    case 'counted':
      return (
        <>
          {isAtLeast && 'at least '}
          {count === 0 ? 'never' : count === 1 ? 'once' : `${formatCount(count)} times`}
          {byReason.length > 0 &&
            `: ${byReason.map((each) => `${each.count} × ${reasonInWords(each.reason)}`).join(', ')}`}{' '}
          ({timeline})
        </>
      )
    case 'not-logged':
      return (
        <>
          not known: disconnects are not logged at present (<Link href={paths.logSettings()}>logging</Link>)
        </>
      )
    case 'not-allowed':
      return <>not known: the console’s role needs logs:FilterLogEvents. {message}</>
    case 'failed':
      return <>not known: {message}</>
  }
}
