import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Toggle from '@cloudscape-design/components/toggle'
import { useRef, useState } from 'react'
import { formatCount, formatCounted } from '../../../../shared/format.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import { useMqtt } from '../../../../shared/mqtt/mqtt-context.ts'
import { receivedMessage } from '../received-message.ts'
import type { RunningRehearsal } from '../use-rehearsal.ts'
import type { LiveMessages } from './use-live-messages.ts'

/** Of what live messages kept, so many of the newest are taken. */
const MOST_KEPT = 1_000

interface MessageSourcesProps {
  readonly running: RunningRehearsal
  /** What FROM takes; undefined without it, and while the SQL cannot be read. */
  readonly topicFilter: string | undefined
  readonly live: LiveMessages
}

/** Where messages come from: the operator's MQTT session, what live messages kept, a recording. */
export function MessageSources({ running, topicFilter, live }: MessageSourcesProps) {
  const mqtt = useMqtt()
  const { worker, add } = running
  const file = useRef<HTMLInputElement>(null)
  const [report, setReport] = useState<{ readonly words: string; readonly isError?: true }>()
  const said = async (task: Promise<string>) => {
    try {
      setReport({ words: await task })
    } catch (error) {
      setReport({ words: messageOf(error), isError: true })
    }
  }
  const takeKept = async (filter: string): Promise<string> => {
    const messages = await mqtt.kept(filter, MOST_KEPT)
    add(messages.map((message) => receivedMessage(message, 'kept')))
    if (messages.length === 0) return `Live messages has kept none of ${filter}: subscribe to it there first.`
    return `${messages.length === MOST_KEPT ? 'The newest ' : ''}${formatCounted(messages.length, 'message')} of ${filter} ${messages.length === 1 ? 'was' : 'were'} taken over.`
  }
  const readFile = async (chosen: File): Promise<string> => {
    if (!worker) return ''
    const { messages, skipped } = await worker.call('rehearsal.read', { file: chosen })
    return `${chosen.name}: ${formatCounted(messages, 'message')} for this rule, ${formatCount(skipped)} of other topics.`
  }
  const isReady = topicFilter !== undefined && worker !== undefined
  const whyNot = isReady ? undefined : 'The SQL names no topics yet: it needs a FROM that can be read.'
  return (
    <SpaceBetween size="xs">
      <div className="td-rehearsal-sources">
        <Toggle
          checked={live.isOn}
          disabled={!isReady && !live.isOn}
          onChange={({ detail }) => live.setIsOn(detail.checked)}
        >
          Live messages
        </Toggle>
        <Button
          disabled={!isReady}
          disabledReason={whyNot ?? ''}
          onClick={() => topicFilter !== undefined && void said(takeKept(topicFilter))}
        >
          Take what Live kept
        </Button>
        <Button disabled={!isReady} disabledReason={whyNot ?? ''} onClick={() => file.current?.click()}>
          Open a recording
        </Button>
        <input
          ref={file}
          type="file"
          hidden
          aria-label="Recording to rehearse on"
          onChange={({ target }) => {
            const [chosen] = target.files ?? []
            if (chosen) void said(readFile(chosen))
            target.value = ''
          }}
        />
      </div>
      {live.isOn && <LiveState live={live} />}
      {report && (
        <p role="status" className={report.isError ? 'td-error' : 'td-weak'}>
          {report.words}
        </p>
      )}
    </SpaceBetween>
  )
}

function LiveState({ live }: { readonly live: LiveMessages }) {
  const { filter, state } = live
  if (filter === undefined) return null
  const topic = <span className="td-mono">{filter}</span>
  switch (state.kind) {
    case 'active':
      return (
        <StatusIndicator type="success">
          Subscribed to {topic} at QoS 0 with your MQTT session. Who published is not known of these messages.
        </StatusIndicator>
      )
    case 'refused':
      return (
        <StatusIndicator type="error">
          You may not subscribe to {topic}: {state.reason}. Rehearse on what Live kept, a recording, or typed messages.
        </StatusIndicator>
      )
    case 'offline':
      return <StatusIndicator type="pending">The MQTT session is not connected.</StatusIndicator>
    default:
      return <StatusIndicator type="pending">Subscribing to {topic}</StatusIndicator>
  }
}
