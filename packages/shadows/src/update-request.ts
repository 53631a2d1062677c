import {
  decodeUtf8,
  isJsonArray,
  isJsonObject,
  JsonNumber,
  JsonObject,
  JsonParseError,
  type JsonPath,
  type JsonValue,
  jsonEquals,
  parseJson,
  utf8ByteLength,
} from '@thingdeck/json'
import { ShadowError } from './error.ts'
import { formatSections, mapSections, SECTIONS, type SectionName, SHADOW_LIMITS } from './shadow.ts'

/** What an update does to each section: a patch, `null` to remove it, absent to leave it. */
export interface StatePatch {
  readonly desired?: JsonObject | null | undefined
  readonly reported?: JsonObject | null | undefined
}

/** A request document that passed every check that needs no stored shadow. */
export interface UpdateRequest {
  /** `null` removes both sections. */
  readonly state: StatePatch | null
  /** The version that the shadow must have. */
  readonly version?: number | undefined
  readonly clientToken?: string | undefined
}

export interface RequestLimits {
  /** Default {@link SHADOW_LIMITS.maxDepth}. */
  readonly maxDepth?: number
  /** Default {@link SHADOW_LIMITS.maxRequestBytes}. */
  readonly maxRequestBytes?: number
}

/**
 * Reads the payload of an update, from MQTT or from REST.
 * @throws {ShadowError} 400, 413 or 415; with the client token where it could be read
 * @see AWS IoT developer guide, "Device Shadow service documents" and "Device Shadow error messages"
 */
export function parseUpdateRequest(payload: Uint8Array | string, limits: RequestLimits = {}): UpdateRequest {
  const sizeBytes = typeof payload === 'string' ? utf8ByteLength(payload) : payload.byteLength
  if (sizeBytes > (limits.maxRequestBytes ?? SHADOW_LIMITS.maxRequestBytes)) throw tooLarge()
  const document = parseDocument(payload, limits)
  return checkUpdateRequest(document, limits)
}

export function tooLarge(clientToken?: string): ShadowError {
  return new ShadowError(413, 'The payload exceeds the maximum size allowed', { clientToken })
}

function parseDocument(payload: Uint8Array | string, limits: RequestLimits): JsonValue {
  const text = typeof payload === 'string' ? payload : decodeUtf8(payload)
  if (text === undefined) {
    throw new ShadowError(415, 'Unsupported documented encoding; supported encoding is UTF-8') // AWS's spelling
  }
  try {
    return parseJson(text)
  } catch (error) {
    if (!(error instanceof JsonParseError)) throw error
    if (error.code === 'TOO_DEEP') throw tooDeep(limits, { cause: error })
    throw new ShadowError(400, 'Invalid JSON', { cause: error })
  }
}

function tooDeep(limits: RequestLimits, details: ConstructorParameters<typeof ShadowError>[2]): ShadowError {
  const maximum = limits.maxDepth ?? SHADOW_LIMITS.maxDepth
  return new ShadowError(400, `JSON contains too many levels of nesting; maximum is ${maximum}`, details)
}

/**
 * Checks a request document that is already parsed, e.g. one that an editor is about to send.
 * @throws {ShadowError} 400
 */
export function checkUpdateRequest(document: JsonValue, limits: RequestLimits = {}): UpdateRequest {
  if (!isJsonObject(document)) throw new ShadowError(400, 'Invalid JSON')
  const clientToken = checkClientToken(document)
  const refuse = (message: string, path: JsonPath) => new ShadowError(400, message, { clientToken, path })

  const state = document.get('state')
  if (state === undefined) throw refuse('Missing required node: state', [])
  if (state !== null && !isJsonObject(state)) throw refuse('State node must be an object', ['state'])
  const patch = state === null ? null : checkSections(state, limits, refuse, clientToken)

  const version = document.get('version')
  if (version !== undefined && !isInteger(version)) throw refuse('Invalid version', ['version'])
  return { state: patch, version: version?.toNumber(), clientToken }
}

