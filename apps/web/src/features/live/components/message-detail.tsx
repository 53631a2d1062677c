import Button from '@cloudscape-design/components/button'
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import { useEffect, useState } from 'react'
import { formatBytes } from '../../../shared/format.ts'
import type { MessageProperties } from '../../../shared/mqtt/message.ts'
import { formatDateTime, formatTimeOfDay } from '../../../shared/time.tsx'
import { useLiveClient } from '../client.ts'
import type { FullMessage } from '../engine/protocol.ts'
import { payloadAsHex, payloadAsJson, payloadAsText } from '../payload.ts'

type Form = 'json' | 'text' | 'hex' | 'properties'

interface MessageDetailProps {
  readonly stream: string
  readonly sequence: number
  readonly onClose: () => void
}

/** One message whole. It stays readable here after it aged out of the stream. */
export function MessageDetail({ stream, sequence, onClose }: MessageDetailProps) {
  const message = useFullMessage(stream, sequence)
  const [form, setForm] = useState<Form>('json')
  if (message === undefined) return null
  return (
    <section className="td-detail" aria-label="Message">
      <header className="td-detail-head">
        <h2 className="td-mono">
          {message === 'gone' ? 'aged out' : `${message.topic} · ${formatTimeOfDay(message.receivedAtMs)}`}
        </h2>
        <Button variant="icon" iconName="close" ariaLabel="Close message" onClick={onClose} />
      </header>
      {message === 'gone' ? (
        <p className="td-weak">This message has aged out of the stream.</p>
      ) : (
        <Whole message={message} form={form} onForm={setForm} />
      )}
    </section>
  )
}

function Whole({
  message,
  form,
  onForm,
}: {
  readonly message: FullMessage
  readonly form: Form
  readonly onForm: (form: Form) => void
}) {
  const json = payloadAsJson(message.payload)
  const shown = form === 'json' && json === undefined ? 'text' : form
  const text =
    shown === 'json' ? (json ?? '') : shown === 'hex' ? payloadAsHex(message.payload) : payloadAsText(message.payload)
  return (
    <>
      <div className="td-detail-bar">
        <SegmentedControl
          label="Show payload as"
          selectedId={shown}
          options={[
            { id: 'json', text: 'JSON', disabled: json === undefined },
            { id: 'text', text: 'Text' },
            { id: 'hex', text: 'Hex' },
            { id: 'properties', text: 'Properties' },
          ]}
          onChange={({ detail }) => onForm(detail.selectedId as Form)}
        />
        <CopyToClipboard
          variant="icon"
          copyButtonAriaLabel="Copy payload"
          textToCopy={text}
          copySuccessText="Payload copied"
          copyErrorText="The payload could not be copied"
        />
        <span className="td-weak">
          {formatBytes(message.payload.length)} · QoS {message.qos}
          {message.retain && ' · retained'}
          {message.dup && ' · sent again'}
        </span>
      </div>
      {shown === 'properties' ? (
        <Properties message={message} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <section className="td-payload" tabIndex={0} aria-label="Payload">
          <pre>{text}</pre>
        </section>
      )}
    </>
  )
}

function Properties({ message }: { readonly message: FullMessage }) {
  return (
    <div className="td-payload">
      <KeyValuePairs
        columns={1}
        items={[
          { label: 'Topic', value: <span className="td-mono">{message.topic}</span> },
          { label: 'Received', value: formatDateTime(message.receivedAtMs) },
          ...propertyItems(message.properties ?? {}),
        ]}
      />
    </div>
  )
}

/** MQTT 5's properties that the message has, under their names in the standard. */
function propertyItems(properties: MessageProperties) {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = properties
  const expiry = properties.messageExpiryIntervalSeconds
  return [
    contentType !== undefined && { label: 'Content Type', value: contentType },
    responseTopic !== undefined && { label: 'Response Topic', value: responseTopic },
    correlationData && { label: 'Correlation Data', value: payloadAsHex(correlationData) },
    payloadFormatIndicator !== undefined && {
      label: 'Payload Format Indicator',
      value: payloadFormatIndicator ? 'UTF-8 text' : 'unspecified bytes',
    },
    expiry !== undefined && { label: 'Message Expiry Interval', value: `${expiry} s` },
    ...(userProperties ?? []).map(([name, value]) => ({ label: `User Property ${name}`, value })),
  ].filter((item) => item !== false && item !== undefined)
}

/** Undefined while it is fetched. */
function useFullMessage(stream: string, sequence: number): FullMessage | 'gone' | undefined {
  const client = useLiveClient()
  const [message, setMessage] = useState<FullMessage | 'gone'>()
  useEffect(() => {
    let isCurrent = true
    client
      .call('live.message', { stream, sequence })
      .then((answer) => {
        if (isCurrent) setMessage(answer ?? 'gone')
      })
      .catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, stream, sequence])
  return message
}
