import type { DeviceEndpoint } from '@thingdeck/contract'
import type { Aws } from '../../aws/aws.ts'
import type { Config } from '../../config.ts'

/** AWS IoT developer guide, "Protocols, port mappings, and authentication". */
const MQTT_PORT = 8883

type Told = Pick<Config, 'deviceMqttUrl' | 'deviceCredentialsUrl' | 'deviceRootCaUrl' | 'awsEndpointUrl' | 'region'>

/** Where a device connects. Errors are AWS's own. */
export async function deviceEndpoint({ endpoint }: Pick<Aws, 'endpoint'>, config: Told): Promise<DeviceEndpoint> {
  const { deviceMqttUrl, deviceCredentialsUrl, deviceRootCaUrl, awsEndpointUrl, region } = config
  return {
    host: deviceMqttUrl?.hostname ?? (await endpoint.rest()).hostname,
    port: Number(deviceMqttUrl?.port || MQTT_PORT),
    // A server that is not AWS has one door for HTTPS and ALPN: where it hands credentials out.
    ...(deviceCredentialsUrl?.port && { alpnPort: Number(deviceCredentialsUrl.port) }),
    rootCaUrl: deviceRootCaUrl.href,
    region,
    ...(awsEndpointUrl !== undefined && { awsEndpointUrl }),
  }
}
