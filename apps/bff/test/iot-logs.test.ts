import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { IoTClient, SetV2LoggingOptionsCommand } from '@aws-sdk/client-iot'
import type { IotLogCriteria, IotLogEntry, IotLogPage } from '@thingdeck/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { meets } from '../src/aws/iot-logs/criteria.ts'
import { createIotLogs } from '../src/aws/iot-logs/iot-logs.ts'
import { parseIotLogEntry } from '../src/aws/iot-logs/parse-entry.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'
import { logEntry, openLogGroup } from './log-entries.ts'

let console: TestConsole
const vera = new Browser()
const startMs = Date.now() - 3_600_000

/** Signs that a pattern may read otherwise, and names that contain each other. */
const NAMES = ['pump-7', 'pump-70', 'a"b', 'a\\b', 'a*b', 'ab', 'ü', '%x%', 'a b', '{$.a}']
const EVENTS = Array.from({ length: 300 }, (_, index) => {
  const clientId = NAMES[index % NAMES.length]
  const atMs = startMs + index * 1_000
  if (index % 50 === 49) return { atMs, message: `a line of text about ${clientId}` }
  const eventType = ['Connect', 'Publish-In', 'Disconnect'][index % 3]
  const failed = index % 7 === 0 && { logLevel: 'ERROR', status: 'Failure', reason: 'AUTHORIZATION_FAILURE' }
  const topicName = index % 3 === 1 ? { topicName: `dt/${clientId}/t` } : {}
  return { atMs, message: logEntry(atMs, { eventType, protocol: 'MQTT', ...topicName, clientId, ...failed }) }
})

beforeAll(async () => {
  console = await startConsole()
  await signIn(vera, console.url, 'vera')
})
afterAll(async () => console[Symbol.asyncDispose]())

async function read(query: Readonly<Record<string, string>>) {
  const range = { from: new Date(startMs).toISOString(), to: new Date(startMs + 3_600_000).toISOString() }
  const response = await vera.fetch(`${console.url}/api/iot-logs?${new URLSearchParams({ ...range, ...query })}`)
  const body: IotLogPage & { detail?: string } = JSON.parse(await response.text())
  return { status: response.status, body }
}

test('that nothing was logged so far is an outcome', async () => {
  const { status, body } = await read({})
  expect(status).toBe(200)
  expect(['no-log-group', 'logging-off']).toContain(body.outcome)
  const { put } = await openLogGroup(console)
  await put(EVENTS)
})

test('newest first, and older ones by token, each once', async () => {
  const all: IotLogEntry[] = []
  let nextToken: string | undefined
  do {
    const { body } = await read({ maxResults: '70', ...(nextToken && { nextToken }) })
    expect(body.outcome).toBe('entries')
    all.push(...body.entries)
    nextToken = body.nextToken
  } while (nextToken)
  expect(all.map(({ message }) => message)).toEqual(EVENTS.map(({ message }) => message).toReversed())
  const oldest = await read({ order: 'oldest', maxResults: '1' })
  expect(oldest.body.entries[0]?.message).toBe(EVENTS[0]?.message)
})

test('a pattern leaves out nothing that is meant, whatever is in a name', async () => {
  const client = new CloudWatchLogsClient(console.sdk)
  const iotLogs = createIotLogs(client, new IoTClient(console.sdk), fastClock())
  const entries = EVENTS.map((event) => parseIotLogEntry({ timestamp: event.atMs, message: event.message }))
  const name = fc.constantFrom(...NAMES)
  const criteria: fc.Arbitrary<IotLogCriteria> = fc.record(
    {
      clientId: name,
      thingName: name,
      topic: fc.oneof(
        name.map((each) => `dt/${each}/t`),
        fc.constantFrom('dt/+/t', 'dt/#', '#'),
      ),
      reason: fc.constant('AUTHORIZATION_FAILURE'),
      eventTypes: fc.subarray(['Connect', 'Publish-In', 'Other'], { minLength: 1 }),
      levels: fc.subarray(['INFO' as const, 'ERROR' as const], { minLength: 1 }),
      status: fc.constantFrom('Success' as const, 'Failure' as const),
      text: fc.oneof(name, fc.constant('line of text')),
    },
    { requiredKeys: [] },
  )
  await fc.assert(
    fc.asyncProperty(criteria, async (meant) => {
      const found = await iotLogs.read({ criteria: meant, fromMs: startMs, toMs: Date.now(), limit: 500 })
      const expected = entries.filter((entry) => meets(entry, meant))
      expect(found.entries.map(({ message }) => message).toReversed()).toEqual(expected.map(({ message }) => message))
    }),
    { numRuns: 60 },
  )
})

/** Each turn is at once: what is paced is tested where time is held. */
const fastClock = () => {
  let nowMs = 0
  return {
    nowMs: () => nowMs,
    after: (delayMs: number, action: () => void) => {
      nowMs += delayMs
      action()
    },
  }
}

