import type { NormalizedSchema } from '@smithy/core/schema'
import type { Check } from './constraint.ts'

export type TimestampFormat = 'date-time' | 'http-date' | 'epoch-seconds'

/** Where a member of an input or output stands in an HTTP message. `name` is as sent, header names in lower case. */
export type Location =
  | { readonly in: 'body' | 'label' | 'payload' | 'status' | 'queryParams' }
  | { readonly in: 'query' | 'header' | 'prefixHeaders'; readonly name: string }

export interface Member {
  readonly name: string
  /** Its name in JSON. */
  readonly jsonName: string
  readonly shape: Shape
  readonly required: boolean
  readonly location: Location
  /** It, or something that it holds, is not for logs and messages. */
  readonly sensitive: boolean
  readonly check: Check | undefined
}

export interface StructureShape {
  readonly kind: 'structure'
  readonly name: string
  readonly members: readonly Member[]
  /** Exactly one member is set. */
  readonly union: boolean
}

/** A type of the model, as far as the wire and the checks need it. */
export type Shape =
  | { readonly kind: 'boolean' | 'number' | 'blob' | 'document' | 'unit' }
  /** `json`: the text is a JSON document; in a header it travels as base64. */
  | { readonly kind: 'string'; readonly json: boolean }
  | { readonly kind: 'timestamp'; readonly format: TimestampFormat | undefined }
  | { readonly kind: 'list'; readonly value: Shape; readonly sparse: boolean }
  | { readonly kind: 'map'; readonly value: Shape; readonly sparse: boolean }
  | StructureShape

type Traits = ReturnType<NormalizedSchema['getMergedTraits']>

/** Index in a structure's schema where the SDK puts how many of its members, counted from the first, are required. */
const REQUIRED_COUNT = 6
const TIMESTAMP_FORMATS = new Map<unknown, TimestampFormat>([
  [5, 'date-time'],
  [6, 'http-date'],
  [7, 'epoch-seconds'],
])

/** The check of a member, if any: `structure` and `member` are names in the model. */
export type FindCheck = (structure: string, member: string) => Check | undefined

/**
 * Reads the SDK's schemas into {@link Shape}s, each structure once (they may contain themselves).
 * @throws {TypeError} for a shape that no server of ours carries: event streams, numbers of unbounded precision.
 */
export class ShapeReader {
  readonly #structures = new Map<unknown, StructureShape>()
  readonly #checkOf: FindCheck

  constructor(checkOf: FindCheck) {
    this.#checkOf = checkOf
  }

  read(schema: NormalizedSchema): Shape {
    if (schema.isUnitSchema()) return { kind: 'unit' }
    if (schema.isStructSchema()) return this.readStructure(schema)
    const sparse = Boolean(schema.getMergedTraits().sparse)
    if (schema.isListSchema()) return { kind: 'list', value: this.read(schema.getValueSchema()), sparse }
    if (schema.isMapSchema()) return { kind: 'map', value: this.read(schema.getValueSchema()), sparse }
    if (schema.isStringSchema()) return { kind: 'string', json: isJson(schema.getMergedTraits().mediaType) }
    if (schema.isBooleanSchema()) return { kind: 'boolean' }
    if (schema.isNumericSchema()) return { kind: 'number' }
    if (schema.isBlobSchema()) return { kind: 'blob' }
    if (schema.isDocumentSchema()) return { kind: 'document' }
    if (schema.isTimestampSchema()) return { kind: 'timestamp', format: TIMESTAMP_FORMATS.get(schema.getSchema()) }
    throw new TypeError(`${schema.getName(true)} has a type that is not served`)
  }

  readStructure(schema: NormalizedSchema): StructureShape {
    const source: unknown = schema.getSchema()
    const known = this.#structures.get(source)
    if (known) return known
    const name = schema.getName() ?? ''
    const members: Member[] = []
    const shape: StructureShape = { kind: 'structure', name, members, union: schema.isUnionSchema() }
    this.#structures.set(source, shape) // before its members are read: one of them may be this structure again
    const requiredCount = Array.isArray(source) ? Number(source[REQUIRED_COUNT] ?? 0) : 0
    for (const [member, memberSchema] of schema.structIterator()) {
      const traits = memberSchema.getMergedTraits()
      if (memberSchema.isStreaming() && memberSchema.isStructSchema()) {
        throw new TypeError(`${name}.${member} is an event stream, which is not served`)
      }
      const location = locate(traits)
      const check = this.#checkOf(name, member)
      members.push({
        name: member,
        jsonName: traits.jsonName ?? member,
        shape: this.read(memberSchema),
        required: members.length < requiredCount || location.in === 'label' || check?.required === true,
        location,
        sensitive: isSensitive(memberSchema),
        check,
      })
    }
    return shape
  }
}

function isSensitive(schema: NormalizedSchema, seen = new Set<unknown>()): boolean {
  if (schema.getMergedTraits().sensitive) return true
  if (schema.isListSchema() || schema.isMapSchema()) return isSensitive(schema.getValueSchema(), seen)
  if (!schema.isStructSchema() || seen.has(schema.getSchema())) return false
  seen.add(schema.getSchema())
  return [...schema.structIterator()].some(([, member]) => isSensitive(member, seen))
}

function isJson(mediaType: string | undefined): boolean {
  return mediaType === 'application/json' || mediaType?.endsWith('+json') === true
}

function locate(traits: Traits): Location {
  if (traits.httpLabel) return { in: 'label' }
  if (traits.httpPayload) return { in: 'payload' }
  if (traits.httpHeader) return { in: 'header', name: traits.httpHeader.toLowerCase() }
  if (typeof traits.httpPrefixHeaders === 'string') {
    return { in: 'prefixHeaders', name: traits.httpPrefixHeaders.toLowerCase() }
  }
  if (traits.httpQuery) return { in: 'query', name: traits.httpQuery }
  if (traits.httpQueryParams) return { in: 'queryParams' }
  if (traits.httpResponseCode) return { in: 'status' }
  return { in: 'body' }
}
