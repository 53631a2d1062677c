import { AWS_APIS, type AwsApiEntry } from './foundation/aws-apis.ts'
import type { Caller } from './foundation/caller.ts'
import type { OnRegistration } from './foundation/certificates.ts'
import type { ControlPlaneNeed } from './foundation/control-plane-needs.ts'
import type { DataPlaneNeeds } from './foundation/data-plane-needs.ts'
import type { IntegrityReport } from './foundation/database-check.ts'
import { Faults } from './foundation/faults.ts'
import type { ForwardedApi } from './foundation/forwarded-api.ts'
import type { ServiceRoute } from './foundation/http-route.ts'
import type { ReservedTopicHandlers } from './foundation/reserved-topics.ts'
import type { HandlerTable, Service } from './foundation/service.ts'
import { StartupError } from './foundation/startup-error.ts'
import { checkOperations, checkService } from './service-check.ts'

/** An API with the handlers of all services. */
export interface ServedApi extends AwsApiEntry {
  readonly key: string
  readonly handlers: HandlerTable
}

/** What policies are asked about an operation. */
export interface OperationResources {
  /** As they stand in ARNs behind the account: `thing/pump-7`. */
  readonly named: readonly string[]
  /** What the service says itself; where it says nothing, the first of `named` must be allowed. */
  readonly need: ControlPlaneNeed | undefined
  /** Policies are not asked: the operation decides for itself. */
  readonly isSelfDeciding: boolean
}

/** All services of the server, and what they have together. */
export class ServiceList {
  /** In the order of {@link AWS_APIS}, then those that services bring. */
  readonly apis: readonly ServedApi[]
  readonly needs: DataPlaneNeeds
  readonly reservedTopics: ReservedTopicHandlers
  readonly routes: readonly ServiceRoute[]
  readonly forwardedApis: readonly ForwardedApi[]
  readonly onRegistration: OnRegistration | undefined
  readonly #services: readonly Service[]

  /**
   * Operations that an SDK does not have are found when it is loaded: each API's `load` rejects with a StartupError then.
   * @throws {StartupError} where two services claim the same, or what one says of itself does not go together
   */
  constructor(services: readonly Service[]) {
    this.#services = services
    const claims = new Claims()
    const entries: [string, AwsApiEntry][] = Object.entries(AWS_APIS)
    for (const [, { traits }] of entries) {
      for (const signingName of traits.signingNames) claims.claim('all services', 'the signing name', signingName)
    }
    for (const { name, apis = {} } of services) {
      claims.claim(name, 'the name', name)
      for (const [key, api] of Object.entries(apis)) {
        if (key in AWS_APIS) throw new StartupError(`Service "${name}" brings the API ${key}, which is there already.`)
        claims.claim(name, 'the API', key)
        for (const signingName of api.traits.signingNames) claims.claim(name, 'the signing name', signingName)
        entries.push([key, api])
      }
    }
    this.apis = entries.map(([key, api]) => ({
      ...api,
      key,
      handlers: handlersOf(services, key, claims),
      load: async () => {
        const sdk = await api.load()
        checkOperations(key, sdk, services)
        return sdk
      },
    }))
    const byKey = new Map(entries)
    for (const service of services) checkService(service, byKey)
    for (const { name, handlers = {}, resources = {} } of services) {
      for (const api of Object.keys(handlers)) {
        for (const member of Object.keys(resources)) claims.claim(name, `${api}'s resource member`, member)
      }
    }
    this.needs = merge(services, 'needs', 'the needs of', claims)
    this.reservedTopics = merge(services, 'reservedTopics', 'reserved topics of kind', claims)
    this.forwardedApis = services.flatMap(({ name, forwardedApis = [] }) => {
      for (const { signingName } of forwardedApis) claims.claim(name, 'the signing name', signingName)
      return forwardedApis
    })
    this.onRegistration = services.find(({ name, onRegistration }) => {
      if (onRegistration) claims.claim(name, 'registration', 'just in time')
      return onRegistration !== undefined
    })?.onRegistration
    this.routes = services.flatMap(({ name, routes = [] }) => {
      for (const { method = '', path } of routes) claims.claim(name, 'the route', `${method} ${shapeOf(path)}`.trim())
      return routes
    })
  }

