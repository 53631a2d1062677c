import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { toHex } from '../../../shared/bytes-text.ts'
import { textOf } from '../../../shared/decode/text.ts'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { formatBytes, formatCounted } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import type { SentPayload } from '../words/payload.ts'
import '../commands.css'

interface PayloadViewProps {
  /** Accessible name. */
  readonly label: string
  readonly payload: SentPayload
}

/** What a device gets: JSON in an editor, CBOR in diagnostic notation, other texts as they are, bytes in hexadecimal digits. */
export function PayloadView({ label, payload }: PayloadViewProps) {
  if (payload.kind === 'cbor')
    return (
      <SpaceBetween size="xxs">
        <section aria-label={label}>
          <pre className="td-command-payload">{visible(payload.text)}</pre>
        </section>
        <Size bytes={undefined} contentType={payload.contentType}>
          In diagnostic notation: the device gets the same in binary.
        </Size>
      </SpaceBetween>
    )
  if (payload.kind === 'json')
    return (
      <SpaceBetween size="xxs">
        <JsonEditor label={label} text={payload.text} onChange={() => {}} readOnly />
        <Size bytes={new TextEncoder().encode(payload.text).byteLength} contentType={payload.contentType} />
      </SpaceBetween>
    )
  const { bytes, contentType } = payload
  const text = textOf(bytes)
  return (
    <SpaceBetween size="xxs">
      {text !== undefined && /\bjson\b/i.test(contentType) ? (
        <JsonEditor label={label} text={text} onChange={() => {}} readOnly />
      ) : (
        <section aria-label={label}>
          <pre className="td-command-payload">{text === undefined ? toHex(bytes) : visible(text)}</pre>
        </section>
      )}
      <Size bytes={bytes.byteLength} contentType={contentType}>
        {text === undefined && 'In hexadecimal digits: it is no text.'}
      </Size>
    </SpaceBetween>
  )
}

interface SizeProps {
  readonly bytes: number | undefined
  readonly contentType: string
  readonly children?: string | false
}

function Size({ bytes, contentType, children }: SizeProps) {
  const size = bytes === undefined ? undefined : bytes < 1_024 ? formatCounted(bytes, 'byte') : formatBytes(bytes)
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      {visible([size, contentType].filter((part) => part !== undefined).join(', '))}. {children}
    </Box>
  )
}
