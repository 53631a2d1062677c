import { cpSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch'
import {
  CreateCommandCommand,
  CreateThingCommand,
  DeleteThingCommand,
  IoTClient,
  ListThingsCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import {
  GetRetainedMessageCommand,
  GetThingShadowCommand,
  IoTDataPlaneClient,
  ListSubscriptionsCommand,
  PublishCommand,
  UpdateThingShadowCommand,
} from '@aws-sdk/client-iot-data-plane'
import { IoTJobsDataPlaneClient, StartCommandExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import {
  AddPermissionCommand,
  CreateAliasCommand,
  DeleteAliasCommand,
  GetAliasCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda'
import fc from 'fast-check'
import type { IClientOptions, MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { type FailingWrites, failingWrites } from './support/failing-writes.ts'
import { FunctionClient } from './support/functions.ts'
import { connectDevice, startDevice } from './support/mqtt-client.ts'
import { republish, ruleMaker } from './support/rules.ts'

const SEED = Number(process.env.FAILING_SEED ?? Date.now() % 1_000_000)
const RUNS = Number(process.env.FAILING_RUNS ?? 5)
const PERSISTENT = { clean: false, properties: { sessionExpiryInterval: 3600 } }
const UNPACED = { storedMessagesPerSecond: Number.POSITIVE_INFINITY }

let writes: FailingWrites
let folder: string
let count = 0

beforeAll(async () => {
  writes = failingWrites()
  folder = await mkdtemp(join(tmpdir(), 'local-failing-'))
})
afterAll(async () => {
  writes[Symbol.dispose]()
  await rm(folder, { recursive: true, force: true })
})

/** A server, and what is known of it. */
interface Known {
  readonly local: Local
  readonly device: DeviceIdentity
  readonly iot: IoTClient
  readonly data: IoTDataPlaneClient
}

/** One write: what it makes of the state, as `[key, value]`; undefined for a key that is gone. */
type Step = [key: string, value: string | undefined, write: (known: Known) => Promise<unknown>]

/** Does something over a connection of its own, which may be refused or closed in place of an answer. */
async function over(
  { local, device }: Known,
  options: IClientOptions,
  act: (mqtt: MqttClient) => Promise<unknown>,
): Promise<void> {
  const mqtt = startDevice(local, device, options)
  mqtt.on('error', () => {}) // 'close' follows
  const closed = Promise.withResolvers<never>()
  mqtt.once('close', () => closed.reject(new Error('The server closed the connection')))
  const answered = act(mqtt)
  answered.catch(() => {}) // as `closed` tells
  try {
    await Promise.race([answered, closed.promise])
    closed.promise.catch(() => {}) // it is closed below
  } finally {
    mqtt.end(true)
  }
}

const publish = (known: Known, topic: string, payload: string, retain = false) =>
  over(known, { clientId: 'publisher' }, (mqtt) => mqtt.publishAsync(topic, payload, { qos: 1, retain }))

const subscribe = (known: Known, filter: string) =>
  over(known, { clientId: 'subscriber', ...PERSISTENT }, (mqtt) => mqtt.subscribeAsync(filter, { qos: 1 }))

const attributes = (index: string) => ({ attributePayload: { attributes: { index } } })
const shadow = (index: number) => Buffer.from(JSON.stringify({ state: { reported: { index } } }))

/** Writes of every kind, some of which stand on those before. */
const STEPS: readonly Step[] = [
  ['thing a', '1', ({ iot }) => iot.send(new CreateThingCommand({ thingName: 'a', ...attributes('1') }))],
  ['message 1', '', (known) => publish(known, 'queue/1', '1')],
  ['shadow', '1', ({ data }) => data.send(new UpdateThingShadowCommand({ thingName: 's', payload: shadow(1) }))],
  ['retained', '1', (known) => publish(known, 'kept', '1', true)],
  [
    'message 2',
    '',
    ({ data }) => data.send(new PublishCommand({ topic: 'queue/2', qos: 1, payload: Buffer.from('2') })),
  ],
  ['subscription x', '', (known) => subscribe(known, 'x')],
  ['thing a', '2', ({ iot }) => iot.send(new UpdateThingCommand({ thingName: 'a', ...attributes('2') }))],
  ['message 3', '', (known) => publish(known, 'queue/1', '3')],
  ['thing b', '1', ({ iot }) => iot.send(new CreateThingCommand({ thingName: 'b', ...attributes('1') }))],
  ['retained', '2', (known) => publish(known, 'kept', '2', true)],
  ['shadow', '2', ({ data }) => data.send(new UpdateThingShadowCommand({ thingName: 's', payload: shadow(2) }))],
  ['subscription y', '', (known) => subscribe(known, 'y')],
  ['thing b', undefined, ({ iot }) => iot.send(new DeleteThingCommand({ thingName: 'b' }))],
  ['message 4', '', (known) => publish(known, 'queue/1', '4')],
  ['thing c', '1', ({ iot }) => iot.send(new CreateThingCommand({ thingName: 'c', ...attributes('1') }))],
]

async function open(data: string): Promise<Local> {
  return startLocal({ data, limits: UNPACED })
}

const clientsOf = ({ sdk }: Local) => ({
  iot: new IoTClient({ ...sdk, maxAttempts: 1 }),
  data: new IoTDataPlaneClient({ ...sdk, maxAttempts: 1 }),
})

/** What the server has, in the words of {@link STEPS}. */
async function stateOf({ local, device, iot, data }: Known): Promise<Map<string, string>> {
  const state = new Map<string, string>()
  for (const { thingName, attributes } of (await iot.send(new ListThingsCommand({}))).things ?? []) {
    state.set(`thing ${thingName}`, attributes?.index ?? '')
  }
  const found = await data.send(new GetThingShadowCommand({ thingName: 's' })).catch(() => undefined)
  if (found) state.set('shadow', String(JSON.parse(Buffer.from(found.payload ?? []).toString()).state.reported.index))
  const kept = await data.send(new GetRetainedMessageCommand({ topic: 'kept' })).catch(() => undefined)
  if (kept) state.set('retained', Buffer.from(kept.payload ?? []).toString())
  const listed = await data.send(new ListSubscriptionsCommand({ clientId: 'subscriber' })).catch(() => undefined)
  for (const { topicFilter } of listed?.subscriptions ?? []) state.set(`subscription ${topicFilter}`, '')
  await using sleeper = await connectDevice(local, device, { clientId: 'sleeper', ...PERSISTENT })
  await sleeper.mqtt.publishAsync('queue/1', 'last', { qos: 1 })
  for (let text = ''; text !== 'last'; ) {
    text = (await sleeper.inbox.take()).text
    if (text !== 'last') state.set(`message ${text}`, '')
  }
  return state
}

/** @returns how many writes there were */
async function runWithFailureAt(n: number): Promise<number> {
  const path = join(folder, String(count++))
  const local = await open(path)
  const device = await makeDevice(local)
  const known: Known = { local, device, ...clientsOf(local) }
  const sleeper = await connectDevice(local, device, { clientId: 'sleeper', ...PERSISTENT })
  await sleeper.mqtt.subscribeAsync('queue/+', { qos: 1 })
  await sleeper.mqtt.endAsync()

  writes.failAt(n)
  const acknowledged = new Map<string, string | undefined>()
  const refused = new Map<string, string | undefined>()
  const later: string[] = []
  for (const [key, value, write] of STEPS) {
    const hadFailed = writes.hasFailed
    try {
      await write(known)
      acknowledged.set(key, value)
    } catch (error) {
      // What comes after it is taken again, unless it stands on what was refused. Where nobody waited for what was lost (an
      // acknowledgement, the end of a session), whoever commits next is told.
      const standsOnRefused = refused.has(key)
      if (hadFailed && !standsOnRefused) later.push(`${key}: ${error}`)
      refused.set(key, value)
    }
  }
  expect(later.length, String(later)).toBeLessThanOrEqual(1)
  const total = writes.count
  writes.failAt(Number.POSITIVE_INFINITY)

  // As after kill -9: the files as they are at this moment.
  const copy = join(folder, String(count++))
  cpSync(path, copy, { recursive: true })
  for (const client of [known.iot, known.data]) client.destroy()
  await local.close()
  const after = await open(copy)
  const reopened: Known = { local: after, device, ...clientsOf(after) }
  const state = await stateOf(reopened)
  for (const [key, value] of acknowledged) {
    if (refused.has(key)) expect([value, refused.get(key)], key).toContain(state.get(key))
    else expect(state.get(key), key).toBe(value)
  }
  for (const client of [reopened.iot, reopened.data]) client.destroy()
  await after.close()
  return total
}

test(`whichever write fails, whoever it concerns is told, and nothing that was acknowledged is lost (FAILING_SEED=${SEED})`, {
  timeout: 60_000 + RUNS * 10_000,
}, async () => {
  const total = await runWithFailureAt(Number.POSITIVE_INFINITY)
  expect(total).toBeGreaterThan(STEPS.length)
  const chosen = fc.sample(fc.integer({ min: 1, max: total }), { numRuns: RUNS, seed: SEED })
  for (const n of new Set(chosen)) {
    await runWithFailureAt(n).catch((error: unknown) => {
      throw new Error(`where write ${n} of ${total} fails`, { cause: error })
    })
  }
})

test('that a client left is told, also where it could not be written', async () => {
  await using local = await startLocal()
  const device = await makeDevice(local)
  await using follower = await connectDevice(local, device, { clientId: 'follower' })
  await follower.mqtt.subscribeAsync('$aws/events/presence/disconnected/#', { qos: 1 })
  const leaver = await connectDevice(local, device, { clientId: 'leaver' })
  writes.failAt(1)
  await leaver.mqtt.endAsync()
  expect((await follower.inbox.take()).topic).toBe('$aws/events/presence/disconnected/leaver')
  expect(writes.hasFailed).toBe(true)
  writes.failAt(Number.POSITIVE_INFINITY)
})

test('a call that is refused as a write fails leaves nothing half-made', async () => {
  await using local = await startLocal()
  using functions = new FunctionClient(local)
  const lambda = new LambdaClient({ ...local.sdk, maxAttempts: 1 })
  const cloudwatch = new CloudWatchClient({ ...local.sdk, maxAttempts: 1 })
  const alias = { FunctionName: 'f', Name: 'live' }
  const alarm = { AlarmName: 'child', Namespace: 'n', MetricName: 'm', Period: 60, Statistic: 'Sum' } as const
  const bound = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' } as const
  await functions.create('f', 'export const handler = () => 1')
  await cloudwatch.send(new PutMetricAlarmCommand({ ...alarm, ...bound }))
  await cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName: 'parent', AlarmRule: 'ALARM(child)' }))
  const setState = (StateValue: 'OK' | 'ALARM') =>
    cloudwatch.send(new SetAlarmStateCommand({ AlarmName: 'child', StateValue, StateReason: 'r' }))

  const cases: Record<
    string,
    { make: () => Promise<void>; act: () => Promise<unknown>; isDone: () => Promise<boolean> }
  > = {
    // An alias that comes later must not have what an earlier one was permitted.
    'an alias and its policy': {
      make: async () => {
        await lambda.send(new CreateAliasCommand({ ...alias, FunctionVersion: '$LATEST' })).catch(() => {})
        const StatementId = 's'
        const permission = { StatementId, Action: 'lambda:InvokeFunction', Principal: 'iot.amazonaws.com' }
        await lambda
          .send(new AddPermissionCommand({ FunctionName: 'f', Qualifier: 'live', ...permission }))
          .catch(() => {})
      },
      act: () => lambda.send(new DeleteAliasCommand(alias)),
      isDone: () =>
        lambda.send(new GetAliasCommand(alias)).then(
          () => false,
          () => true,
        ),
    },
    'a state and its history': {
      make: async () => void (await setState('OK')),
      act: () => setState('ALARM'),
      isDone: async () => {
        const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: ['child'] }))
        return MetricAlarms[0]?.StateValue === 'ALARM'
      },
    },
  }
  for (const [name, { make, act, isDone }] of Object.entries(cases)) {
    for (let n = 1; ; n += 1) {
      await make()
      writes.failAt(n)
      const isRefused = await act().then(
        () => false,
        () => true,
      )
      const { hasFailed } = writes
      writes.failAt(Number.POSITIVE_INFINITY)
      expect({ name, n, isDone: await isDone() }).toEqual({ name, n, isDone: !isRefused })
      if (!hasFailed) break
    }
  }
  for (const client of [lambda, cloudwatch]) client.destroy()
})

