import type { IncomingMessage } from 'node:http'

/**
 * A failure in AWS's own terms: `name` is the exception's shape name in the service's model
 * (`ResourceNotFoundException`), which also decides the HTTP status.
 */
export class AwsError extends Error {
  /** Further members of the modelled exception, e.g. `{ resourceId, resourceArn }`. */
  readonly members: Readonly<Record<string, unknown>>

  constructor(name: string, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = name
    this.members = members
  }
}

/** What is known of a request before its body was read. */
export interface RequestHead {
  readonly raw: IncomingMessage
  readonly method: string
  /** Path and query as sent, not decoded. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly requestId: string
}

/** What a request is before its operation runs. `body` is whole; its size was bounded while it was read. */
export interface ApiRequest extends RequestHead {
  readonly body: Uint8Array
}

/** A typed handler of one operation, `(input: CreateThingCommandInput, call) => CreateThingCommandOutput`. */
export type Handler<Input, Output, Caller> = (input: Input, call: Call<Caller>) => Promise<Output> | Output

export interface Call<Caller> {
  /** Who signed the request, as {@link ApiOptions.authenticate} said. */
  readonly caller: Caller
  readonly request: ApiRequest
  /** Name of the operation, e.g. `CreateThing`. */
  readonly operation: string
  /** The service's signing name under which the request came, e.g. `iotdata`. */
  readonly service: string
}

/**
 * What the model says about a value and the SDK's schemas do not carry. Strings: length in characters, blobs: in
 * bytes, lists and maps: entries, numbers: value.
 */
export interface Constraint {
  readonly min?: number
  readonly max?: number
  /**
   * A number between two whole bounds is whole itself, unless this says otherwise: the SDK's schemas know only numbers.
   * Where numbers are written by their types (CBOR, XML) this one is a double, also where it is whole.
   */
  readonly fraction?: boolean
  /** The whole string has to match. In Java's dialect, as AWS writes it in its reference and its messages. */
  readonly pattern?: string
  readonly enum?: readonly string[]
  /** Name of an enum that the SDK module exports: its values are the allowed ones. */
  readonly enumName?: string
  /** Of each item of a list. */
  readonly member?: Constraint
  /** Of each key of a map. */
  readonly key?: Constraint
  /** Of each value of a map. */
  readonly value?: Constraint
  /** Where the SDK package's schema does not say that a member is required. */
  readonly required?: boolean
}

/**
 * Constraints by member: `thingName` is meant wherever a member of that name stands, `CreateThingRequest.thingName`
 * only in that structure, and goes before the general one. An empty object lifts the general one.
 */
export type Constraints = Readonly<Record<string, Constraint>>

/** How an API's requests and answers are written. */
export type Protocol = 'restJson1' | 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'rpcV2Cbor'

/** What a service is, beside its schemas: enough to tell which requests are for it. */
export interface ServiceTraits {
  /** Signing names under which it is called, e.g. `['iotdata', 'iotdevicegateway']`. */
  readonly signingNames: readonly string[]
  readonly protocol: Protocol
  /** Those that its clients speak beside it, not restJson1; which one a request speaks is in its headers. */
  readonly otherProtocols?: readonly Exclude<Protocol, 'restJson1'>[]
  /**
   * Whether a request is for this service that names none: no credential scope and no known `X-Amz-Target`, as with a
   * device that calls over mutual TLS. Services are asked in their order.
   */
  readonly claims?: (request: RequestHead) => boolean
  /** AWS JSON: the part of `X-Amz-Target` before the dot; rpcV2Cbor has it in its paths. */
  readonly targetPrefix?: string
  /** awsQuery: the namespace of the answers, e.g. `https://sts.amazonaws.com/doc/2011-06-15/`. */
  readonly xmlNamespace?: string
  /** Operations that are called without a signature, e.g. Cognito's `GetId`. */
  readonly unsigned?: readonly string[]
  /** Name of the exception thrown for a request that breaks the model, e.g. `InvalidRequestException`. */
  readonly validationError: string
  /** Operations whose model has `ValidationException` in its place. */
  readonly validationExceptionOf?: RegExp
  readonly constraints?: Constraints
  /**
   * Operations whose last label takes the rest of the path although the model does not say so, e.g. `Publish`:
   * `/topics/a/b` and `/topics/a%2Fb` are the same topic.
   */
  readonly greedy?: readonly string[]
  /**
   * Operations whose path ends in a slash in AWS's model, which the SDK packages' schemas leave out, e.g.
   * `ListAuthorizers`: `/authorizers/` is what clients in other languages send. Both are answered.
   */
  readonly trailingSlash?: readonly string[]
  /** Operations that have no output in the model, but are answered `{"message":"OK","traceId":…}`, e.g. `Publish`. */
  readonly acknowledged?: readonly string[]
  /** Media type of payload blobs; default `application/octet-stream`. */
  readonly payloadType?: string
  /** In place of {@link ApiOptions.maxBodyBytes}, where the service has a limit of its own. */
  readonly maxBodyBytes?: number
}

/** What a service does: its schemas as an SDK package exports them, and the operations that are there. */
export interface ServiceContent<Caller> {
  /** The module namespace of the SDK client package, e.g. `import * as iot from '@aws-sdk/client-iot'`. */
  readonly sdk: object
  // biome-ignore lint/suspicious/noExplicitAny: handlers of many different operations stand in one table; each is typed where it is written
  readonly handlers: Readonly<Record<string, Handler<any, any, Caller> | undefined>>
}

/** One AWS service that is there from the start; see `defineService`. */
export interface Service<Caller> extends ServiceTraits, ServiceContent<Caller> {}

/** One AWS service whose content is loaded when it is first called; see `defineLazyService`. */
export interface LazyService<Caller> extends ServiceTraits {
  /**
   * Called once, by the first request, however many come meanwhile. Where it fails those requests are answered 500, and
   * the next one tries again.
   */
  readonly load: () => Promise<ServiceContent<Caller>>
}

/** @param service the signing name of the call */
export type WatchInput = (input: object, operation: string, service: string) => object

export interface ApiOptions<Caller> {
  readonly services: readonly (Service<Caller> | LazyService<Caller>)[]
  /**
   * Verifies the signature (or whatever the transport knows) and says who calls. Also asked for `unsigned`
   * operations, where it says who an anonymous caller is.
   * @throws {AwsError} AWS's own error for a wrong key, signature, clock or token
   */
  readonly authenticate: (
    request: ApiRequest,
    service: ServiceTraits,
    operation: { readonly name: string; readonly unsigned: boolean },
  ) => Promise<Caller> | Caller
  /** May this caller do this operation with this input? Throws {@link AwsError} to refuse. */
  readonly authorize?: (call: Call<Caller>, input: unknown) => void | Promise<void>
  /**
   * Around every handler: does its work, and answers when what it wrote is durable; its answer goes out only then. 500
   * where it throws what is no {@link AwsError}. Default: the handler alone.
   */
  readonly perform?: (work: () => unknown) => Promise<unknown>
  /** What a handler is given for its input: the same, watched. For tests that find what is taken and then ignored. */
  readonly watchInput?: WatchInput | undefined
  /** Called once per answered request; `operation` and `service` are empty where the request named none. */
  readonly onAnswered?: (entry: {
    operation: string
    service: string
    status: number
    errorName?: string
    requestId: string
    durationMs: number
  }) => void
  /** Called with the cause of every 500. */
  readonly onFault?: (error: unknown, requestId: string) => void
  /** Of a request body, default 1 MiB. */
  readonly maxBodyBytes?: number
  /** Origins whose pages may call (CORS), as browsers send them: `https://console.example.com`; none by default. */
  readonly cors?: { readonly origins: readonly string[] | '*' }
}
