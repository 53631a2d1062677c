import { stringifyValue, type Value } from '@thingdeck/rules-sql'
import { toBase64 } from '../../../../shared/bytes-text.ts'

const MOST_CHARACTERS = 200

/** A value for a person: JSON, `Undefined`, or how many bytes there are. */
export function valueText(value: Value): string {
  if (value === undefined) return 'Undefined'
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return shortened(stringifyValue(value))
}

export const shortened = (text: string): string =>
  text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text

const DECODER = new TextDecoder('utf-8', { fatal: true })

/** Bytes as the text that they are, or in base64 where they are none. */
export function bytesText(bytes: Uint8Array): string {
  try {
    return DECODER.decode(bytes)
  } catch {
    return `base64: ${toBase64(bytes)}`
  }
}
