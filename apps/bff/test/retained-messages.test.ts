import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import type { AuditPage, ClearedTopic, RetainedMessage, RetainedTopicPage } from '@thingdeck/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { connectPage } from './mqtt.ts'

let console: TestConsole
let data: IoTDataPlaneClient
const vera = new Browser()
const ada = new Browser()

beforeAll(async () => {
  console = await startConsole()
  data = new IoTDataPlaneClient(console.sdk)
  await signIn(vera, console.url, 'vera')
  await signIn(ada, console.url, 'ada')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function retain(topic: string, payload: string | Uint8Array, userProperties?: readonly object[]) {
  const properties = userProperties && { userProperties: JSON.stringify(userProperties) }
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  await data.send(new PublishCommand({ topic, retain: true, qos: 1, payload: bytes, ...properties }))
}

async function get<Answer>(
  path: string,
): Promise<{ status: number; body: Answer & { code?: string; detail?: string } }> {
  const response = await vera.fetch(`${console.url}${path}`)
  return { status: response.status, body: JSON.parse(await response.text()) }
}

async function clear(topics: readonly { topic: string; lastModified?: string }[]): Promise<readonly ClearedTopic[]> {
  const response = await ada.fetch(`${console.url}/api/retained-messages/clear`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify({ topics }),
  })
  const body: { topics: readonly ClearedTopic[] } = JSON.parse(await response.text())
  return body.topics
}

const entriesOf = async (topic: string) =>
  (await get<AuditPage>(`/api/audit?resourceType=topic&resourceId=${encodeURIComponent(topic)}`)).body.entries

test('a retained message whole: each byte, its user properties in order, and when it was taken', async () => {
  const payload = Uint8Array.from([0xef, 0xbb, 0xbf, 0x00, 0xff, 0x7b])
  await retain('whole/a b/ü', payload, [{ site: 'hall-2' }, { by: 'ada' }, { site: 'hall-3' }])
  const { body } = await get<RetainedMessage>(`/api/retained-message?topic=${encodeURIComponent('whole/a b/ü')}`)
  expect(body).toEqual({
    topic: 'whole/a b/ü',
    payload: Buffer.from(payload).toString('base64'),
    qos: 1,
    lastModified: expect.any(String),
    userProperties: [
      { name: 'site', value: 'hall-2' },
      { name: 'by', value: 'ada' },
      { name: 'site', value: 'hall-3' },
    ],
  })
  expect(Math.abs(Date.parse(body.lastModified) - Date.now())).toBeLessThan(60_000)
})

test.each([
  ['nothing/here', 404, 'ResourceNotFoundException'],
  ['dt/+', 400, 'BAD_REQUEST'],
  ['', 400, 'BAD_REQUEST'],
])('the retained message of %j: %i %s', async (topic, status, code) => {
  const answer = await get(`/api/retained-message?topic=${encodeURIComponent(topic)}`)
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code })
})

test('lists go on by token, and a search sifts page after page', async () => {
  const topics = Array.from({ length: 2_300 }, (_, index) => `many/${String(index).padStart(4, '0')}`)
  for (let start = 0; start < topics.length; start += 100) {
    await Promise.all(topics.slice(start, start + 100).map((topic) => retain(topic, '{}')))
  }
  const first = (await get<RetainedTopicPage>('/api/retained-messages?maxResults=25')).body
  expect(first.retainedTopics).toHaveLength(25)
  const next = (
    await get<RetainedTopicPage>(
      `/api/retained-messages?maxResults=25&nextToken=${encodeURIComponent(first.nextToken ?? '')}`,
    )
  ).body
  expect(next.retainedTopics.map(({ topic }) => topic)).not.toContain(first.retainedTopics[0]?.topic)

  const seen: string[] = []
  const looked: number[] = []
  let token: string | undefined
  do {
    const query = new URLSearchParams({ prefix: 'many/', contains: '99', ...(token && { nextToken: token }) })
    const { body: page } = await get<RetainedTopicPage>(`/api/retained-messages?${query}`)
    seen.push(...page.retainedTopics.map(({ topic }) => topic))
    looked.push(page.looked)
    token = page.nextToken
  } while (token !== undefined)
  expect(seen.sort()).toEqual(topics.filter((topic) => topic.slice(5).includes('99')))
  expect(Math.max(...looked)).toBeLessThanOrEqual(2_000)
  const { body } = await get<RetainedTopicPage>('/api/retained-messages?contains=MANY/0007')
  expect(body.retainedTopics).toEqual([
    { topic: 'many/0007', payloadSize: 2, qos: 1, lastModified: expect.any(String) },
  ])
})