function checkClientToken(document: JsonObject): string | undefined {
  const token = document.get('clientToken')
  if (token === undefined) return undefined
  if (typeof token !== 'string' || utf8ByteLength(token) > SHADOW_LIMITS.maxClientTokenBytes) {
    throw new ShadowError(400, 'Invalid clientToken', { path: ['clientToken'] })
  }
  return token
}

function checkSections(
  state: JsonObject,
  limits: RequestLimits,
  refuse: (message: string, path: JsonPath) => ShadowError,
  clientToken: string | undefined,
): StatePatch {
  const patch = mapSections((name): JsonObject | null | undefined => {
    const section = state.get(name)
    if (section === undefined || section === null || isJsonObject(section)) return section
    throw refuse(`${name === 'desired' ? 'Desired' : 'Reported'} node must be an object`, ['state', name])
  })
  for (const key of state.keys()) {
    if (!isSectionName(key)) throw refuse(`State contains an invalid node: '${key}'`, ['state', key])
  }
  for (const name of SECTIONS) {
    const inArray = findNullInArray(patch[name] ?? null, ['state', name])
    if (inArray) throw refuse('State contains an invalid node: null in an array', inArray)
  }
  for (const name of SECTIONS) {
    const path = findTooDeep(patch[name] ?? null, limits.maxDepth ?? SHADOW_LIMITS.maxDepth, ['state', name])
    if (path) throw tooDeep(limits, { clientToken, path })
  }
  return patch
}

function isSectionName(key: string): key is SectionName {
  return key === 'desired' || key === 'reported'
}

function isInteger(value: JsonValue): value is JsonNumber {
  if (!(value instanceof JsonNumber)) return false
  const double = value.toNumber()
  return Number.isFinite(double) && Math.trunc(double) === double && !hasLostFraction(value, double)
}

/** `1.00000000000000000001` becomes the double 1, yet is no version. */
function hasLostFraction(value: JsonNumber, double: number): boolean {
  return Number.isSafeInteger(double) && !jsonEquals(value, JsonNumber.of(double))
}

function findNullInArray(value: JsonValue, path: JsonPath): JsonPath | undefined {
  return findChild(value, path, (child, childPath) => {
    if (child === null && isJsonArray(value)) return childPath
    return findNullInArray(child, childPath)
  })
}

/** @returns the path of the first array or object that stands deeper than `maxDepth` levels */
function findTooDeep(value: JsonValue, maxDepth: number, path: JsonPath): JsonPath | undefined {
  if (!isJsonArray(value) && !isJsonObject(value)) return undefined
  if (maxDepth === 0) return path
  return findChild(value, path, (child, childPath) => findTooDeep(child, maxDepth - 1, childPath))
}

function findChild<Found>(
  value: JsonValue,
  path: JsonPath,
  visit: (child: JsonValue, path: JsonPath) => Found | undefined,
): Found | undefined {
  const children: Iterable<[string | number, JsonValue]> =
    isJsonArray(value) || isJsonObject(value) ? value.entries() : []
  for (const [key, child] of children) {
    const found = visit(child, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

/** The request document of an update. */
export function formatUpdateRequest(request: UpdateRequest): JsonObject {
  const members: [string, JsonValue][] = [['state', request.state === null ? null : formatPatch(request.state)]]
  if (request.version !== undefined) members.push(['version', JsonNumber.of(request.version)])
  if (request.clientToken !== undefined) members.push(['clientToken', request.clientToken])
  return JsonObject.from(members)
}

export function formatPatch(patch: StatePatch): JsonObject {
  return formatSections((name) => patch[name])
}

/**
 * The token of a get or delete request, whose payload is empty or `{"clientToken": "…"}`. Whatever else is sent
 * there is ignored.
 */
export function readClientToken(payload: Uint8Array | string): string | undefined {
  try {
    const document = parseDocument(payload, {})
    return isJsonObject(document) ? checkClientToken(document) : undefined
  } catch (error) {
    if (error instanceof ShadowError) return undefined
    throw error
  }
}
