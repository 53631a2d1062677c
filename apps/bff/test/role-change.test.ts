import { expect, test } from 'vitest'
import { consoleEnvironment } from '../../../scripts/run/console.ts'
import { createAws } from '../src/aws/aws.ts'
import { SYSTEM_CLOCK } from '../src/clock.ts'
import { readConfig } from '../src/config.ts'
import { createMqttAccess } from '../src/modules/session/mqtt-access.ts'
import { createSessionKeys } from '../src/plugins/session-keys.ts'
import { MemorySessionStore } from '../src/stores/memory-session-store.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole } from './console.ts'
import { connectPage } from './mqtt.ts'

/** Sessions in memory that tell the id token of the latest. */
class TellingStore extends MemorySessionStore {
  idToken = ''
  override set(...[sessionId, session, done]: Parameters<MemorySessionStore['set']>): void {
    this.idToken = session.tokens?.idToken ?? this.idToken
    super.set(sessionId, session, done)
  }
}

test('a connection that was opened as an operator may no more than a viewer once the role is that', async () => {
  const sessions = new TellingStore(SYSTEM_CLOCK)
  await using console = await startConsole({}, { sessions })
  const ada = new Browser()
  await signIn(ada, console.url, 'ada')
  await using page = await connectPage(ada, console.url)
  await page.mqtt.publishAsync('dt/site/pump-7/status', '{}', { qos: 1 })

  const config = readConfig(consoleEnvironment({ server: console.server, url: console.url }), {
    webRoot: '/nonexistent',
  })
  const mqttAccess = createMqttAccess(config, createAws(config, console.sdk), createSessionKeys(config))
  await mqttAccess.changeRole(sessions.idToken, 'viewer')
  await expect(page.mqtt.publishAsync('dt/site/pump-7/status', '{}', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
})

test('who signs out in their last browser can do nothing more over MQTT; in another one, nothing changes', async () => {
  await using console = await startConsole()
  const browsers = [new Browser(), new Browser()] as const
  for (const browser of browsers) await signIn(browser, console.url, 'ada')
  await using page = await connectPage(browsers[0], console.url)
  const publish = () => page.mqtt.publishAsync('dt/site/pump-7/status', '{}', { qos: 1 })
  const signOut = async (browser: Browser) => {
    const response = await browser.fetch(`${console.url}/auth/logout`, {
      method: 'POST',
      headers: { origin: console.url },
    })
    expect(response.status).toBe(200)
  }
  await signOut(browsers[0])
  await publish()
  await signOut(browsers[1]) // which never asked for MQTT itself
  await expect(publish()).rejects.toMatchObject({ code: 0x87 })

  await signIn(browsers[0], console.url, 'ada')
  await using again = await connectPage(browsers[0], console.url)
  await again.mqtt.publishAsync('dt/site/pump-7/status', '{}', { qos: 1 })
})
