import { decodeUtf8 } from '@thingdeck/json'
import { parseJsonValue } from '../payload.ts'
import type { ArgumentFault, FunctionContext, KnownArguments, RuleFunction } from '../rule-function.ts'
import { encodeUtf8 } from '../utf8.ts'
import { isBinary, type Value } from '../value.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'
import { define } from './define.ts'
import { checkLength, textOf } from './text-arguments.ts'

const BASE64 = 'base64'

/**
 * `encode` and `decode` with 'base64'. Source: AWS IoT developer guide, "encode(value, encodingScheme)" and
 * "decode(value, decodingScheme)". For 'proto' see `decode-protobuf.ts`.
 */
export const ENCODING_FUNCTIONS: readonly RuleFunction[] = [
  define('encode', 2, encode, {
    since: '2016-03-23',
    takesBytes: [0],
    constantArgs: [1],
    findFault: findSchemeFault,
  }),
  define('decode', 2, decode, { since: '2016-03-23', constantArgs: [1], findFault: findSchemeFault }),
]

/** `*` is the payload's bytes, JSON or not; what is no String is converted to one. */
function encode([value, scheme]: readonly Value[], context: FunctionContext): Value {
  if (scheme !== BASE64) return undefined
  if (isBinary(value)) {
    context.spend(Math.floor(value.length / 1000))
    return encodeBase64(value)
  }
  const text = textOf(value, context)
  if (text === undefined) return undefined
  checkLength(Math.ceil(text.length / 3) * 4, 'encode', context)
  return encodeBase64(encodeUtf8(text))
}

/**
 * The value of a JSON text, a String of any other. Null for what is not Base64, and for bytes that are not UTF-8: the
 * guide says so of what "cannot be decoded".
 */
function decode([value, scheme]: readonly Value[], context: FunctionContext): Value {
  if (scheme !== BASE64) return undefined
  if (value === null) return null
  const text = textOf(value, context)
  if (text === undefined) return undefined
  const bytes = decodeBase64(text)
  const decoded = bytes && decodeUtf8(bytes)
  if (decoded === undefined) return null
  const json = parseJsonValue(decoded, context.numbers)
  return json === undefined ? decoded : json
}

function findSchemeFault([, scheme]: KnownArguments): ArgumentFault | undefined {
  if (scheme === undefined || scheme.value === BASE64) return undefined
  return { argument: 1, message: "With two arguments the scheme is 'base64'", severity: 'refused' }
}
