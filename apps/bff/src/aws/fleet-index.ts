import { DescribeIndexCommand, GetIndexingConfigurationCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { FleetIndexStatus } from '@thingdeck/contract'

/** The one index of things (AWS IoT API reference, DescribeIndex). */
export const THINGS_INDEX = 'AWS_Things'

/** How things are indexed. Errors are AWS's own. */
export async function readThingIndexing(iot: IoTClient) {
  const { thingIndexingConfiguration } = await iot.send(new GetIndexingConfigurationCommand({}))
  return thingIndexingConfiguration
}

/** Whether things can be searched, and by what. Errors are AWS's own. */
export async function readFleetIndex(iot: IoTClient): Promise<FleetIndexStatus> {
  // Side by side; where the index is off, AWS knows none of this name.
  const describing = iot.send(new DescribeIndexCommand({ indexName: THINGS_INDEX }))
  describing.catch(() => {})
  const things = await readThingIndexing(iot)
  const connectivity = things?.thingConnectivityIndexingMode === 'STATUS'
  if ((things?.thingIndexingMode ?? 'OFF') === 'OFF') return { status: 'OFF', connectivity: false }
  const namedShadows = things?.namedShadowIndexingMode === 'ON' ? (things.filter?.namedShadowNames ?? []) : []
  const { indexStatus = 'BUILDING' } = await describing
  return {
    status: indexStatus,
    connectivity,
    ...(things?.thingIndexingMode === 'REGISTRY_AND_SHADOW' && { shadows: true }),
    ...(namedShadows.length > 0 && { namedShadows }),
    ...(things?.deviceDefenderIndexingMode === 'VIOLATIONS' && { violations: true }),
  }
}
