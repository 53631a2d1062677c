import { IoTClient, UpdateEventConfigurationsCommand } from '@aws-sdk/client-iot'
import { turnOnFleetIndex } from '../scripts/fleet-index.ts'
import { awsEnvironment, type EmbeddedServer, startEmbeddedServer } from '../scripts/run/embedded-server.ts'

/** An embedded server whose account has what the checks need, and the variables by which a run finds it. */
export interface EmbeddedTarget extends AsyncDisposable {
  readonly server: EmbeddedServer
  readonly environment: Readonly<Record<string, string>>
}

export async function startEmbeddedTarget(): Promise<EmbeddedTarget> {
  const server = await startEmbeddedServer()
  const iot = new IoTClient(server.sdk)
  await turnOnFleetIndex(server.sdk)
  await iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { THING: { Enabled: true } } }))
  iot.destroy()
  const environment = {
    ...awsEnvironment(server),
    DEVICE_MQTT_URL: server.mqtts,
    DEVICE_CREDENTIALS_URL: server.https,
  }
  return { server, environment, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() }
}
