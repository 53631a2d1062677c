import './connection-status.css'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import LiveRegion from '@cloudscape-design/components/live-region'
import Popover from '@cloudscape-design/components/popover'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { clockInWords } from '../../shared/clock/clock-words.ts'
import { serverClock } from '../../shared/clock/server-clock.ts'
import { asSentence, formatCount } from '../../shared/format.ts'
import type { ConnectionState } from '../../shared/mqtt/connection-state.ts'
import { useMqtt, useMqttStatus } from '../../shared/mqtt/mqtt-context.ts'
import type { MqttStatus } from '../../shared/mqtt/status.ts'
import type { SubscriptionStatus } from '../../shared/mqtt/subscription-table.ts'
import { useSession } from '../../shared/session/session.tsx'
import { type SessionState, useSessionState } from '../../shared/session/session-state.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age, formatSpan, useNow } from '../../shared/time.tsx'
import { LiveRemedy } from './live-remedy.tsx'

interface Words {
  readonly type: StatusIndicatorProps.Type
  readonly text: string
  /** Without what changes by the second, for screen readers. */
  readonly announcement: string
}

/** The MQTT session in a few words; a click tells the rest. */
export function ConnectionStatus() {
  const status = useMqttStatus()
  const nowMs = useNow()
  const session = useSessionState()
  const { type, text, announcement } = wordsFor(status, session, nowMs)
  return (
    <>
      <Popover
        triggerType="custom"
        header="MQTT session"
        position="bottom"
        size="large"
        dismissAriaLabel="Close"
        renderWithPortal
        content={<ConnectionDetails status={status} session={session} nowMs={nowMs} />}
      >
        <button type="button" className="td-connection" aria-label={`Connection: ${text}`}>
          <StatusIndicator type={type}>{text}</StatusIndicator>
        </button>
      </Popover>
      <LiveRegion hidden>{announcement}</LiveRegion>
    </>
  )
}

/** Why the connections are closed for good, or until the same person is back. */
const CLOSED: Readonly<Record<Exclude<SessionState, 'active'>, string>> = {
  ended: 'closed, as you are signed out',
  'other-person': 'closed, as somebody else is signed in',
}

function wordsFor(status: MqttStatus, session: SessionState, nowMs: number): Words {
  const { state, lastDrop } = status.connection
  if (session !== 'active') {
    return {
      type: 'stopped',
      text: session === 'ended' ? 'signed out' : 'closed',
      announcement: `The MQTT session is ${CLOSED[session]}.`,
    }
  }
  switch (state.kind) {
    case 'connected':
      return {
        type: 'success',
        text: `live ${formatCount(status.messagesPerSecond)} msg/s`,
        announcement: 'The MQTT session is live.',
      }
    case 'waiting':
      return {
        type: 'warning',
        text: `reconnecting (${formatSpan(state.retryAtMs - nowMs)})`,
        announcement: `The MQTT session dropped: ${asSentence(state.reason)} It will reconnect.`,
      }
    case 'offline':
      return { type: 'warning', text: 'no network', announcement: 'There is no network.' }
    case 'failed':
      if (state.code === 'LIVE_UNAVAILABLE') return { type: 'stopped', text: 'not live', announcement: state.reason }
      return { type: 'error', text: 'disconnected', announcement: `The MQTT session ended: ${state.reason}` }
    case 'idle':
      return { type: 'in-progress', text: 'starting', announcement: '' }
    case 'fetching-credentials':
    case 'connecting':
      return lastDrop
        ? { type: 'warning', text: 'reconnecting', announcement: '' }
        : { type: 'in-progress', text: 'connecting', announcement: '' }
  }
}

interface ConnectionDetailsProps {
  readonly status: MqttStatus
  readonly session: SessionState
  readonly nowMs: number
}

function ConnectionDetails({ status, session, nowMs }: ConnectionDetailsProps) {
  const mqtt = useMqtt()
  const { withoutLive } = useSession()
  const { connection, clientId, endpoint, credentialsExpireAtMs, subscriptions, received } = status
  const { state, lastDrop } = connection
  const wrongClock = clockInWords(serverClock.aheadMs)
  return (
    <SpaceBetween size="m">
      <KeyValuePairs
        columns={1}
        items={[
          {
            label: 'State',
            value: session === 'active' ? <StateInWords state={state} nowMs={nowMs} /> : CLOSED[session],
          },
          { label: 'Client id', value: <span className="td-mono">{clientId ?? '–'}</span> },
          { label: 'Endpoint', value: <span className="td-mono">{endpoint ?? '–'}</span> },
          {
            label: 'Credentials',
            value:
              credentialsExpireAtMs === undefined || session !== 'active'
                ? '–'
                : `expire in ${formatSpan(credentialsExpireAtMs - nowMs)}; renewed before that`,
          },
          ...(wrongClock === undefined
            ? []
            : [{ label: 'Clock', value: <StatusIndicator type="warning">{wrongClock}</StatusIndicator> }]),
          { label: 'Messages received', value: formatCount(received) },
          {
            label: 'Last drop',
            value: lastDrop ? (
              <>
                <Age atMs={lastDrop.atMs} />: {visible(lastDrop.reason)}
              </>
            ) : (
              'none since this page was opened'
            ),
          },
          {
            label: `Subscriptions (${subscriptions.length} of 50)`,
            value:
              subscriptions.length === 0 ? (
                'none'
              ) : (
                <ul className="td-plain-list">
                  {subscriptions.map(({ filter, qos, status }) => (
                    <li key={filter} className="td-mono">
                      {visible(filter)} <Box variant="small">{visible(`QoS ${qos}, ${inWords(status)}`)}</Box>
                    </li>
                  ))}
                </ul>
              ),
          },
        ]}
      />
      {withoutLive && <LiveRemedy {...withoutLive} />}
      {session === 'active' && (state.kind === 'waiting' || state.kind === 'failed') && (
        <Button onClick={() => mqtt.retryNow()}>Reconnect now</Button>
      )}
    </SpaceBetween>
  )
}

const inWords = (status: SubscriptionStatus) => (status.kind === 'refused' ? `refused: ${status.reason}` : status.kind)

function StateInWords({ state, nowMs }: { readonly state: ConnectionState; readonly nowMs: number }) {
  switch (state.kind) {
    case 'connected':
      return <>connected for {formatSpan(nowMs - state.sinceMs)}</>
    case 'waiting':
      return (
        <>
          {visible(state.reason)}; attempt {state.attempt + 2} in {formatSpan(state.retryAtMs - nowMs)}
        </>
      )
    case 'failed':
      return <>{visible(state.reason)}</>
    case 'offline':
      return <>the browser has no network</>
    case 'fetching-credentials':
      return <>fetching temporary credentials</>
    case 'connecting':
      return <>connecting</>
    case 'idle':
      return <>not started</>
  }
}
