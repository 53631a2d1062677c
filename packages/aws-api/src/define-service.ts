import type { Handlers, OperationName } from './operation-types.ts'
import type { LazyService, Service, ServiceTraits } from './types.ts'

/** What {@link defineService} is told beside the SDK module. */
export interface ServiceDefinition<Sdk, Caller> extends ServiceTraits {
  readonly unsigned?: readonly OperationName<Sdk>[]
  readonly handlers: Handlers<Sdk, Caller>
}

/** What {@link defineLazyService} is told. */
export interface LazyServiceDefinition<Sdk, Caller> extends ServiceTraits {
  readonly unsigned?: readonly OperationName<Sdk>[]
  readonly load: () => Promise<{ readonly sdk: Sdk; readonly handlers: Handlers<Sdk, Caller> }>
}

/**
 * A {@link Service} whose handlers are checked against the SDK's own command types. `Caller` is what
 * `ApiOptions.authenticate` answers; it cannot be inferred from tables that are spread together, so it is named:
 *
 * ```ts
 * import * as iot from '@aws-sdk/client-iot'
 *
 * const things: Handlers<typeof iot, Caller> = {
 *   DescribeThing: ({ thingName }, call) => registry.describe(thingName, call.caller),
 * }
 * const service = defineService<typeof iot, Caller>(iot, { ...IOT, handlers: { ...things, ...certificates } })
 * ```
 */
export function defineService<Sdk extends object, Caller>(
  sdk: Sdk,
  definition: ServiceDefinition<Sdk, Caller>,
): Service<Caller> {
  return { ...definition, sdk }
}

/**
 * A service that costs nothing until it is called: its SDK package is only named as a type. Handlers are checked as by
 * {@link defineService}; one of an operation that does not exist is found out when the service is loaded.
 *
 * ```ts
 * import type * as sts from '@aws-sdk/client-sts'
 *
 * const service = defineLazyService<typeof sts, Caller>({
 *   ...STS,
 *   load: async () => ({ sdk: await import('@aws-sdk/client-sts'), handlers: { ...sessions } }),
 * })
 * ```
 */
export function defineLazyService<Sdk extends object, Caller>(
  definition: LazyServiceDefinition<Sdk, Caller>,
): LazyService<Caller> {
  return definition
}
