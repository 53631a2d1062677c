import type * as sdk from '@aws-sdk/client-iot-data-plane'
import type { Input, OperationName } from '@thingdeck/aws-api'

/** An action that policies must allow, on one of several resources. */
export interface Need {
  /** e.g. `iot:Publish` */
  readonly action: string
  /** What stands in the ARN behind the account, e.g. `topic/dt/pump-7`, or `*`: to be allowed on one is enough. */
  readonly resources: readonly string[]
  /** Values for condition keys of this request. */
  readonly context?: Readonly<Record<string, string>>
}

/**
 * What each operation of the data plane needs: all of it.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT"
 */
export type DataPlaneNeeds = {
  readonly [Name in OperationName<typeof sdk>]?: (input: Input<typeof sdk, Name>) => readonly Need[]
}
