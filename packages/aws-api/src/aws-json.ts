import { decodeStructure, isJsonObject, parseJsonBody } from './json-decode.ts'
import { encodeStructure } from './json-encode.ts'
import { malformed } from './malformed.ts'
import type { Bindings } from './operation.ts'
import type { Protocol, RequestHead } from './types.ts'

/** Media types of the two versions of the protocol, which differ in nothing else that is served. */
const MEDIA_TYPES = {
  awsJson1_0: 'application/x-amz-json-1.0',
  awsJson1_1: 'application/x-amz-json-1.1',
} as const

/** The media type of a version of AWS JSON; undefined for other protocols. */
export function awsJsonMediaType(protocol: Protocol): string | undefined {
  return protocol === 'awsJson1_0' || protocol === 'awsJson1_1' ? MEDIA_TYPES[protocol] : undefined
}

/**
 * Reads an operation's input: the whole body, whatever the HTTP traits say.
 * @throws {AwsError} SerializationException
 * @see Smithy 2.0, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol"
 */
export function readAwsJsonInput(input: Bindings, body: Uint8Array): Record<string, unknown> {
  const json = parseJsonBody(body)
  if (json === undefined || json === null) return {}
  if (!isJsonObject(json)) throw malformed('The request body is not a JSON object')
  return decodeStructure(input.shape.members, json)
}

/** @throws {TypeError} where a member of `value` is not of its shape */
export function writeAwsJsonOutput(output: Bindings, value: object): string {
  return output.unit ? '{}' : JSON.stringify(encodeStructure(output.shape.members, value, output.shape.name))
}

/** `POST` with `X-Amz-Target: AWSCognitoIdentityService.GetId` → `GetId` */
export function awsJsonOperation({ method, headers }: RequestHead): string | undefined {
  return method === 'POST' ? parseAmzTarget(headers['x-amz-target'])?.operation : undefined
}

/** `AWSCognitoIdentityService.GetId` → its two parts; undefined for anything else. */
export function parseAmzTarget(header: string | undefined): { prefix: string; operation: string } | undefined {
  const dot = header?.lastIndexOf('.') ?? -1
  if (header === undefined || dot < 1) return undefined
  return { prefix: header.slice(0, dot), operation: header.slice(dot + 1) }
}
