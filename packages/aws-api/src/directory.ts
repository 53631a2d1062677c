import { parseAmzTarget } from './aws-json.ts'
import { type Operation, readService, type ServiceModel } from './operation.ts'
import { Router } from './router.ts'
import { signingNameOf } from './signing-name.ts'
import { type ApiRequest, AwsError, type Service } from './types.ts'
import type { Target } from './uri.ts'

export interface Served<Caller> extends ServiceModel<Caller> {
  readonly router: Router<Operation<Caller>>
}

/** Where a request goes. */
export interface Addressee<Caller> {
  readonly served: Served<Caller>
  /** The signing name that the request used. */
  readonly signingName: string
}

/** An operation and what the path said. */
export interface Selected<Caller> {
  readonly operation: Operation<Caller>
  readonly labels: ReadonlyMap<string, string>
}

const NO_LABELS: ReadonlyMap<string, string> = new Map()

/** All services of one endpoint, by signing name and by target prefix. */
export class Directory<Caller> {
  readonly all: readonly Served<Caller>[]
  readonly #bySigningName = new Map<string, Served<Caller>>()
  readonly #byTargetPrefix = new Map<string, Served<Caller>>()

  /** @throws {Error} where two services claim the same name, or two operations the same path */
  constructor(services: readonly Service<Caller>[]) {
    this.all = services.map(serve)
    for (const served of this.all) {
      for (const name of served.service.signingNames) claim(this.#bySigningName, name, served)
      const { targetPrefix } = served.service
      if (targetPrefix !== undefined) claim(this.#byTargetPrefix, targetPrefix, served)
    }
  }

  /**
   * By the credential scope, else by `X-Amz-Target`, else as `resolve` says.
   * @throws {AwsError} MissingAuthenticationTokenException, UnknownOperationException
   */
  find(
    request: Omit<ApiRequest, 'body'>,
    query: Target['query'],
    resolve: ((request: Omit<ApiRequest, 'body'>) => Service<Caller> | undefined) | undefined,
  ): Addressee<Caller> {
    const signingName = signingNameOf(request.headers.authorization, query)
    const signed = signingName === undefined ? undefined : this.#bySigningName.get(signingName)
    if (signed && signingName !== undefined) return { served: signed, signingName }
    const target = parseAmzTarget(request.headers['x-amz-target'])
    const targeted = target && this.#byTargetPrefix.get(target.prefix)
    if (targeted) return { served: targeted, signingName: signingName ?? firstName(targeted.service) }
    if (signingName !== undefined) {
      throw new AwsError('UnknownOperationException', `No service is signed for as ${JSON.stringify(signingName)} here`)
    }
    const service = resolve?.(request)
    const resolved = service && this.all.find((served) => served.service === service)
    if (resolved) return { served: resolved, signingName: firstName(resolved.service) }
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  }

  /** @throws {AwsError} UnknownOperationException, MethodNotAllowedException where the service models it */
  select(served: Served<Caller>, request: Omit<ApiRequest, 'body'>, target: Target): Selected<Caller> {
    if (served.service.protocol === 'awsJson1_1') {
      const name = parseAmzTarget(request.headers['x-amz-target'])?.operation
      const operation = request.method === 'POST' && name !== undefined ? served.operations.get(name) : undefined
      if (operation) return { operation, labels: NO_LABELS }
      throw new AwsError('UnknownOperationException', 'The requested operation is not supported')
    }
    const found = served.router.find(request.method, target.segments, target.query)
    if (typeof found === 'object') return { operation: found.target, labels: found.labels }
    if (found === 'method' && served.errors.has('MethodNotAllowedException')) {
      throw new AwsError('MethodNotAllowedException', `The method ${request.method} is not allowed here`)
    }
    throw new AwsError('UnknownOperationException', 'No operation answers this method and path')
  }
}

function serve<Caller>(service: Service<Caller>): Served<Caller> {
  const model = readService(service)
  const routes = [...model.operations.values()].flatMap((operation) => {
    if (!operation.http || service.protocol !== 'restJson1') return []
    const greedy = service.greedy?.includes(operation.name) === true
    return [{ method: operation.http.method, pattern: operation.http.pattern, greedy, target: operation }]
  })
  return { ...model, router: new Router(routes) }
}

function claim<Value>(table: Map<string, Value>, name: string, value: Value): void {
  if (table.has(name)) throw new Error(`Two services are called ${name}`)
  table.set(name, value)
}

function firstName(service: Service<never>): string {
  return service.signingNames[0] ?? ''
}
