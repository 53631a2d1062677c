import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { hexText } from '../../../../shared/decode/hex-text.ts'
import { textOf } from '../../../../shared/decode/text.ts'
import type { MessageProperties as Properties } from '../../../../shared/mqtt/message.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { formatDateTime, formatTimeOfDay } from '../../../../shared/time.tsx'
import type { FullMessage } from '../../protocol/stream.ts'

/** What a message says beside its payload. */
export function MessageProperties({ message }: { readonly message: FullMessage }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="td-payload" tabIndex={0} aria-label="Properties">
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Topic', value: <Mono text={message.topic} /> },
          { label: 'Received', value: receivedWords(message.receivedAtMs) },
          { label: 'QoS', value: message.qos },
          {
            label: 'Flags',
            value:
              [message.retain && 'retained', message.dup && 'sent again (DUP)'].filter(Boolean).join(', ') || 'none',
          },
          ...propertyItems(message.properties ?? {}),
        ]}
      />
    </section>
  )
}

const Mono = ({ text }: { readonly text: string }) => (
  <span className="td-mono">
    <VisibleText text={text} />
  </span>
)

/** `2026-03-09 12:04:07 +01:00 (12:04:07.113)`: the day and the offset, and the milliseconds that order messages. */
const receivedWords = (atMs: number) => `${formatDateTime(atMs)} (${formatTimeOfDay(atMs)})`

/** MQTT 5's properties that the message has, under their names in the standard. */
function propertyItems(properties: Properties) {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = properties
  const expiry = properties.messageExpiryIntervalSeconds
  return [
    contentType !== undefined && { label: 'Content Type', value: <VisibleText text={contentType} /> },
    responseTopic !== undefined && { label: 'Response Topic', value: <Mono text={responseTopic} /> },
    correlationData && {
      label: 'Correlation Data',
      value: <Mono text={`${textOf(correlationData) ?? ''} ${hexText(correlationData)}`.trim()} />,
    },
    payloadFormatIndicator !== undefined && {
      label: 'Payload Format Indicator',
      value: payloadFormatIndicator ? 'UTF-8 text' : 'unspecified bytes',
    },
    expiry !== undefined && { label: 'Message Expiry Interval', value: `${expiry} s` },
    ...(userProperties ?? []).map(([name, value]) => ({
      label: `User Property ${visibleText(name)}`,
      value: <VisibleText text={value} />,
    })),
  ].filter((item) => item !== false && item !== undefined)
}
