import { IoTClient, UpdateIndexingConfigurationCommand } from '@aws-sdk/client-iot'

/** Where the account is and who asks, as the standard environment variables of AWS name them. */
export interface AwsEnvironment {
  readonly AWS_ENDPOINT_URL: string
  readonly AWS_REGION: string
  readonly AWS_ACCESS_KEY_ID: string
  readonly AWS_SECRET_ACCESS_KEY: string
}

/**
 * Turns fleet indexing on, as the account's administrator does: things are then found by a part of their name, by what
 * their shadows say, and by who is connected. On AWS that costs money, in the embedded server nothing.
 */
export async function turnOnFleetIndex(aws: AwsEnvironment): Promise<void> {
  const iot = new IoTClient({
    endpoint: aws.AWS_ENDPOINT_URL,
    region: aws.AWS_REGION,
    credentials: { accessKeyId: aws.AWS_ACCESS_KEY_ID, secretAccessKey: aws.AWS_SECRET_ACCESS_KEY },
  })
  try {
    await iot.send(
      new UpdateIndexingConfigurationCommand({
        thingIndexingConfiguration: {
          thingIndexingMode: 'REGISTRY_AND_SHADOW',
          thingConnectivityIndexingMode: 'STATUS',
        },
      }),
    )
  } finally {
    iot.destroy()
  }
}
