import Button from '@cloudscape-design/components/button'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { lazy, Suspense } from 'react'
import { decodeAs, guessEncoding } from '../../../../shared/decode/encodings.ts'
import { hexText } from '../../../../shared/decode/hex-text.ts'
import { textOf } from '../../../../shared/decode/text.ts'
import type { MessageProperties } from '../../../../shared/mqtt/message.ts'
import { formatDateTime, formatTimeOfDay } from '../../../../shared/time.tsx'
import { Loading } from '../../../../shared/ui/loading.tsx'
import type { FullMessage } from '../../protocol/stream.ts'
import type { DetailForm } from '../search.ts'
import type { OpenState } from './data-rows.ts'
import { DataTreeView } from './data-tree-view.tsx'
import { ENCODING_OF } from './forms.ts'
import { payloadAsBase64, payloadAsHex, payloadAsJson, payloadAsText } from './payload.ts'
import { useFullMessage } from './use-full-message.ts'

const DiffView = lazy(() => import('../../../../shared/editor/diff-view.tsx'))

interface MessageBodyProps {
  readonly stream: string
  readonly message: FullMessage
  readonly form: DetailForm
  readonly open: OpenState
  readonly onOpen: (open: OpenState) => void
  readonly onCopy: (text: string, what: string) => void
  readonly onChart: ((path: string) => void) | undefined
}

/** The message in one of its forms. */
export function MessageBody({ stream, message, form, open, onOpen, onCopy, onChart }: MessageBodyProps) {
  const { payload, properties, topic } = message
  if (form === 'diff') return <DiffToPrevious stream={stream} message={message} />
  if (form === 'properties') return <Properties message={message} />
  const encoding = ENCODING_OF[form]
  const data = encoding && decodeAs(payload, encoding)
  if (data?.ok) {
    return (
      <DataTreeView
        value={data.tree}
        open={open}
        onOpen={onOpen}
        onCopy={onCopy}
        onChart={encoding === guessEncoding(payload, properties?.contentType, topic) ? onChart : undefined}
      />
    )
  }
  const text = form === 'hex' ? payloadAsHex(payload) : form === 'base64' ? payloadAsBase64(payload) : asText(payload)
  return <PayloadText text={text} payload={payload} form={form} onCopy={onCopy} />
}

/** JSON is laid out, digit for digit; other text is left as it is. */
const asText = (payload: Uint8Array): string => payloadAsJson(payload) ?? payloadAsText(payload)

interface PayloadTextProps {
  readonly text: string
  readonly payload: Uint8Array
  readonly form: DetailForm
  readonly onCopy: (text: string, what: string) => void
}

function PayloadText({ text, payload, form, onCopy }: PayloadTextProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="td-payload td-payload-text" tabIndex={0} aria-label="Payload" data-form={form}>
      <div className="td-payload-tools">
        {form === 'hex' ? (
          <>
            <Button variant="inline-link" onClick={() => onCopy(hexText(payload), 'bytes as hex')}>
              Copy bytes
            </Button>
            <Button variant="inline-link" onClick={() => onCopy(text, 'dump')}>
              Copy dump
            </Button>
          </>
        ) : (
          <>
            <Button variant="inline-link" onClick={() => onCopy(text, form)}>
              Copy
            </Button>
            {form === 'text' && (
              <Button variant="inline-link" onClick={() => onCopy(payloadAsText(payload), 'payload as sent')}>
                Copy as sent
              </Button>
            )}
          </>
        )}
      </div>
      {form === 'text' && payload.length > 0 && textOf(payload) === undefined && (
        <p className="td-weak">The payload is not UTF-8 text: what stands for bytes here is not what was sent.</p>
      )}
      {payload.length === 0 ? <p className="td-weak">The payload is empty.</p> : <pre>{text}</pre>}
    </section>
  )
}

function DiffToPrevious({ stream, message }: { readonly stream: string; readonly message: FullMessage }) {
  const previous = useFullMessage(stream, message.previousOnTopic)
  if (previous === undefined) return null
  if (previous === 'gone') return <p className="td-weak">The previous message on this topic has aged out.</p>
  const before = comparable(previous.payload)
  const after = comparable(message.payload)
  return (
    <div className="td-diff-frame">
      <p className="td-weak td-diff-head">
        {formatTimeOfDay(previous.receivedAtMs)} → {formatTimeOfDay(message.receivedAtMs)}
        {before === after && ': the same payload'}
      </p>
      <Suspense fallback={<Loading what="the difference" />}>
        <div className="td-diff">
          <DiffView label="Changes since the previous message" before={before} after={after} />
        </div>
      </Suspense>
    </div>
  )
}

/** Text that can be compared line by line. */
const comparable = (payload: Uint8Array): string => payloadAsJson(payload) ?? textOf(payload) ?? payloadAsHex(payload)

function Properties({ message }: { readonly message: FullMessage }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="td-payload" tabIndex={0} aria-label="Properties">
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Topic', value: <span className="td-mono">{message.topic}</span> },
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

/** `2026-03-09 12:04:07 +01:00 (12:04:07.113)`: the day and the offset, and the milliseconds that order messages. */
const receivedWords = (atMs: number) => `${formatDateTime(atMs)} (${formatTimeOfDay(atMs)})`

/** MQTT 5's properties that the message has, under their names in the standard. */
function propertyItems(properties: MessageProperties) {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = properties
  const expiry = properties.messageExpiryIntervalSeconds
  return [
    contentType !== undefined && { label: 'Content Type', value: contentType },
    responseTopic !== undefined && { label: 'Response Topic', value: <span className="td-mono">{responseTopic}</span> },
    correlationData && { label: 'Correlation Data', value: correlationWords(correlationData) },
    payloadFormatIndicator !== undefined && {
      label: 'Payload Format Indicator',
      value: payloadFormatIndicator ? 'UTF-8 text' : 'unspecified bytes',
    },
    expiry !== undefined && { label: 'Message Expiry Interval', value: `${expiry} s` },
    ...(userProperties ?? []).map(([name, value]) => ({ label: `User Property ${name}`, value })),
  ].filter((item) => item !== false && item !== undefined)
}

const correlationWords = (data: Uint8Array) => (
  <span className="td-mono">
    {textOf(data) ?? ''} {hexText(data)}
  </span>
)
