import Button from '@cloudscape-design/components/button'
import { toBase64 } from '../../../../shared/bytes-text.ts'
import { hexText } from '../../../../shared/decode/hex-text.ts'
import { byteText, looseText, utf8FaultOf, utf8Of } from '../../../../shared/decode/text.ts'
import { formatBytes } from '../../../../shared/format.ts'
import { VisibleText } from '../../../../shared/text/visible.tsx'
import { payloadAsBase64, payloadAsHex, payloadAsJson } from './payload.ts'

interface PayloadTextProps {
  readonly payload: Uint8Array
  readonly form: 'text' | 'hex' | 'base64'
  readonly onCopy: (text: string, what: string) => void
}

/** A payload as text, laid out where it is JSON, as a dump or in base64, with copies of what was sent. */
export function PayloadText({ payload, form, onCopy }: PayloadTextProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="td-payload td-payload-text" tabIndex={0} aria-label="Payload" data-form={form}>
      {payload.length === 0 ? (
        <p className="td-weak">The payload is empty.</p>
      ) : form === 'text' ? (
        <Text payload={payload} onCopy={onCopy} />
      ) : (
        <Bytes payload={payload} form={form} onCopy={onCopy} />
      )}
    </section>
  )
}

type PartProps = Pick<PayloadTextProps, 'payload' | 'onCopy'>

function Bytes({ payload, form, onCopy }: PartProps & { readonly form: 'hex' | 'base64' }) {
  const text = form === 'hex' ? payloadAsHex(payload) : payloadAsBase64(payload)
  return (
    <>
      <div className="td-payload-tools">
        {form === 'hex' && <CopyLink words="Copy bytes" onClick={() => onCopy(hexText(payload), 'bytes as hex')} />}
        <CopyLink
          words={form === 'hex' ? 'Copy dump' : 'Copy'}
          onClick={() => onCopy(text, form === 'hex' ? 'dump' : form)}
        />
      </div>
      <pre>{text}</pre>
    </>
  )
}

/** A text can be copied as it was sent where it is one: of bytes that are no UTF-8 the clipboard would hold others. */
function Text({ payload, onCopy }: PartProps) {
  const sent = utf8Of(payload)
  if (sent === undefined) return <NoText payload={payload} onCopy={onCopy} />
  const laidOut = payloadAsJson(payload)
  return (
    <>
      <div className="td-payload-tools">
        {laidOut !== undefined && <CopyLink words="Copy" onClick={() => onCopy(laidOut, 'payload as laid out')} />}
        <CopyLink words="Copy as sent" onClick={() => onCopy(sent, 'payload as sent')} />
        {sent.includes('\0') && <BytesLinks payload={payload} onCopy={onCopy} />}
      </div>
      <pre>
        <VisibleText text={laidOut ?? sent} keepsLines />
      </pre>
    </>
  )
}

function NoText({ payload, onCopy }: PartProps) {
  const { offset = 0, byte = 0 } = utf8FaultOf(payload) ?? {}
  const text = looseText(payload)
  const faults = text.match(/[\udc80-\udcff]/g)?.filter(Boolean).length ?? 0
  return (
    <>
      <div className="td-payload-tools">
        <BytesLinks payload={payload} onCopy={onCopy} />
      </div>
      <p className="td-weak">
        {faults === 1 ? '1 byte is' : `${faults} bytes are`} not UTF-8 text, {faults === 1 ? '' : 'the first '}
        {byteText(byte)} at byte {offset} of {formatBytes(payload.length)}
        {latin1Words(byte)}. As text it cannot be copied as it was sent; its bytes can.
      </p>
      <pre>
        <VisibleText text={text.slice(0, MAX_CHARACTERS)} keepsLines />
        {text.length > MAX_CHARACTERS && '… (the whole is under Hex)'}
      </pre>
    </>
  )
}

/** Each byte may be an element of its own, and a page is slow with many. */
const MAX_CHARACTERS = 4_000

/** What a byte would be in ISO 8859-1, in which devices of before write. */
const latin1Words = (byte: number): string =>
  byte >= 0xa0 ? ` (“${String.fromCharCode(byte)}” in ISO 8859-1, Latin-1)` : ''

const BytesLinks = ({ payload, onCopy }: PartProps) => (
  <>
    <CopyLink words="Copy bytes as hex" onClick={() => onCopy(hexText(payload), 'bytes as hex')} />
    <CopyLink words="Copy as base64" onClick={() => onCopy(toBase64(payload), 'bytes as base64')} />
  </>
)

function CopyLink({ words, onClick }: { readonly words: string; readonly onClick: () => void }) {
  return (
    <Button variant="inline-link" onClick={onClick}>
      {words}
    </Button>
  )
}
