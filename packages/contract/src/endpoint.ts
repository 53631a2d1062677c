import type { Static, TObject, TSchema } from 'typebox'
import { closed } from './closed.ts'
import type { Role } from './role.ts'

/** Who may call an endpoint: a role, and those that may do more; `anyone` is for signing in and for nothing else. */
export type Access = Role | 'anyone'

/** An answer of JSON, as its schema has it. */
export interface JsonAnswer<Schema extends TSchema = TSchema> {
  readonly kind: 'json'
  readonly status: 200 | 201 | 202
  readonly schema: Schema
}

/** A document of AWS's: JSON that passes through as text, so that no digit is lost. `204` says that there is none. */
export interface DocumentAnswer {
  readonly kind: 'document'
}

/** Nothing but that it was done: `204`. */
export interface EmptyAnswer {
  readonly kind: 'empty'
}

/** To another address: for a browser that goes there, not for a page that asks. */
export interface RedirectAnswer {
  readonly kind: 'redirect'
}

export type EndpointAnswer = JsonAnswer | DocumentAnswer | EmptyAnswer | RedirectAnswer

/** A body of JSON text that AWS judges, not we; the server takes so many bytes of it. */
export interface DocumentBody {
  readonly kind: 'document'
  readonly maxBytes: number
}

interface Shape {
  /** Below `/`; `:name` stands for a member of `params`. */
  readonly path: `/${string}`
  /** What it does, in one line of the API's description. */
  readonly summary: string
  readonly access: Access
  readonly params?: TObject
  readonly query?: TObject
  readonly body?: TSchema | DocumentBody
  /** Of a body as the schema has it, where it may be larger than others. */
  readonly mostBodyBytes?: number
  readonly answer: EndpointAnswer
}

/** What is said of an endpoint. One that writes says under which action the audit trail has it; `false`: see there. */
export type EndpointShape = Shape &
  (
    | { readonly method: 'GET'; readonly audit?: string }
    | { readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE'; readonly audit: string | false }
  )

/** One endpoint of the BFF: the server makes its route from it, the console its call. */
export type Endpoint = EndpointShape & { readonly name: string }

type Named<Shapes> = { readonly [Name in keyof Shapes]: Shapes[Name] & { readonly name: Name & string } }

/**
 * Endpoints under their names. Their schemas are closed here: whatever has a member that nobody described is refused,
 * unless a schema says of itself that it is open.
 */
export function defineEndpoints<const Shapes extends Readonly<Record<string, EndpointShape>>>(
  shapes: Shapes,
): Named<Shapes> {
  const named = Object.entries(shapes).map(([name, { params, query, body, answer, ...rest }]) => [
    name,
    {
      name,
      ...rest,
      ...(params && { params: closed(params) }),
      ...(query && { query: closed(query) }),
      ...(body && { body: isDocument(body) ? body : closed(body) }),
      answer: answer.kind === 'json' ? { ...answer, schema: closed(answer.schema) } : answer,
    },
  ])
  return Object.fromEntries(named) as Named<Shapes> // `fromEntries` forgets the names; closing changes no type
}

export const isDocument = (body: TSchema | DocumentBody): body is DocumentBody =>
  'kind' in body && body.kind === 'document'

export const json = <Schema extends TSchema>(schema: Schema): JsonAnswer<Schema> => ({
  kind: 'json',
  status: 200,
  schema,
})
/** It was begun; what becomes of it is asked for elsewhere. */
export const begun = <Schema extends TSchema>(schema: Schema): JsonAnswer<Schema> => ({
  kind: 'json',
  status: 202,
  schema,
})
export const DOCUMENT: DocumentAnswer = { kind: 'document' }
export const EMPTY: EmptyAnswer = { kind: 'empty' }
export const REDIRECT: RedirectAnswer = { kind: 'redirect' }

type Nothing = Readonly<Record<never, never>>

export type ParamsOf<E> = E extends { readonly params: infer Schema extends TObject } ? Static<Schema> : Nothing
export type QueryOf<E> = E extends { readonly query: infer Schema extends TObject } ? Static<Schema> : Nothing
export type BodyOf<E> = E extends { readonly body: DocumentBody }
  ? string
  : E extends { readonly body: infer Schema extends TSchema }
    ? Static<Schema>
    : undefined

/** What the server answers. A redirect is its address; of a document, `''`: there is none. */
export type AnswerOf<E> = E extends { readonly answer: JsonAnswer<infer Schema> }
  ? Static<Schema>
  : E extends { readonly answer: DocumentAnswer | RedirectAnswer }
    ? string
    : undefined

/** A query to send: what is undefined, or an empty text, is not in it. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>

/** The address of an endpoint on its origin, e.g. `/api/things/pump-1?…`. Names are encoded here and nowhere else. */
export function addressOf(
  { path }: Pick<Endpoint, 'path'>,
  { params = {}, query = {} }: { params?: Readonly<Record<string, string>>; query?: Query } = {},
): string {
  const filled = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== '') search.append(name, String(item))
    }
  }
  return search.size === 0 ? filled : `${filled}?${search}`
}
