import { parseJson, stringifyJson } from '@thingdeck/json'
import { toBase64 } from '../../../../shared/bytes-text.ts'
import { textOf } from '../../../../shared/decode/text.ts'

/** The payload as indented JSON with every digit as it was sent; undefined when it is no JSON. */
export function payloadAsJson(payload: Uint8Array): string | undefined {
  const text = textOf(payload)
  if (text === undefined || text.trim() === '') return undefined
  try {
    return stringifyJson(parseJson(text), { indent: 2 })
  } catch {
    return undefined
  }
}

/** As text whatever it is; bytes that are no UTF-8 show as U+FFFD. */
export function payloadAsText(payload: Uint8Array): string {
  return new TextDecoder().decode(payload)
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
