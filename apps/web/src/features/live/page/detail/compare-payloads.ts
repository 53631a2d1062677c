import { jsonEquals, parseJson } from '@thingdeck/json'
import { decodePayload } from '../../../../shared/decode/binary.ts'
import { dataText } from '../../../../shared/decode/data-text.ts'
import { jsonPartOf } from '../../../../shared/decode/json.ts'
import { doubledPaths } from '../../../../shared/decode/reading-notes.ts'
import { isMostlyText, looseText, textOf } from '../../../../shared/decode/text.ts'
import type { FullMessage } from '../../protocol/stream.ts'
import { payloadAsHex } from './payload.ts'

/** Two payloads as texts that can be compared line by line. */
export interface PayloadComparison {
  readonly before: string
  readonly after: string
  /** What is to be said of both; undefined where the difference speaks for itself. */
  readonly words?: string
}

type Compared = Pick<FullMessage, 'payload' | 'hint'>

/**
 * What changed from one payload to the next: of structured data in its values, each laid out alike. Where these are the
 * same and the bytes are not, as they were sent, with what kind of difference that is.
 */
export function comparePayloads(before: Compared, after: Compared): PayloadComparison {
  const decoded = [decodedOf(before), decodedOf(after)] as const
  const texts = { before: shownText(before, decoded[0]), after: shownText(after, decoded[1]) }
  if (isSame(before.payload, after.payload)) return { ...texts, words: 'the same payload, byte for byte' }
  const old = textOf(before.payload)
  const now = textOf(after.payload)
  const isText = old !== undefined && now !== undefined
  if (texts.before !== texts.after) {
    const words = isText ? likenessOf(old, now, decoded) : undefined
    return { ...texts, ...(words === undefined ? {} : { words }) }
  }
  if (isText) {
    const differs = isWhiteSpaceAlone(old, now) ? 'only white space differs' : 'only how they are written differs'
    return { before: old, after: now, words: `the same values: ${differs}` }
  }
  return {
    before: payloadAsHex(before.payload),
    after: payloadAsHex(after.payload),
    words: 'the same values: only how they are encoded differs',
  }
}

/** In what two texts are alike that differ as they are shown. */
function likenessOf(one: string, other: string, [old, now]: readonly DecodedPayload[]): string | undefined {
  if (old?.encoding === 'json' && now?.encoding === 'json') {
    if (!hasSameValues(one, other, [old, now])) return undefined
    return 'the same values: only their order or how numbers are written differs'
  }
  return !old && !now && withoutSpace(one) === withoutSpace(other) ? 'only white space differs' : undefined
}

type DecodedPayload = ReturnType<typeof decodePayload>

const decodedOf = ({ payload, hint }: Compared): DecodedPayload => decodePayload(payload, hint)

/** Structured data laid out, text as it is, bytes that are hardly text as such; the rest as a dump. */
function shownText({ payload }: Compared, decoded: DecodedPayload): string {
  if (decoded) return dataText(decoded.tree, 2)
  const text = textOf(payload)
  if (text !== undefined) return text
  return isMostlyText(payload) ? looseText(payload) : payloadAsHex(payload)
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index])
}

function hasSameValues(one: string, other: string, decoded: readonly NonNullable<DecodedPayload>[]): boolean {
  if (decoded.some(({ tree }) => doubledPaths(tree).length > 0)) return false // which of two values counts is not for us to say
  return jsonEquals(parseJson(jsonPartOf(one).json), parseJson(jsonPartOf(other).json))
}

/** JSON's tokens are the same when what stands between the texts in it is, but for white space. */
function isWhiteSpaceAlone(one: string, other: string): boolean {
  const tokens = (text: string) =>
    text.replace(/("(?:[^"\\]|\\.)*")|[ \t\r\n]+/g, (_, quoted: string | undefined) => quoted ?? '')
  return tokens(one) === tokens(other)
}

const withoutSpace = (text: string): string => text.replace(/[ \t\r\n]+/g, '')
