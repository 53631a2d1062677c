import { type ErrorModel, type Operation, readService, type ServiceModel } from './operation.ts'
import { Router } from './router.ts'
import type { LazyService, Service, ServiceContent, ServiceTraits } from './types.ts'

/** A service's model and the way to its operations. */
export interface Loaded<Caller> extends ServiceModel<Caller> {
  readonly router: Router<Operation<Caller>>
}

const NO_ERRORS: ReadonlyMap<string, ErrorModel> = new Map()

/** A service as it is served: what it does is known from the start, or from its first call on. */
export class Served<Caller> {
  readonly service: Service<Caller> | LazyService<Caller>
  #loaded: Loaded<Caller> | undefined
  #loading: Promise<Loaded<Caller>> | undefined

  /** @throws {Error} where a service that is there from the start has a handler of nothing, or two operations of one path */
  constructor(service: Service<Caller> | LazyService<Caller>) {
    this.service = service
    if (!('load' in service)) this.#loaded = open(service, service)
  }

  /** Of the model, once it is there. */
  get errors(): ReadonlyMap<string, ErrorModel> {
    return this.#loaded?.errors ?? NO_ERRORS
  }

  /**
   * What the service does; a promise where that is to be loaded first. All who ask meanwhile wait for the same attempt.
   * After one that failed the next starts anew.
   */
  load(): Loaded<Caller> | Promise<Loaded<Caller>> {
    if (this.#loaded) return this.#loaded
    this.#loading ??= this.#load(this.service).finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  async #load(service: Service<Caller> | LazyService<Caller>): Promise<Loaded<Caller>> {
    const content = 'load' in service ? await service.load() : service
    this.#loaded = open(service, content)
    return this.#loaded
  }
}

function open<Caller>(traits: ServiceTraits, { sdk, handlers }: ServiceContent<Caller>): Loaded<Caller> {
  const model = readService({ ...traits, sdk, handlers })
  const routes = [...model.operations.values()].flatMap((operation) => {
    const { name, http } = operation
    if (!http || traits.protocol !== 'restJson1') return []
    const greedy = traits.greedy?.includes(name) === true
    const trailingSlash = traits.trailingSlash?.includes(name) === true
    return [{ method: http.method, pattern: http.pattern, greedy, trailingSlash, target: operation }]
  })
  return { ...model, router: new Router(routes) }
}
