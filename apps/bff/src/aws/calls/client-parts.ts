import type { IoTClient, __Client as SdkClient, ServiceOutputTypes } from '@aws-sdk/client-iot'

/** What all operations answer, whosever they are. */
export type Answered = Pick<ServiceOutputTypes, '$metadata'>

/** As much of a client of the SDK as is governed; `Input` and `Output` are those of its operations. */
export interface Governed<Input extends object, Output extends Answered> {
  readonly config: Pick<IoTClient['config'], 'retryStrategy'>
  readonly middlewareStack: SdkClient<never, Input, Output, IoTClient['config']>['middlewareStack']
}

/** What the SDK says of a call to whatever it passes on its way. */
export interface CallContext {
  /** `IoTClient` */
  readonly clientName?: string
  /** `ListThingsCommand` */
  readonly commandName?: string
}

export const operationOf = ({ commandName = '' }: CallContext): string => commandName.replace(/Command$/, '')
export const apiOf = ({ clientName = '' }: CallContext): string => clientName.replace(/Client$/, '')
