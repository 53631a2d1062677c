import type { MqttSession } from '@thingdeck/contract'
import { presignMqttUrl } from '@thingdeck/sigv4'
import mqtt, { type MqttClient } from 'mqtt'
import type { Browser } from './browser.ts'

/** An MQTT session as a page of the console opens it. */
export interface PageSession extends AsyncDisposable {
  readonly mqtt: MqttClient
  readonly session: MqttSession
  readonly clientId: string
}

export async function mqttSession(browser: Browser, consoleUrl: string): Promise<MqttSession> {
  const response = await browser.fetch(`${consoleUrl}/api/session/mqtt`)
  return (await response.json()) as MqttSession
}

/**
 * Connects with the credentials that the console gives this person.
 * @param clientId of the person's own, unless it is said
 */
export async function connectPage(browser: Browser, consoleUrl: string, clientId?: string): Promise<PageSession> {
  const session = await mqttSession(browser, consoleUrl)
  const id = clientId ?? `${session.clientIdPrefix}${crypto.randomUUID()}`
  const client = await mqtt.connectAsync(await presignMqttUrl(session), {
    clientId: id,
    protocolVersion: 5,
    reconnectPeriod: 0,
  })
  return {
    mqtt: client,
    session,
    clientId: id,
    [Symbol.asyncDispose]: async () => {
      await client.endAsync(true)
    },
  }
}
