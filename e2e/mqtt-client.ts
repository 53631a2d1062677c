import { presignMqttUrl } from '@thingdeck/sigv4'
import mqtt, { type MqttClient } from 'mqtt'
import { stack } from './stack.ts'

/** An MQTT client that may do everything, over a presigned WebSocket: quicker to have than a device with a certificate. */
export interface TestClient extends AsyncDisposable {
  readonly client: MqttClient
}

/** @param http where the embedded server answers, if not the one that all specs share */
export async function connectClient(clientId: string, http: string = stack.http): Promise<TestClient> {
  const url = await presignMqttUrl({
    url: `${http.replace(/^http/, 'ws')}/mqtt`,
    region: stack.sdk.region,
    credentials: stack.sdk.credentials,
  })
  const client = await mqtt.connectAsync(url, { clientId, protocolVersion: 5, reconnectPeriod: 0 })
  return {
    client,
    [Symbol.asyncDispose]: async () => {
      await client.endAsync()
    },
  }
}
