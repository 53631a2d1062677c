import type { MqttSession } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { consoleEnvironment } from '../../../scripts/run/console.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { createAws } from '../src/aws/aws.ts'
import { SYSTEM_CLOCK } from '../src/clock.ts'
import { readConfig } from '../src/config.ts'
import { createMqttAccess } from '../src/modules/session/mqtt-access.ts'
import { createSessionKeys } from '../src/plugins/session-keys.ts'
import { MemoryDocuments } from '../src/stores/documents/memory-documents.ts'
import { MemorySessionStore } from '../src/stores/memory-session-store.ts'
import { Browser, signIn } from './browser.ts'
import { startBff, startConsole } from './console.ts'
import { connectPage, type PageSession } from './mqtt.ts'

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
  const { signIn: way } = config
  if (way.kind !== 'issuer') throw new Error('people sign in at an issuer here')
  const mqttAccess = createMqttAccess({ ...config, ...way }, createAws(config, console.sdk), createSessionKeys(config))
  await mqttAccess.changeRole(sessions.idToken, 'viewer')
  await expect(page.mqtt.publishAsync('dt/site/pump-7/status', '{}', { qos: 1 })).rejects.toMatchObject({ code: 0x87 })
})

/** In memory; something happens before the next that is written. */
class HookedDocuments extends MemoryDocuments {
  beforeNext: (() => Promise<void>) | undefined
  override async update(...[name, change]: Parameters<MemoryDocuments['update']>): Promise<unknown> {
    const { beforeNext } = this
    this.beforeNext = undefined
    await beforeNext?.()
    return super.update(name, change)
  }
}

const CLOSED = 0x98 // MQTT 5, "administrative action"
const publish = (page: PageSession) => page.mqtt.publishAsync('dt/site/pump-7/status', '{}', { qos: 1 })

async function signOut(browser: Browser, url: string): Promise<void> {
  const response = await browser.fetch(`${url}/auth/logout`, { method: 'POST', headers: { origin: url } })
  expect(response.status).toBe(200)
}

/** As a page of this browser connects: it names its tab when it asks for credentials. */
async function connectTab(browser: Browser, url: string, tab: string): Promise<PageSession> {
  const response = await browser.fetch(`${url}/api/session/mqtt?tab=${tab}&generation=0`)
  const { clientIdPrefix } = (await response.json()) as MqttSession
  return connectPage(browser, url, `${clientIdPrefix}${tab}-1`)
}

test('signing out ends the connections of its pages, those of another browser go on, and nobody gets credentials after', async () => {
  const documents = new HookedDocuments()
  await using console = await startConsole({}, { documents })
  const [first, other] = [new Browser(), new Browser()]
  for (const browser of [first, other]) await signIn(browser, console.url, 'ada')
  await using page = await connectTab(first, console.url, 'one')
  await using others = await connectTab(other, console.url, 'two')
  const closed = new Promise((resolve) => page.mqtt.once('disconnect', resolve))
  await signOut(first, console.url)
  expect(await closed).toMatchObject({ reasonCode: CLOSED })
  await publish(others)

  documents.beforeNext = () => signOut(other, console.url)
  const late = await other.fetch(`${console.url}/api/session/mqtt?tab=three&generation=0`)
  expect(documents.beforeNext).toBeUndefined()
  expect({ status: late.status, body: await late.json() }).toMatchObject({ status: 401, body: { code: 'SIGNED_OUT' } })
})

test('a session that ended by itself leaves no rights behind, also where no console ran then', async () => {
  const documents = new MemoryDocuments() // what outlives a console
  await using console = await startConsole({}, { documents })
  const ada = new Browser()
  await signIn(ada, console.url, 'ada')
  await using page = await connectPage(ada, console.url)
  await using tab = await connectTab(ada, console.url, 'one')
  await publish(page)
  await publish(tab)
  const closed = new Promise<void>((resolve) => tab.mqtt.once('close', resolve))
  const { server } = console
  await using _next = await startBff({ server, port: await freePort(), publicUrl: console.url, stores: { documents } })
  await closed // which the next console ended when it started: it knows of no session
  await expect(publish(page)).rejects.toMatchObject({ code: 0x87 })
})

test('who signs out in their last browser can do nothing more over MQTT; in another one, nothing changes', async () => {
  await using console = await startConsole()
  const browsers = [new Browser(), new Browser()] as const
  for (const browser of browsers) await signIn(browser, console.url, 'ada')
  await using page = await connectPage(browsers[0], console.url)
  await signOut(browsers[0], console.url)
  await publish(page)
  await signOut(browsers[1], console.url) // which never asked for MQTT itself
  await expect(publish(page)).rejects.toMatchObject({ code: 0x87 })

  await signIn(browsers[0], console.url, 'ada')
  await using again = await connectPage(browsers[0], console.url)
  await again.mqtt.publishAsync('dt/site/pump-7/status', '{}', { qos: 1 })
})
