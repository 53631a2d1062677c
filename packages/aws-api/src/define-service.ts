import type { Handlers, OperationName } from './operation-types.ts'
import type { Service, ServiceTraits } from './types.ts'

/** What {@link defineService} is told beside the SDK module. */
export interface ServiceDefinition<Sdk, Caller> extends ServiceTraits {
  readonly unsigned?: readonly OperationName<Sdk>[]
  readonly handlers: Handlers<Sdk, Caller>
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
