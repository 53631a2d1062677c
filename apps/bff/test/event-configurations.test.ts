import { IoTClient, UpdateEventConfigurationsCommand } from '@aws-sdk/client-iot'
import type { AuditPage, EventConfigurations } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
const browser = new Browser()
beforeAll(async () => {
  console = await startConsole()
  await signIn(browser, console.url, 'grace')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function call<Answer>(path: string, init: RequestInit = {}): Promise<{ status: number; body: Answer }> {
  const response = await browser.fetch(`${console.url}${path}`, {
    ...init,
    headers: { origin: console.url, ...(init.body && { 'content-type': 'application/json' }) },
  })
  return { status: response.status, body: (await response.json()) as Answer }
}

const enabled = ({ events }: EventConfigurations) =>
  events.filter(({ isEnabled }) => isEnabled).map(({ eventType }) => eventType)

const turn = (...events: { eventType: string; isEnabled: boolean }[]) =>
  call<EventConfigurations>('/api/event-configurations', { method: 'PATCH', body: JSON.stringify({ events }) })

test('all are off at first; turning one on leaves the others, and is in the trail with before and after', async () => {
  const { body: before } = await call<EventConfigurations>('/api/event-configurations')
  expect(before.events).toHaveLength(11)
  expect(enabled(before)).toEqual([])

  const iot = new IoTClient(console.sdk)
  await iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations: { CERTIFICATE: { Enabled: true } } }))
  const { status, body } = await turn({ eventType: 'THING', isEnabled: true })
  expect(status).toBe(200)
  expect(enabled(body)).toEqual(['THING', 'CERTIFICATE'])
  expect(body.modifiedAt).toEqual(expect.any(String))

  const { body: trail } = await call<AuditPage>('/api/audit?action=UpdateEventConfigurations')
  expect(trail.entries[0]).toMatchObject({
    resource: { type: 'event-configurations' },
    changes: [{ path: '$.THING', beforeText: 'false', afterText: 'true' }],
    outcome: {},
  })

  expect(enabled((await turn({ eventType: 'THING', isEnabled: false })).body)).toEqual(['CERTIFICATE'])
})

test('an event that AWS does not have is refused', async () => {
  expect(await turn({ eventType: 'WEATHER', isEnabled: true })).toMatchObject({
    status: 400,
    body: { code: 'BAD_REQUEST' },
  })
})
