import type * as sdk from '@aws-sdk/client-iot'
import type { Handlers, Input, OperationName } from '@thingdeck/aws-api'
import type { Caller } from './caller.ts'

/** Input of an operation of the IoT control plane, e.g. `IotInput<'CreatePolicy'>`. */
export type IotInput<Name extends OperationName<typeof sdk>> = Input<typeof sdk, Name>

/** Handlers of the IoT control plane. */
export type IotHandlers = Handlers<typeof sdk, Caller>
