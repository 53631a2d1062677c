import type * as iotData from '@aws-sdk/client-iot-data-plane'
import type * as iotJobsData from '@aws-sdk/client-iot-jobs-data-plane'
import type { Input, OperationName } from '@thingdeck/aws-api'
import type { PolicyNeed } from '@thingdeck/policies'

/** What of policies an operation of the data plane needs. */
export interface DataPlaneNeed extends PolicyNeed {
  /** Another name of the action, as policies had it before: to be allowed under one is enough. */
  readonly orAction?: string
}

type NeedsOf<Sdk> = {
  readonly [Name in OperationName<Sdk>]?: (input: Input<Sdk, Name>) => readonly DataPlaneNeed[]
}

/**
 * What each operation of the data plane needs: all of it.
 * @see Service Authorization Reference, "Actions, resources, and condition keys for AWS IoT"
 */
export type DataPlaneNeeds = NeedsOf<typeof iotData> & NeedsOf<typeof iotJobsData>
