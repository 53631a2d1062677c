import { IoTClient, type IoTClientConfig, UpdateIndexingConfigurationCommand } from '@aws-sdk/client-iot'

/**
 * Turns fleet indexing on, as the account's administrator does: things are then found by a part of their name, by what
 * their shadows say, and by who is connected. On AWS that costs money, in the embedded server nothing.
 */
export async function turnOnFleetIndex(administrator: IoTClientConfig): Promise<void> {
  const iot = new IoTClient(administrator)
  try {
    await iot.send(
      new UpdateIndexingConfigurationCommand({
        thingIndexingConfiguration: {
          thingIndexingMode: 'REGISTRY_AND_SHADOW',
          thingConnectivityIndexingMode: 'STATUS',
          // What things run of each software package.
          namedShadowIndexingMode: 'ON',
          filter: { namedShadowNames: ['$package'] },
        },
      }),
    )
  } finally {
    iot.destroy()
  }
}
