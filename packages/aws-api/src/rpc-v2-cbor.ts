import { decodeCbor } from './cbor-decode.ts'
import { encodeCborStructure } from './cbor-encode.ts'
import { decodeStructure, isJsonObject } from './json-decode.ts'
import { malformed } from './malformed.ts'
import type { Bindings } from './operation.ts'
import { RPC_V2_CBOR } from './protocol.ts'
import type { RequestHead } from './types.ts'
import type { Target } from './uri.ts'

/** Headers of every answer of the protocol rpcV2Cbor. */
export const CBOR_HEADERS = { 'content-type': 'application/cbor', 'smithy-protocol': RPC_V2_CBOR } as const

/** `POST /service/GraniteServiceVersion20100801/operation/ListMetrics` → `ListMetrics`; a path may stand before it. */
export function rpcOperation({ method }: RequestHead, { segments }: Target): string | undefined {
  const [service, , operation, name] = segments.slice(-4)
  return method === 'POST' && service === 'service' && operation === 'operation' ? name : undefined
}

/**
 * Reads an operation's input.
 * @throws {AwsError} SerializationException
 * @see Smithy 2.0, "Smithy RPC v2 CBOR protocol"
 */
export function readCborInput(input: Bindings, body: Uint8Array): Record<string, unknown> {
  if (body.byteLength === 0) return {}
  const value = decodeCbor(body)
  if (!isJsonObject(value)) throw malformed('The request body is not a CBOR map')
  return decodeStructure(input.shape.members, value)
}

/** @throws {TypeError} where a member of `value` is not of its shape */
export function writeCborOutput(output: Bindings, value: object): Uint8Array | undefined {
  return output.unit ? undefined : encodeCborStructure(output.shape.members, value, output.shape.name)
}
