import type * as sdk from '@aws-sdk/client-iot-data-plane'
import type { Input, OperationName } from '@thingdeck/aws-api'
import type { PolicyNeed } from '@thingdeck/policies'

/**
 * What each operation of the data plane needs: all of it.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT"
 */
export type DataPlaneNeeds = {
  readonly [Name in OperationName<typeof sdk>]?: (input: Input<typeof sdk, Name>) => readonly PolicyNeed[]
}