test('a command that is asked for again, as a write failed, reaches its device, and once', async () => {
  await using local = await startLocal({ limits: UNPACED })
  const device = await makeDevice(local)
  const iot = new IoTClient(local.sdk)
  const jobs = new IoTJobsDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
  const payload = { content: Buffer.from('x') }
  const { commandArn } = await iot.send(new CreateCommandCommand({ commandId: 'c', payload }))
  const targetArn = 'arn:aws:iot:us-east-1:123456789012:client/sleeper'
  const connect = () => connectDevice(local, device, { clientId: 'sleeper', ...PERSISTENT })
  const first = await connect()
  await first.mqtt.subscribeAsync(['$aws/commands/clients/sleeper/executions/+/request', 'last'], { qos: 1 })
  await first.mqtt.endAsync()
  for (let n = 1; ; n += 1) {
    const asked = { commandArn, targetArn, executionTimeoutSeconds: 3_600, clientToken: `token-${n}` }
    const start = () => jobs.send(new StartCommandExecutionCommand(asked))
    writes.failAt(n)
    await start().catch(() => {}) // it is asked for again
    const { hasFailed } = writes
    writes.failAt(Number.POSITIVE_INFINITY)
    const { executionId } = await start()
    const awake = await connect().catch(connect) // whoever commits next is told of what was lost
    await awake.mqtt.publishAsync('last', '', { qos: 1 })
    const topics = [(await awake.inbox.take()).topic]
    while (topics.at(-1) !== 'last') topics.push((await awake.inbox.take()).topic)
    expect({ n, topics }).toEqual({
      n,
      topics: [`$aws/commands/clients/sleeper/executions/${executionId}/request`, 'last'],
    })
    await awake.mqtt.endAsync()
    if (!hasFailed) break
  }
  for (const client of [iot, jobs]) client.destroy()
})

