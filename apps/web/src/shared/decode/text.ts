import { decodeUtf8 } from '@thingdeck/json'
import { utf8FaultAt } from './utf8-fault.ts'

/** The text whose UTF-8 a payload is, byte for byte, control characters and a byte order mark with it; else undefined. */
export const utf8Of = (payload: Uint8Array): string | undefined => decodeUtf8(payload)

/**
 * The text of a payload that is UTF-8 and meant to be read, else undefined. Bytes may be UTF-8 by chance (`01 02`), so at
 * most a third of the characters may be control characters; white space, and the zeros with which C ends a text, are
 * not counted as such.
 */
export function textOf(payload: Uint8Array): string | undefined {
  const text = utf8Of(payload)
  return text === undefined || !isReadable(text) ? undefined : text
}

function isReadable(text: string): boolean {
  let end = text.length
  while (end > 0 && text.charCodeAt(end - 1) === 0) end -= 1
  if (end === 0) return text.length === 0
  let controls = 0
  for (let index = 0; index < end; index++) {
    const unit = text.charCodeAt(index)
    if (unit < 0x20 && unit !== 0x09 && unit !== 0x0a && unit !== 0x0d) controls += 1
  }
  return controls * 3 <= end
}

/** Whether all but an eighth of the bytes is ASCII to be read: text in an encoding of before, `{"unit":"\xB0C"}` in Latin-1. */
export function isMostlyText(bytes: Uint8Array): boolean {
  let others = 0
  for (const byte of bytes) {
    if (byte >= 0x80 || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) others += 1
  }
  return others * 8 <= bytes.length
}

/** Why a payload is no UTF-8 text: the first byte at fault and its 0-based offset. Undefined when it is. */
export function utf8FaultOf(payload: Uint8Array): { readonly offset: number; readonly byte: number } | undefined {
  const offset = utf8FaultAt(payload)
  return offset === undefined ? undefined : { offset, byte: payload[offset] ?? 0 }
}

/** Bytes as a sentence names them: `0xB0`. */
export const byteText = (byte: number): string => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`

/**
 * A payload as text whatever it is: a byte that is no UTF-8 is the lone surrogate U+DC00 + byte, which no UTF-8 gives, so
 * that nothing is taken for anything else. `visibleText` writes it as `\xB0`. For the eyes: it cannot be copied as it is.
 */
export function looseText(payload: Uint8Array): string {
  let text = ''
  let from = 0
  while (from < payload.length) {
    const rest = payload.subarray(from)
    const fault = utf8FaultAt(rest)
    text += utf8Of(rest.subarray(0, fault)) ?? '' // up to its fault it is UTF-8
    if (fault === undefined) break
    text += String.fromCharCode(0xdc00 + (rest[fault] ?? 0))
    from += fault + 1
  }
  return text
}
