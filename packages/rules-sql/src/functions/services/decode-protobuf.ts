import type { ArgumentFault, KnownArguments, RuleFunction } from '../../rule-function.ts'
import { isBinary } from '../../value.ts'
import { decodeBase64 } from '../base64.ts'
import { textOf, textsOf } from '../text-arguments.ts'
import { defineService } from './define-service.ts'

const SCHEME = 'proto'

/**
 * `decode(value, 'proto', bucket, key, file, messageType)`: a protobuf message by the descriptor set that lies in the
 * bucket. The value is `*`, the payload's bytes, or a String of Base64; Null for a String that is none.
 * Source: AWS IoT developer guide, "decode(value, decodingScheme)" and "Decoding protobuf message payloads".
 */
export const DECODE_PROTOBUF_FUNCTION: RuleFunction = defineService(
  'decode',
  6,
  'decodeProtobuf',
  async (decode, [value, scheme, ...source], context) => {
    const texts = textsOf(source, context)
    const [bucket = '', key = '', fileName = '', messageType = ''] = texts ?? []
    const text = isBinary(value) ? undefined : textOf(value, context)
    if (texts === undefined || scheme !== SCHEME) return undefined
    if (isBinary(value)) return decode({ bytes: value, bucket, key, fileName, messageType }, context.message)
    if (text === undefined) return undefined
    const bytes = decodeBase64(text)
    return bytes === undefined ? null : decode({ bytes, bucket, key, fileName, messageType }, context.message)
  },
  {
    since: '2016-03-23',
    takesBytes: [0],
    constantArgs: [1, 2, 3, 4, 5],
    maxCalls: 2,
    inTemplates: false,
    findFault: findProtobufFault,
  },
)

function findProtobufFault([, scheme, , , file]: KnownArguments): ArgumentFault | undefined {
  if (scheme !== undefined && scheme.value !== SCHEME)
    return { argument: 1, message: "With six arguments the scheme is 'proto'", severity: 'refused' }
  const name = file?.value
  if (typeof name !== 'string' || !name.endsWith('.proto')) return undefined
  return { argument: 4, message: `The file is named without .proto: '${name.slice(0, -6)}'`, severity: 'refused' }
}
