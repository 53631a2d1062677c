import type { Page } from '@playwright/test'
import type { IPublishPacket } from 'mqtt'
import { connectDevice } from './device.ts'
import { connectClient, type TestClient } from './mqtt-client.ts'
import type { LivePage } from './pages/live-page.ts'
import { expect, test } from './test.ts'
import { watch } from './watch-live.ts'

interface Heard {
  readonly topic: string
  readonly payload: Buffer
  readonly packet: IPublishPacket
}

/** What a client hears on a filter, from now on. */
async function listen({ client }: Pick<TestClient, 'client'>, filter: string): Promise<readonly Heard[]> {
  const heard: Heard[] = []
  client.on('message', (topic, payload, packet) => heard.push({ topic, payload, packet }))
  await client.subscribeAsync(filter, { qos: 1 })
  return heard
}

const field = (live: LivePage, name: string) =>
  live.drawer.getByRole('textbox', { name, exact: true }).or(live.drawer.getByRole('combobox', { name, exact: true }))

const send = (live: LivePage) => live.drawer.getByRole('button', { name: 'Publish message' }).click()

async function openDrawer(page: Page): Promise<LivePage> {
  const live = await watch(page, [])
  await live.publishButton.click()
  return live
}

const USER_PROPERTIES = [
  ['site', 'hall-2'],
  ['by', 'ada'],
] as const

test('a device hears exactly what was written: QoS, retain, properties, JSON, text and hex', async ({ page }) => {
  await using device = await connectDevice('e2e-listener')
  const heard = await listen(device, 'e2e/written/#')
  const live = await openDrawer(page)
  await field(live, 'Topic').fill('e2e/written/json')
  await field(live, 'Payload').fill('{"id":12345678901234567890,"unit":"°C"}')
  await live.drawer.getByRole('button', { name: 'QoS 1' }).click()
  await live.drawer.getByRole('checkbox', { name: 'Retain' }).check()
  await live.drawer.getByRole('button', { name: /MQTT 5 properties/ }).click()
  await field(live, 'Content type').fill('application/json')
  await field(live, 'Response topic').fill('e2e/answers')
  await field(live, 'Correlation data').fill('request-7')
  await field(live, 'Message expiry').fill('60')
  await live.drawer.getByRole('checkbox', { name: 'Say that the payload is UTF-8 text' }).check()
  for (const [index, [name, value]] of USER_PROPERTIES.entries()) {
    await live.drawer.getByRole('button', { name: 'Add user property' }).click()
    await live.drawer.getByRole('textbox', { name: 'Name', exact: true }).nth(index).fill(name)
    await live.drawer.getByRole('textbox', { name: 'Value', exact: true }).nth(index).fill(value)
  }
  await send(live)
  await expect.poll(() => heard.length).toBe(1)
  const [{ topic, payload, packet }] = heard as [Heard]
  expect({ topic, payload: payload.toString(), qos: packet.qos }).toEqual({
    topic: 'e2e/written/json',
    payload: '{"id":12345678901234567890,"unit":"°C"}',
    qos: 1,
  })
  expect(packet.properties).toMatchObject({
    contentType: 'application/json',
    responseTopic: 'e2e/answers',
    correlationData: Buffer.from('request-7'),
    payloadFormatIndicator: true,
    userProperties: { site: 'hall-2', by: 'ada' },
  })
  await expect(live.drawer.getByRole('list', { name: 'Published' })).toContainText('e2e/written/json')

  // Retained: who subscribes later gets it too.
  await using late = await connectClient('e2e-late')
  const retained = await listen(late, 'e2e/written/json')
  await expect.poll(() => retained.length).toBe(1)
  expect(retained[0]?.packet.retain).toBe(true)

  await live.drawer.getByRole('checkbox', { name: 'Retain' }).uncheck()
  await live.drawer.getByRole('button', { name: 'Hex', exact: true }).click()
  await field(live, 'Topic').fill('e2e/written/hex')
  await field(live, 'Payload').fill('ff 00 fe 8')
  await expect(live.drawer.getByRole('button', { name: 'Publish message' })).toBeDisabled()
  await field(live, 'Payload').fill('ff 00 fe 80')
  await expect(live.drawer).toContainText('4 B of')
  await live.drawer.getByRole('checkbox', { name: 'Say that the payload is UTF-8 text' }).uncheck()
  await send(live)
  await expect.poll(() => heard.length).toBe(2)
  expect(heard[1]?.payload).toEqual(Buffer.from('ff00fe80', 'hex'))

  await live.drawer.getByRole('button', { name: 'Text', exact: true }).click()
  await field(live, 'Payload').fill('{ not JSON')
  await send(live)
  await expect.poll(() => heard.length).toBe(3)
  expect(heard[2]?.payload.toString()).toBe('{ not JSON')
})

