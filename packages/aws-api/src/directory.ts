import { awsJsonOperation, parseAmzTarget } from './aws-json.ts'
import { readQueryParameters } from './aws-query.ts'
import type { Operation } from './operation.ts'
import { protocolOf } from './protocol.ts'
import { rpcOperation } from './rpc-v2-cbor.ts'
import { type Loaded, Served } from './served.ts'
import { signingNameOf } from './signing-name.ts'
import {
  type ApiRequest,
  AwsError,
  type LazyService,
  type Protocol,
  type RequestHead,
  type Service,
  type ServiceTraits,
} from './types.ts'
import type { Target } from './uri.ts'

/** Where a request goes. */
export interface Addressee<Caller> {
  readonly served: Served<Caller>
  /** The signing name that the request used. */
  readonly signingName: string
  /** In which it speaks. */
  readonly protocol: Protocol
}

/** An operation and what was read to find it. */
export interface Selected<Caller> {
  readonly operation: Operation<Caller>
  readonly labels: ReadonlyMap<string, string>
  /** awsQuery: all of the input, as text. */
  readonly parameters: ReadonlyMap<string, string>
}

const NONE: ReadonlyMap<string, string> = new Map()

/** All services of one endpoint, by signing name and by target prefix. */
export class Directory<Caller> {
  readonly all: readonly Served<Caller>[]
  readonly #bySigningName = new Map<string, Served<Caller>>()
  readonly #byTargetPrefix = new Map<string, Served<Caller>>()

  /** @throws {Error} where two services have the same name, or one that is there from the start is wrong in itself */
  constructor(services: readonly (Service<Caller> | LazyService<Caller>)[]) {
    this.all = services.map((service) => new Served(service))
    for (const served of this.all) {
      for (const name of served.service.signingNames) claim(this.#bySigningName, name, served)
      const { targetPrefix } = served.service
      if (targetPrefix !== undefined) claim(this.#byTargetPrefix, targetPrefix, served)
    }
  }

  /**
   * By the credential scope, else by `X-Amz-Target`, else the first that claims the request.
   * @throws {AwsError} MissingAuthenticationTokenException, UnknownOperationException
   */
  find(request: RequestHead, query: Target['query']): Addressee<Caller> {
    const signingName = signingNameOf(request.headers.authorization, query)
    const signed = signingName === undefined ? undefined : this.#bySigningName.get(signingName)
    if (signed && signingName !== undefined) return addressed(signed, signingName, request)
    const target = parseAmzTarget(request.headers['x-amz-target'])
    const targeted = target && this.#byTargetPrefix.get(target.prefix)
    if (targeted) return addressed(targeted, signingName ?? firstName(targeted.service), request)
    if (signingName !== undefined) {
      throw new AwsError('UnknownOperationException', `No service is signed for as ${JSON.stringify(signingName)} here`)
    }
    const claiming = this.all.find(({ service }) => service.claims?.(request) === true)
    if (claiming) return addressed(claiming, firstName(claiming.service), request)
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }
}

/** @throws {AwsError} UnknownOperationException, MethodNotAllowedException where the service models it */
export function selectOperation<Caller>(
  protocol: Protocol,
  { operations, errors, router }: Loaded<Caller>,
  request: ApiRequest,
  target: Target,
): Selected<Caller> {
  if (protocol === 'awsQuery') {
    const parameters = readQueryParameters(request, target)
    const operation = operations.get(parameters.get('Action') ?? '')
    if (operation) return { operation, labels: NONE, parameters }
    throw new AwsError('UnknownOperationException', 'The requested action is not supported')
  }
  if (protocol !== 'restJson1') {
    const name = protocol === 'rpcV2Cbor' ? rpcOperation(request, target) : awsJsonOperation(request)
    const operation = operations.get(name ?? '')
    if (operation) return { operation, labels: NONE, parameters: NONE }
    throw new AwsError('UnknownOperationException', 'The requested operation is not supported')
  }
  const found = router.find(request.method, target.segments, target.query)
  if (typeof found === 'object') return { operation: found.target, labels: found.labels, parameters: NONE }
  if (found === 'method' && errors.has('MethodNotAllowedException')) {
    throw new AwsError('MethodNotAllowedException', `The method ${request.method} is not allowed here`)
  }
  throw new AwsError('UnknownOperationException', 'No operation answers this method and path')
}

function addressed<Caller>(served: Served<Caller>, signingName: string, head: RequestHead): Addressee<Caller> {
  return { served, signingName, protocol: protocolOf(served.service, head) }
}

function claim<Value>(table: Map<string, Value>, name: string, value: Value): void {
  if (table.has(name)) throw new Error(`Two services are called ${name}`)
  table.set(name, value)
}

function firstName({ signingNames }: ServiceTraits): string {
  return signingNames[0] ?? ''
}
