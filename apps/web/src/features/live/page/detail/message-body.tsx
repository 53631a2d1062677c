import { decodePayload } from '../../../../shared/decode/binary.ts'
import { decodeAs } from '../../../../shared/decode/encodings.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import type { DetailForm } from '../search.ts'
import type { OpenState } from './data-rows.ts'
import { DecodedPayload } from './decoded-payload.tsx'
import { DiffToPrevious } from './diff-to-previous.tsx'
import { ENCODING_OF } from './forms.ts'
import { MessageProperties } from './message-properties.tsx'
import { PayloadText } from './payload-text.tsx'
import { ProtobufPayload } from './protobuf/protobuf-payload.tsx'

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
export function MessageBody({ stream, message, form, onChart, ...rest }: MessageBodyProps) {
  const { payload, hint } = message
  if (form === 'diff') return <DiffToPrevious stream={stream} message={message} />
  if (form === 'properties') return <MessageProperties message={message} />
  if (form === 'protobuf') return <ProtobufPayload message={message} onChart={onChart} {...rest} />
  const encoding = ENCODING_OF[form]
  const data = encoding && decodeAs(payload, encoding)
  if (data?.ok) {
    const isWhatItIs = decodePayload(payload, hint)?.encoding === encoding
    return <DecodedPayload payload={payload} tree={data.tree} onChart={isWhatItIs ? onChart : undefined} {...rest} />
  }
  return (
    <PayloadText payload={payload} form={form === 'hex' || form === 'base64' ? form : 'text'} onCopy={rest.onCopy} />
  )
}