  /**
   * What policies call the resources that an input names. Those of the service that handles the operation come first,
   * then those of the API's other services.
   */
  resourcesOf(api: string, operation: string, input: object, caller?: Caller): OperationResources {
    const together = this.#services.filter(({ handlers }) => handlers?.[api] !== undefined)
    const owner = together.find(({ handlers }) => Object.hasOwn(handlers?.[api] ?? {}, operation))
    const members = new Map<string, unknown>(Object.entries(input))
    const ordered = owner ? [owner, ...together.filter((service) => service !== owner)] : together
    const named = ordered.flatMap(({ resources = {} }) =>
      Object.entries(resources).flatMap(([member, type]) => {
        const name = members.get(member)
        if (typeof name !== 'string') return []
        return [`${typeof type === 'function' ? type(operation) : type}/${name}`]
      }),
    )
    return {
      named,
      need: needOf(owner, operation, input, caller),
      isSelfDeciding: owner?.selfDeciding?.includes(operation) === true,
    }
  }

  /** Whether administrators of other accounts may call an operation. */
  isForOtherAccounts(api: string, operation: string): boolean {
    return this.#services.some(
      ({ handlers, forOtherAccounts }) =>
        Object.hasOwn(handlers?.[api] ?? {}, operation) && forOtherAccounts?.includes(operation) === true,
    )
  }

  /**
   * To be called after writes were lost that services may have in mind.
   * @throws what services throw, once all have read
   */
  reread(): void {
    const faults = new Faults()
    for (const service of this.#services) faults.attempt(() => service.reread?.())
    faults.throwAny('Several services could not read their tables')
  }

  /**
   * To be called after the database was emptied.
   * @throws what services throw, once all were reset
   */
  reset(): void {
    const faults = new Faults()
    for (const service of this.#services) {
      faults.attempt(() => {
        service.reread?.()
        service.reset?.()
      })
    }
    faults.throwAny('Several services could not be reset')
  }

  /** Of all that services keep beside the account's database. */
  async integrity(): Promise<readonly IntegrityReport[]> {
    const reports = await Promise.all(this.#services.map(({ integrity }) => integrity?.()))
    return reports.filter((report) => report !== undefined)
  }

  /**
   * The last made first.
   * @throws what services throw, once all were closed
   */
  async close(): Promise<void> {
    const faults = new Faults()
    for (const service of this.#services.toReversed()) await faults.attemptAsync(() => service.close?.())
    faults.throwAny('Several services could not be closed')
  }
}

function needOf(
  owner: Service | undefined,
  operation: string,
  input: object,
  caller: Caller | undefined,
): ControlPlaneNeed | undefined {
  const needs: Readonly<Record<string, ((input: never, caller?: Caller) => ControlPlaneNeed) | undefined>> =
    owner?.controlPlaneNeeds ?? {}
  if (!Object.hasOwn(needs, operation)) return undefined
  return needs[operation]?.(input as never, caller) // the input of this very operation: it has been read by its schema
}

function handlersOf(services: readonly Service[], api: string, claims: Claims): HandlerTable {
  const all: Record<string, HandlerTable[string]> = {}
  for (const { name, handlers } of services) {
    for (const [operation, handler] of Object.entries(handlers?.[api] ?? {})) {
      claims.claim(name, `${api}'s operation`, operation)
      all[operation] = handler
    }
  }
  return all
}

/** A table of all services, whose keys are theirs alone. */
function merge<Key extends 'needs' | 'reservedTopics'>(
  services: readonly Service[],
  member: Key,
  what: string,
  claims: Claims,
): NonNullable<Service[Key]> {
  let merged: NonNullable<Service[Key]> = {}
  for (const service of services) {
    const table = service[member] ?? {}
    for (const key of Object.keys(table)) claims.claim(service.name, what, key)
    merged = { ...merged, ...table }
  }
  return merged
}

/** `/a/{b}` and `/a/{c}` are the same path. */
const shapeOf = (path: string): string => path.replace(/\{\w+\}/g, '{}')

/** Who claims what: no two may claim the same. */
class Claims {
  readonly #owners = new Map<string, string>()

  /** @throws {StartupError} */
  claim(service: string, kind: string, name: string): void {
    const what = `${kind} ${name}`
    const owner = this.#owners.get(what)
    if (owner !== undefined) {
      throw new StartupError(`Services "${owner}" and "${service}" both claim ${what}; start with only one of them.`)
    }
    this.#owners.set(what, service)
  }
}
