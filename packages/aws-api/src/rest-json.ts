import { decodeJson, decodeStructure, isJsonObject, parseJsonBody } from './json-decode.ts'
import { encodeJson, encodeStructure } from './json-encode.ts'
import { malformed } from './malformed.ts'
import type { Bindings } from './operation.ts'
import type { Member } from './shape.ts'
import { formatText, parseText } from './text-values.ts'
import type { ApiRequest } from './types.ts'

/** Where an input is read from, beside the request's headers and body: all percent-decoded. */
export interface UriParts {
  readonly labels: ReadonlyMap<string, string>
  readonly query: readonly (readonly [name: string, value: string])[]
}

/**
 * Reads an operation's input from an HTTP request.
 * @throws {AwsError} SerializationException
 * @see Smithy 2.0, "AWS restJson1 protocol"
 */
export function readRestInput(input: Bindings, uri: UriParts, request: ApiRequest): Record<string, unknown> {
  const value = readRestBody(input, request.body)
  for (const member of input.bound) {
    const item = readBound(member, input, uri, request)
    if (item !== undefined) value[member.name] = item
  }
  return value
}

function readRestBody(input: Bindings, body: Uint8Array): Record<string, unknown> {
  const { payload } = input
  if (payload) {
    const item = readPayload(payload, body)
    return item === undefined ? {} : { [payload.name]: item }
  }
  if (input.body.length === 0) return {}
  const json = parseJsonBody(body)
  if (json === undefined || json === null) return {}
  if (!isJsonObject(json)) throw malformed('The request body is not a JSON object')
  return decodeStructure(input.body, json)
}

/** An empty body is an absent payload, unless there must be one: then it is an empty one. */
function readPayload(member: Member, body: Uint8Array): unknown {
  const isText = member.shape.kind === 'string'
  if (isText || member.shape.kind === 'blob') {
    if (body.byteLength === 0 && !member.required) return undefined
    return isText ? decodeText(body) : body
  }
  const json = parseJsonBody(body)
  return json === undefined || json === null ? undefined : decodeJson(member.shape, json, member.name)
}

function decodeText(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw malformed('The request body is not UTF-8 text')
  }
}

function readBound(member: Member, input: Bindings, uri: UriParts, request: ApiRequest): unknown {
  const { location, name, shape } = member
  switch (location.in) {
    case 'label': {
      const text = uri.labels.get(name)
      return text === undefined ? undefined : parseText(shape, text, 'label', name)
    }
    case 'query': {
      const texts = uri.query.filter(([key]) => key === location.name).map(([, text]) => text)
      if (shape.kind === 'list') {
        return texts.length === 0 ? undefined : texts.map((text) => parseText(shape.value, text, 'query', name))
      }
      return texts[0] === undefined ? undefined : parseText(shape, texts[0], 'query', name)
    }
    case 'queryParams':
      return readQueryMap(member, input, uri)
    case 'header': {
      const text = request.headers[location.name]
      return text === undefined ? undefined : parseText(shape, text, 'header', name)
    }
    case 'prefixHeaders':
      return readHeaderMap(location.name, request)
    default:
      return undefined
  }
}

/** All query parameters that no other member takes. */
function readQueryMap(member: Member, input: Bindings, uri: UriParts): Record<string, unknown> | undefined {
  const taken = new Set(input.bound.map(({ location }) => (location.in === 'query' ? location.name : undefined)))
  const many = member.shape.kind === 'map' && member.shape.value.kind === 'list'
  const map: Record<string, string | string[]> = Object.create(null)
  for (const [name, text] of uri.query) {
    if (taken.has(name)) continue
    const earlier = map[name]
    if (Array.isArray(earlier)) earlier.push(text)
    else if (earlier === undefined) map[name] = many ? [text] : text
  }
  return Object.keys(map).length === 0 ? undefined : map
}

function readHeaderMap(prefix: string, request: ApiRequest): Record<string, string> | undefined {
  const map: Record<string, string> = Object.create(null)
  for (const [name, text] of Object.entries(request.headers)) {
    if (name.startsWith(prefix) && text !== undefined) map[name.slice(prefix.length)] = text
  }
  return Object.keys(map).length === 0 ? undefined : map
}

/** What an output becomes in HTTP. `body` is JSON, a payload's bytes, or a stream of them. */
export interface RestOutput {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | AsyncIterable<Uint8Array> | undefined
  readonly contentType: string | undefined
}

/**
 * Writes an operation's output, or a modelled error's members.
 * @throws {TypeError} where a member of `value` is not of its shape
 */
export function writeRestOutput(output: Bindings, value: object): RestOutput {
  const own = new Map<string, unknown>(Object.entries(value))
  const headers: Record<string, string> = Object.create(null)
  let status: number | undefined
  for (const member of output.bound) {
    const item = own.get(member.name)
    if (item === undefined || item === null) continue
    if (member.location.in === 'status' && typeof item === 'number') status = item
    else writeHeaders(member, item, headers)
  }
  return { status, headers, ...writeBody(output, own, value) }
}

function writeHeaders(member: Member, item: unknown, headers: Record<string, string>): void {
  const { location, name, shape } = member
  if (location.in === 'header') headers[location.name] = formatText(shape, item, name)
  if (location.in === 'prefixHeaders' && typeof item === 'object' && item !== null) {
    for (const [key, text] of Object.entries(item)) headers[`${location.name}${key}`] = String(text)
  }
}

function writeBody(
  output: Bindings,
  own: ReadonlyMap<string, unknown>,
  value: object,
): Pick<RestOutput, 'body' | 'contentType'> {
  const { payload } = output
  if (!payload) {
    return {
      body: JSON.stringify(encodeStructure(output.body, value, output.shape.name)),
      contentType: 'application/json',
    }
  }
  const item = own.get(payload.name)
  if (item === undefined || item === null) return { body: undefined, contentType: undefined }
  if (payload.shape.kind === 'string' && typeof item === 'string') return { body: item, contentType: 'text/plain' }
  if (payload.shape.kind !== 'blob') {
    return { body: JSON.stringify(encodeJson(payload.shape, item, payload.name)), contentType: 'application/json' }
  }
  if (!isBytes(item)) throw new TypeError(`'${payload.name}' of the answer is not a blob`)
  return { body: item, contentType: 'application/octet-stream' }
}

function isBytes(item: unknown): item is Uint8Array | AsyncIterable<Uint8Array> {
  return item instanceof Uint8Array || (typeof item === 'object' && item !== null && Symbol.asyncIterator in item)
}
