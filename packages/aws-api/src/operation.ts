import { NormalizedSchema } from '@smithy/core/schema'
import { readConstraints } from './constraint.ts'
import { type Member, ShapeReader, type StructureShape } from './shape.ts'
import type { Handler, ServiceContent, ServiceTraits } from './types.ts'

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

type AnySchema = Parameters<typeof NormalizedSchema.of>[0]

/** One operation of a service. Its input and output are read from the SDK's schemas when it is first called. */
export class Operation<Caller> {
  readonly name: string
  /** restJson1 */
  readonly http: { readonly method: string; readonly pattern: string; readonly status: number } | undefined
  readonly unsigned: boolean
  // biome-ignore lint/suspicious/noExplicitAny: typed where it is written, see ServiceContent.handlers
  readonly handler: Handler<any, any, Caller> | undefined
  readonly #schema: readonly unknown[]
  readonly #reader: ShapeReader
  #input: Bindings | undefined
  #output: Bindings | undefined

  /** `schema`: `[9, namespace, name, traits, input, output]` */
  constructor(service: ReadableService<Caller>, schema: readonly unknown[], reader: ShapeReader) {
    const [, , name, traits] = schema
    if (typeof name !== 'string') throw new TypeError('An operation schema has no name')
    this.name = name
    this.http = readHttp(traits)
    this.unsigned = service.unsigned?.includes(name) === true
    this.handler = Object.hasOwn(service.handlers, name) ? service.handlers[name] : undefined
    this.#schema = schema
    this.#reader = reader
  }

  /** @throws {TypeError} for a type that is not served */
  get input(): Bindings {
    this.#input ??= bind(NormalizedSchema.of(asSchema(this.#schema[4])), this.#reader)
    return this.#input
  }

  /** @throws {TypeError} for a type that is not served */
  get output(): Bindings {
    this.#output ??= bind(NormalizedSchema.of(asSchema(this.#schema[5])), this.#reader)
    return this.#output
  }
}

/** A modelled error. Its members are read when it is first answered. */
export class ErrorModel {
  readonly name: string
  readonly status: number
  readonly server: boolean
  /** What it is called in the protocol awsQuery, and its status there. */
  readonly query: { readonly code: string; readonly status: number }
  readonly #schema: NormalizedSchema
  readonly #reader: ShapeReader
  #bindings: Bindings | undefined

  constructor(schema: NormalizedSchema, reader: ShapeReader) {
    const { error, httpError, awsQueryError } = schema.getMergedTraits()
    this.name = schema.getName() ?? ''
    this.server = error === 'server'
    this.status = typeof httpError === 'number' ? httpError : this.server ? 500 : 400
    const [code, status] = Array.isArray(awsQueryError) ? awsQueryError : [this.name, this.status]
    this.query = { code: String(code), status: Number(status) }
    this.#schema = schema
    this.#reader = reader
  }

  get bindings(): Bindings {
    this.#bindings ??= bind(this.#schema, this.#reader)
    return this.#bindings
  }
}

/** What the SDK package of a service says, joined with the handlers. */
export interface ServiceModel<Caller> {
  readonly operations: ReadonlyMap<string, Operation<Caller>>
  readonly errors: ReadonlyMap<string, ErrorModel>
}

/** As much of a service as its model is read from. */
export type ReadableService<Caller> = Pick<ServiceTraits, 'signingNames' | 'constraints' | 'unsigned'> &
  ServiceContent<Caller>

/** Tags of the SDK's static schemas. */
const OPERATION = 9
const ERROR = -3

/**
 * Finds all operations and errors that the SDK module exports.
 * @throws {Error} for a handler of an operation that the service does not have
 */
export function readService<Caller>(service: ReadableService<Caller>): ServiceModel<Caller> {
  const reader = new ShapeReader(readConstraints(service.constraints ?? {}, service.sdk))
  const operations = new Map<string, Operation<Caller>>()
  const errors = new Map<string, ErrorModel>()
  for (const schema of Object.values<unknown>({ ...service.sdk })) {
    if (!Array.isArray(schema)) continue
    if (schema[0] === OPERATION) {
      const operation = new Operation(service, schema, reader)
      operations.set(operation.name, operation)
    } else if (schema[0] === ERROR) {
      const error = new ErrorModel(NormalizedSchema.of(asSchema(schema)), reader)
      errors.set(error.name, error)
    }
  }
  for (const name of Object.keys(service.handlers)) {
    if (!operations.has(name)) throw new Error(`${service.signingNames[0]} has no operation ${name}`)
  }
  return { operations, errors }
}

function readHttp(traits: unknown): Operation<unknown>['http'] {
  if (typeof traits !== 'object' || traits === null || !('http' in traits) || !Array.isArray(traits.http)) return
  const [method, pattern, status] = traits.http
  return { method: String(method), pattern: String(pattern), status: Number(status) }
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
