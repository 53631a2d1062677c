import {
  type AnswerOf,
  addressOf,
  type BodyOf,
  type Endpoint,
  isDocument,
  type ParamsOf,
  type Query,
  type QueryOf,
} from '@thingdeck/contract'
import { send } from './http.ts'

/** All but those that lead a browser elsewhere: it goes there by itself. */
type Callable = Endpoint & { readonly answer: { readonly kind: 'json' | 'document' | 'empty' } }

/** What may be left out of a query may also be undefined. */
type Loose<Of> = {
  readonly [Name in keyof Of]: AsGiven<Of[Name]> | (Nothing extends Pick<Of, Name> ? undefined : never)
}
type AsGiven<Value> = Value extends (infer Item)[] ? readonly Item[] : Value
type Nothing = Readonly<Record<never, never>>

/** A member `Name` where there is something to say, which may be left out where all of it may. */
type Part<Name extends string, Of> = keyof Of extends never
  ? unknown
  : Nothing extends Of
    ? { readonly [Each in Name]?: Of }
    : { readonly [Each in Name]: Of }

type Options<E> = Part<'params', ParamsOf<E>> &
  Part<'query', Loose<QueryOf<E>>> &
  (BodyOf<E> extends undefined ? unknown : { readonly body: BodyOf<E> }) & {
    readonly signal?: AbortSignal | undefined
  }

type Arguments<E> = Nothing extends Options<E> ? [options?: Options<E>] : [options: Options<E>]

/** {@link Options} of whichever endpoint. */
interface AnyOptions {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Query
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

function ask(endpoint: Endpoint, { params = {}, query = {}, body, signal }: AnyOptions): Promise<string> {
  const isText = endpoint.body !== undefined && isDocument(endpoint.body)
  const text = isText ? String(body) : body === undefined ? undefined : JSON.stringify(body)
  return send(endpoint.method, addressOf(endpoint, { params, query }), { signal, body: text })
}

function read({ answer }: Endpoint, text: string): unknown {
  if (answer.kind === 'json') return JSON.parse(text)
  return answer.kind === 'document' ? text : undefined
}

/**
 * Asks the console's server: `api(endpoints.describeThing, { params: { thingName } })`. A document is answered as text,
 * so that its numbers keep their digits; `''` says that there is none.
 * @throws {ApiError} for every failure; an `AbortError` when `signal` ended it
 */
export async function api<E extends Callable>(endpoint: E, ...options: Arguments<E>): Promise<AnswerOf<E>> {
  // The arguments are made of the endpoint, and the answer is the server's, which made its route of the same.
  return read(endpoint, await ask(endpoint, (options[0] ?? {}) as AnyOptions)) as AnswerOf<E>
}
