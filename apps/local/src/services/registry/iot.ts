import type * as sdk from '@aws-sdk/client-iot'
import type { Handlers, Input, OperationName } from '@thingdeck/aws-api'

/** Input of an operation of the IoT control plane, e.g. `IotInput<'CreateThing'>`. */
export type IotInput<Name extends OperationName<typeof sdk>> = Input<typeof sdk, Name>

/** Handlers that do not look at who calls: whether the caller may was decided before they run. */
export type IotHandlers = Handlers<typeof sdk, unknown>