test('what cannot be published is said before it is: no JSON, wildcards, reserved topics', async ({ page }) => {
  const live = await openDrawer(page)
  const publish = live.drawer.getByRole('button', { name: 'Publish message' })
  await field(live, 'Topic').fill('e2e/checks/a')
  await field(live, 'Payload').fill('{"a":}')
  await expect(field(live, 'Payload')).toHaveAttribute('aria-invalid', 'true')
  await expect(publish).toBeDisabled()
  await live.drawer.getByRole('checkbox', { name: 'Replace placeholders' }).check()
  await field(live, 'Payload').fill('{"a":{{nobody}}}')
  await expect(live.drawer).toContainText('There is no placeholder {{nobody}}')
  await field(live, 'Payload').fill('{}')
  await expect(publish).toBeEnabled()
  await field(live, 'Topic').fill('e2e/checks/#')
  await expect(publish).toBeDisabled()
  await field(live, 'Topic').fill('$aws/events/presence/connected/x')
  await expect(publish).toBeDisabled()

  // Closed, the page is as it was, and what was written waits.
  await live.drawer.getByRole('button', { name: 'Close publish' }).click()
  await expect(live.drawer).toHaveCount(0)
  await live.publishButton.click()
  await expect(field(live, 'Topic')).toHaveValue('$aws/events/presence/connected/x')
})