test('neither who is connected nor a rule hears of a change that is not kept', async () => {
  await using local = await startLocal()
  const device = await makeDevice(local)
  const data = new IoTDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
  const iot = new IoTClient(local.sdk)
  const accepted = '$aws/things/s/shadow/update/accepted'
  const rule = ruleMaker(() => iot)
  await rule(`SELECT * FROM '${accepted}'`, [republish('rule/accepted')])
  await rule("SELECT * FROM 'last'", [republish('rule/last')])
  await using ruled = await connectDevice(local, device, { clientId: 'ruled' })
  await ruled.mqtt.subscribeAsync('rule/+', { qos: 1 })
  const ruledOn = (topic: string) => ruled.inbox.take((message) => message.topic === topic)
  for (let n = 1; ; n += 1) {
    await using follower = await connectDevice(local, device, { clientId: 'follower' })
    await follower.mqtt.subscribeAsync([accepted, 'last'], { qos: 1 })
    const told: string[] = []
    const isOver = new Promise<void>((resolve) => {
      follower.mqtt.on('message', (topic) => (topic === 'last' ? resolve() : void told.push(topic)))
      follower.mqtt.on('close', resolve) // as where it cannot be told what is true
    })
    writes.failAt(n)
    const isRefused = await data.send(new UpdateThingShadowCommand({ thingName: 's', payload: shadow(n) })).then(
      () => false,
      () => true,
    )
    const { hasFailed } = writes
    writes.failAt(Number.POSITIVE_INFINITY)
    await data.send(new PublishCommand({ topic: 'last', qos: 1 }))
    await isOver
    expect({ n, told }).toEqual({ n, told: isRefused ? [] : [accepted] })
    await ruledOn('rule/last')
    if (!isRefused) await ruledOn('rule/accepted')
    expect({ n, rest: ruled.inbox.rest.map(({ topic }) => topic) }).toEqual({ n, rest: [] })
    if (!hasFailed) break
  }
  for (const client of [iot, data]) client.destroy()
})

test('events that waited for the next server go on with it, also where its first write fails', async () => {
  const path = join(folder, String(count++))
  const begun = join(folder, 'begun')
  const hasBegun = (times: number) =>
    vi.waitFor(() => expect(readFileSync(begun, 'utf8')).toHaveLength(times), { timeout: 100_000, interval: 50 })
  const first = await open(path)
  using functions = new FunctionClient(first)
  const body = `appendFileSync(${JSON.stringify(begun)}, 'x'); await new Promise((done) => setTimeout(done, 900_000))`
  await functions.create(
    'waits',
    `import { appendFileSync } from 'node:fs'; export const handler = async () => { ${body} }`,
    { Timeout: 900 },
  )
  await functions.invoke('waits', {}, { InvocationType: 'Event' })
  await hasBegun(1)
  await first.close()
  await using _second = await open(path)
  writes.failAt(1)
  await hasBegun(2)
  expect(writes.hasFailed).toBe(true)
  writes.failAt(Number.POSITIVE_INFINITY)
})