test('several kinds are several members of the query', async () => {
  const response = await vera.fetch(
    `${console.url}/api/iot-logs?from=${new Date(startMs).toISOString()}&to=${new Date().toISOString()}&eventTypes=Connect&eventTypes=Disconnect&maxResults=300`,
  )
  const { entries }: IotLogPage = JSON.parse(await response.text())
  expect(new Set(entries.map(({ eventType }) => eventType))).toEqual(new Set(['Connect', 'Disconnect']))
})

test.each([
  [{ from: '2030-01-01T00:00:00Z' }, 'from is later than to'],
  [{ levels: 'LOUD' }, 'levels'],
  [{ logGroupName: 'a b' }, 'logGroupName'],
  [{ logGroupName: '/aws/lambda/somebody-elses' }, 'no event type of AWS IoT'],
  [{ maxResults: '501' }, 'maxResults'],
])('%j is refused, by name', async (query, word) => {
  const { status, body } = await read({ ...query })
  expect(status).toBe(400)
  expect(body.detail).toContain(word)
})

test('a log group that event types are sent to is read, too', async () => {
  await new IoTClient(console.sdk).send(
    new SetV2LoggingOptionsCommand({
      roleArn: 'arn:aws:iam::123456789012:role/iot-logging',
      defaultLogLevel: 'ERROR',
      eventConfigurations: [{ eventType: 'Connect', logLevel: 'INFO', logDestination: 'connects' }],
    }),
  )
  const { put } = await openLogGroup(console, 'connects')
  await put([{ atMs: startMs, message: logEntry(startMs, { eventType: 'Connect', clientId: 'apart' }) }])
  const { body } = await read({ logGroupName: 'connects' })
  expect(body.entries.map(({ clientId }) => clientId)).toEqual(['apart'])
})

class Throttled extends Error {
  override readonly name = 'ThrottlingException'
}

/** A client that answers as it is told, in order. */
function clientOf(answers: readonly (Error | { events?: object[]; nextToken?: string })[]) {
  const client = new CloudWatchLogsClient({ region: 'us-east-1' })
  const asked: FilterLogEventsCommandInput[] = []
  client.middlewareStack.add(
    () => async (args) => {
      asked.push(args.input as FilterLogEventsCommandInput) // the one command that is sent
      const answer = answers[asked.length - 1]
      if (answer === undefined) throw new Error('asked too often')
      if (answer instanceof Error) throw answer
      return { output: { $metadata: {}, ...answer }, response: {} }
    },
    { step: 'initialize', priority: 'high' },
  )
  return { client, asked }
}

test('what is throttled is asked again, and the answer says how often', async () => {
  const { client, asked } = clientOf([new Throttled('Rate exceeded'), new Throttled('Rate exceeded'), { events: [] }])
  const iotLogs = createIotLogs(client, new IoTClient(console.sdk), fastClock())
  expect(await iotLogs.read({ fromMs: 0, toMs: 1, limit: 5 })).toEqual({
    outcome: 'entries',
    entries: [],
    throttled: 2,
  })
  expect(asked).toHaveLength(3)
})

test('empty pages are followed, within a bound', async () => {
  const empty = Array.from({ length: 40 }, (_, index) => ({ events: [], nextToken: `t${index}` }))
  const { client, asked } = clientOf(empty)
  const iotLogs = createIotLogs(client, new IoTClient(console.sdk), fastClock())
  const page = await iotLogs.read({ fromMs: 0, toMs: 1, limit: 5 })
  expect(page.entries).toEqual([])
  expect(page.nextToken).toBe(`t${asked.length - 1}`)
  expect(asked.length).toBeGreaterThan(1)
  expect(asked.length).toBeLessThan(20)
})

test('that the console may not read it is an outcome, in the words of AWS', async () => {
  const denied = Object.assign(new Error('not authorized to perform: logs:FilterLogEvents'), {
    name: 'AccessDeniedException',
  })
  const { client } = clientOf([denied])
  const iotLogs = createIotLogs(client, new IoTClient(console.sdk), fastClock())
  expect(await iotLogs.read({ fromMs: 0, toMs: 1, limit: 5 })).toMatchObject({
    outcome: 'not-allowed',
    message: denied.message,
  })
})

test('a caller who leaves ends the read', async () => {
  const client = new CloudWatchLogsClient(console.sdk)
  const waits: FilterLogEventsCommand[] = []
  client.middlewareStack.add(() => () => new Promise(() => waits.push(new FilterLogEventsCommand({}))), {
    step: 'initialize',
  })
  const leaving = new AbortController()
  const iotLogs = createIotLogs(client, new IoTClient(console.sdk), fastClock())
  const answer = iotLogs.read({ fromMs: 0, toMs: 1, limit: 5 }, leaving.signal)
  leaving.abort(new Error('gone'))
  await expect(answer).rejects.toThrow('gone')
})