test('placeholders are filled in each time, messages are saved, and one is repeated until it is stopped', async ({
  page,
}) => {
  await using listener = await connectClient('e2e-repeat')
  const heard = await listen(listener, 'e2e/repeat/#')
  const live = await openDrawer(page)
  await live.drawer.getByRole('checkbox', { name: 'Replace placeholders' }).check()
  await field(live, 'Topic').fill('e2e/repeat/{{thingName}}')
  await field(live, 'Thing name').fill('pump-7')
  await field(live, 'Payload').fill('{"seq":{{seq}},"at":"{{now}}","id":"{{uuid}}"}')
  await live.drawer.getByRole('button', { name: 'Messages' }).click()
  await page.getByRole('menuitem', { name: 'This message' }).click()
  await page.getByRole('menuitem', { name: 'Save as …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save message' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Beat')
  await dialog.getByRole('button', { name: 'Save', exact: true }).click()

  await live.drawer.getByRole('button', { name: 'Repeat' }).click()
  await field(live, 'Per second').fill('20')
  await live.drawer.getByRole('button', { name: 'Start repeating' }).click()
  await expect.poll(() => heard.length).toBeGreaterThan(10)
  await live.drawer.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(live.drawer.getByRole('status').filter({ hasText: /^Stopped: \d+ messages/ })).toBeVisible()
  const said = await live.drawer
    .getByRole('status')
    .filter({ hasText: /^Stopped/ })
    .textContent()
  // The broker passes on what the page has sent by then.
  await expect.poll(() => heard.length).toBe(Number(/\d+/.exec(said ?? '')?.[0]))
  const bodies = heard.map(({ payload }) => JSON.parse(payload.toString()))
  expect(bodies.map(({ seq }) => seq)).toEqual(bodies.map((_, index) => index + 1))
  expect(new Set(bodies.map(({ id }) => id)).size).toBe(bodies.length)
  expect(bodies.every(({ at }) => !Number.isNaN(Date.parse(at)))).toBe(true)
  expect(heard.every(({ topic }) => topic === 'e2e/repeat/pump-7')).toBe(true)

  await field(live, 'Topic').fill('e2e/other')
  await live.drawer.getByRole('button', { name: 'Messages' }).click()
  await page.getByRole('menuitem', { name: /^Saved/ }).click()
  await page.getByRole('menuitem', { name: /^Beat/ }).click()
  await expect(field(live, 'Topic')).toHaveValue('e2e/repeat/{{thingName}}')
})

const ODD_PAYLOADS = [
  '{ "b" : 1, "b": 2 }',
  '\ufeff{"t":21.5}',
  '{"t":21.5}\0',
  '{"value_template":"{{ value }}"}',
  'line\r\nline\r\n',
  'mixed\r\nmixed\n',
].map((text) => Buffer.from(text))

test('publish like this sends each byte and each property again', async ({ page }) => {
  await using device = await connectDevice('e2e-odd')
  const heard = await listen(device, 'e2e/odd/#')
  const live = await watch(page, ['e2e/odd/#'])
  const payloads = [...ODD_PAYLOADS, Buffer.from([0xff, 0xb0, 0x00, 0x22])]
  for (const [index, payload] of payloads.entries()) {
    await device.client.publishAsync(`e2e/odd/${index}`, payload, {
      qos: 1,
      properties: {
        payloadFormatIndicator: false,
        contentType: index === 0 ? '' : 'text/x-odd',
        responseTopic: 'e2e/answers',
        correlationData: Buffer.from([0, 1, 0xff]),
        userProperties: { site: ['hall-1', 'hall-2'], template: '{{ value }}' },
      },
    })
    await live.open(`e2e/odd/${index}`)
    await expect(live.detail).toContainText(`e2e/odd/${index}`) // until then it is the one before
    await live.detail.getByRole('button', { name: 'Publish like this' }).click()
    await live.drawer.getByRole('textbox', { name: 'Payload' }).press('Control+Enter')
    await expect.poll(() => heard.filter(({ topic }) => topic === `e2e/odd/${index}`).length).toBe(2)
    const [sent, again] = heard.filter(({ topic }) => topic === `e2e/odd/${index}`)
    expect(again?.payload).toEqual(payload)
    expect(again?.packet.properties).toEqual(sent?.packet.properties)
  }
})

test('what is published is in the audit trail, and a shadow written so is a change of its thing', async ({ page }) => {
  const live = await openDrawer(page)
  await field(live, 'Topic').fill('e2e/told/once')
  await field(live, 'Payload').fill('{}')
  await live.drawer.getByRole('button', { name: 'QoS 1' }).click()
  await send(live)
  await expect(live.drawer.getByRole('list', { name: 'Published' })).toContainText('e2e/told/once')
  await field(live, 'Topic').fill('$aws/things/e2e-told/shadow/update')
  await field(live, 'Payload').fill('{"state":{"desired":{"on":true}}}')
  await send(live)
  await expect(live.drawer.getByRole('list', { name: 'Published' })).toContainText('$aws/things/e2e-told')
  await field(live, 'Topic').fill('e2e/told/often')
  await live.drawer.getByRole('button', { name: 'Repeat' }).click()
  await field(live, 'Per second').fill('20')
  await field(live, 'In all').fill('5')
  await live.drawer.getByRole('button', { name: 'Start repeating' }).click()
  await expect(live.drawer.getByRole('status').filter({ hasText: /^Done: 5 of 5/ })).toBeVisible()

  const entries = async (query: string) => {
    const answer: {
      entries: { action: string; published?: { sent: number; end?: string; topics: { topic: string }[] } }[]
    } = await (await page.request.get(`/api/audit?${query}`)).json()
    return answer.entries
  }
  const ofTopic = async (topic: string) =>
    (await entries('person=Ada')).filter(({ published }) => published?.topics.some((each) => each.topic === topic))
  await expect.poll(async () => (await ofTopic('e2e/told/once')).length).toBe(1)
  await expect
    .poll(async () => (await ofTopic('e2e/told/often')).map(({ published }) => [published?.sent, published?.end]))
    .toEqual([[5, 'done']])
  await expect.poll(async () => (await entries('thing=e2e-told')).length).toBe(1)
})