test('what is cleared is gone, said to who is subscribed, and an entry with what was there', async () => {
  await retain('clear/json', '{ "b": 1, "b": 2 }')
  await retain('clear/bytes', Uint8Array.from([0xff]))
  await retain('clear/kept', '1')
  await using client = await connectPage(ada, console.url)
  const heard: string[] = []
  client.mqtt.on('message', (topic, payload) => heard.push(`${topic} ${payload.length}`))
  await client.mqtt.subscribeAsync('clear/#', { qos: 1 })
  expect(
    await clear([{ topic: 'clear/json' }, { topic: 'clear/bytes' }, { topic: 'clear/none' }, { topic: 'clear/+' }]),
  ).toEqual([
    { topic: 'clear/json', outcome: 'cleared' },
    { topic: 'clear/bytes', outcome: 'cleared' },
    { topic: 'clear/none', outcome: 'none' },
    { topic: 'clear/+', outcome: 'failed', code: 'BAD_REQUEST', message: 'A topic name cannot contain + or #.' },
  ])
  expect((await get('/api/retained-message?topic=clear/json')).status).toBe(404)
  expect((await get('/api/retained-message?topic=clear/kept')).status).toBe(200)
  await expect.poll(() => heard.sort()).toEqual(['clear/bytes 0', 'clear/json 0'])
  expect(await entriesOf('clear/json')).toMatchObject([
    {
      action: 'ClearRetainedMessage',
      person: { name: 'Ada' },
      outcome: {},
      changes: [{ path: '$.payload', beforeText: '{ "b": 1, "b": 2 }' }],
    },
  ])
  expect(await entriesOf('clear/bytes')).toMatchObject([{ changes: [{ beforeText: '{"base64":"/w=="}' }] }])
  expect(await entriesOf('clear/none')).toEqual([])
  expect(await entriesOf('clear/+')).toMatchObject([{ outcome: { code: 'BAD_REQUEST' } }])
})

test('a message that was published since it was seen is left alone', async () => {
  await retain('since/a', '1')
  const lastModified = new Date(Date.now() - 5_000).toISOString()
  expect(await clear([{ topic: 'since/a', lastModified }])).toEqual([{ topic: 'since/a', outcome: 'changed' }])
  const { body } = await get<RetainedMessage>('/api/retained-message?topic=since/a')
  expect(await clear([{ topic: 'since/a', lastModified: body.lastModified }])).toEqual([
    { topic: 'since/a', outcome: 'cleared' },
  ])
})

test('a viewer clears nothing, and the trail has it', async () => {
  await retain('viewer/a', '1')
  const response = await vera.fetch(`${console.url}/api/retained-messages/clear`, {
    method: 'POST',
    headers: { origin: console.url, 'content-type': 'application/json' },
    body: JSON.stringify({ topics: [{ topic: 'viewer/a' }] }),
  })
  expect(response.status).toBe(403)
  const { body } = await get<AuditPage>('/api/audit?action=ClearRetainedMessage&outcome=refused&person=Vera')
  expect(body.entries).toMatchObject([{ outcome: { status: 403, code: 'ROLE_REQUIRED' } }])
  expect((await get('/api/retained-message?topic=viewer/a')).status).toBe(200)
})
