import { NormalizedSchema } from '@smithy/core/schema'
import { readConstraints } from './constraint.ts'
import { type Member, ShapeReader, type StructureShape } from './shape.ts'
import type { Handler, Service } from './types.ts'

/** One operation of a service, read from the SDK's schema. */
export interface Operation<Caller> {
  readonly name: string
  readonly input: Bindings
  readonly output: Bindings
  /** restJson1 */
  readonly http: { readonly method: string; readonly pattern: string; readonly status: number } | undefined
  readonly unsigned: boolean
  // biome-ignore lint/suspicious/noExplicitAny: typed where it is written, see Service.handlers
  readonly handler: Handler<any, any, Caller> | undefined
}

/** A structure with its members sorted by where they stand. */
export interface Bindings {
  readonly shape: StructureShape
  /** The operation has no input, or no output, at all. */
  readonly unit: boolean
  readonly body: readonly Member[]
  readonly payload: Member | undefined
  /** All that stands in the path, the query, the headers or the status. */
  readonly bound: readonly Member[]
}

export interface ErrorModel {
  readonly name: string
  readonly status: number
  readonly server: boolean
  readonly bindings: Bindings
}

/** A service as it is served. */
export interface ServiceModel<Caller> {
  readonly service: Service<Caller>
  readonly operations: ReadonlyMap<string, Operation<Caller>>
  readonly errors: ReadonlyMap<string, ErrorModel>
}

/** Tags of the SDK's static schemas. */
const OPERATION = 9
const ERROR = -3

/**
 * Reads all operations and errors that the SDK module exports.
 * @throws {Error} for a handler of an operation that the service does not have
 */
export function readService<Caller>(service: Service<Caller>): ServiceModel<Caller> {
  const reader = new ShapeReader(readConstraints(service.constraints ?? {}, service.sdk))
  const operations = new Map<string, Operation<Caller>>()
  const errors = new Map<string, ErrorModel>()
  for (const schema of Object.values<unknown>({ ...service.sdk })) {
    if (!Array.isArray(schema)) continue
    if (schema[0] === OPERATION) {
      const operation = readOperation(service, schema, reader)
      operations.set(operation.name, operation)
    } else if (schema[0] === ERROR) {
      const error = readError(NormalizedSchema.of(asSchema(schema)), reader)
      errors.set(error.name, error)
    }
  }
  for (const name of Object.keys(service.handlers)) {
    if (!operations.has(name)) throw new Error(`${service.signingNames[0]} has no operation ${name}`)
  }
  return { service, operations, errors }
}

type AnySchema = Parameters<typeof NormalizedSchema.of>[0]

/** `[9, namespace, name, traits, input, output]` */
function readOperation<Caller>(
  service: Service<Caller>,
  schema: readonly unknown[],
  reader: ShapeReader,
): Operation<Caller> {
  const [, , name, traits, input, output] = schema
  if (typeof name !== 'string') throw new TypeError('An operation schema has no name')
  return {
    name,
    input: bind(NormalizedSchema.of(asSchema(input)), reader),
    output: bind(NormalizedSchema.of(asSchema(output)), reader),
    http: readHttp(traits),
    unsigned: service.unsigned?.includes(name) === true,
    handler: Object.hasOwn(service.handlers, name) ? service.handlers[name] : undefined,
  }
}

function readHttp(traits: unknown): Operation<unknown>['http'] {
  if (typeof traits !== 'object' || traits === null || !('http' in traits) || !Array.isArray(traits.http)) return
  const [method, pattern, status] = traits.http
  return { method: String(method), pattern: String(pattern), status: Number(status) }
}

function readError(schema: NormalizedSchema, reader: ShapeReader): ErrorModel {
  const { error, httpError } = schema.getMergedTraits()
  const server = error === 'server'
  const fallback = server ? 500 : 400
  return {
    name: schema.getName() ?? '',
    status: typeof httpError === 'number' ? httpError : fallback,
    server,
    bindings: bind(schema, reader),
  }
}

function bind(schema: NormalizedSchema, reader: ShapeReader): Bindings {
  const unit = schema.isUnitSchema()
  const shape: StructureShape = unit
    ? { kind: 'structure', name: 'Unit', members: [], union: false }
    : reader.readStructure(schema)
  const body = shape.members.filter(({ location }) => location.in === 'body')
  const payload = shape.members.find(({ location }) => location.in === 'payload')
  const bound = shape.members.filter(({ location }) => location.in !== 'body' && location.in !== 'payload')
  return { shape, unit, body, payload, bound }
}

/** The SDK types its static schemas as tuples that arrays read at run time cannot be told to be. */
function asSchema(schema: unknown): AnySchema {
  if (Array.isArray(schema) || typeof schema === 'function' || typeof schema === 'string') return schema as AnySchema
  throw new TypeError('Not a schema of the SDK')
}
