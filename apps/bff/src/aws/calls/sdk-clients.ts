import type { IoTClient, __Client as SdkClient, ServiceOutputTypes } from '@aws-sdk/client-iot'

/** What all operations answer, whosever they are. */
export type Answered = Pick<ServiceOutputTypes, '$metadata'>

/** A client of the SDK, as far as one can stand in the way of its calls; `Input` and `Output` are those of its operations. */
export interface CallingClient<Input extends object, Output extends Answered> {
  readonly middlewareStack: SdkClient<never, Input, Output, IoTClient['config']>['middlewareStack']
}

/** Done to each client once it is made. */
export type PrepareClient = <Input extends object, Output extends Answered>(
  client: CallingClient<Input, Output>,
) => void

/** What the SDK says of a call to whatever it passes on its way. */
export interface CallContext {
  /** `IoTClient` */
  readonly clientName?: string
  /** `ListThingsCommand` */
  readonly commandName?: string
}

export const operationOf = ({ commandName = '' }: CallContext): string => commandName.replace(/Command$/, '')
export const apiOf = ({ clientName = '' }: CallContext): string => clientName.replace(/Client$/, '')
