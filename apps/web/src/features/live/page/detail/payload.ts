import { toBase64 } from '../../../../shared/bytes-text.ts'
import { dataText } from '../../../../shared/decode/data-text.ts'
import { decodeAs } from '../../../../shared/decode/encodings.ts'

/** The payload as indented JSON, every digit and every member as it was sent; undefined when it is no JSON. */
export function payloadAsJson(payload: Uint8Array): string | undefined {
  const decoded = decodeAs(payload, 'json')
  return decoded.ok ? dataText(decoded.tree, 2) : undefined
}

/** RFC 4648 §4, in lines of 76 characters. */
export function payloadAsBase64(payload: Uint8Array): string {
  return toBase64(payload).replace(/.{76}(?=.)/g, '$&\n')
}

const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0')

const BYTES_PER_LINE = 16

/** `00000000  7b 22 61 22 …  {"a"…`: offset, bytes and ASCII, as hex dumps have it. */
export function payloadAsHex(payload: Uint8Array): string {
  const lines: string[] = []
  for (let start = 0; start < payload.length; start += BYTES_PER_LINE) {
    const bytes = [...payload.subarray(start, start + BYTES_PER_LINE)]
    const hex = bytes.map(hexByte).join(' ')
    const ascii = bytes.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('')
    lines.push(`${start.toString(16).padStart(8, '0')}  ${hex.padEnd(BYTES_PER_LINE * 3 - 1)}  ${ascii}`)
  }
  return lines.join('\n')
}
