import { once } from 'node:events'
import { Agent, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  AttachPolicyCommand,
  CreatePolicyVersionCommand,
  IoTClient,
  ListPoliciesCommand,
  ListThingsCommand,
  UpdateThingCommand,
} from '@aws-sdk/client-iot'
import { IoTJobsDataPlaneClient, StartCommandExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import { expect, onTestFinished, test } from 'vitest'
import { readApiRates } from './api-rates.ts'
import { doFor } from './caller.ts'
import { CallGovernor } from './govern.ts'
import { OwnTokenBuckets } from './token-buckets.ts'

/** A clock that stands until it is moved; what is due then happens in its order. */
function heldClock() {
  let nowMs = 1_000_000
  const due: { readonly atMs: number; readonly action: () => void }[] = []
  return {
    nowMs: () => nowMs,
    after: (delayMs: number, action: () => void) => void due.push({ atMs: nowMs + delayMs, action }),
    /** Of what waits for it, the first. */
    moveToNext() {
      due.sort((one, other) => one.atMs - other.atMs)
      const next = due.shift()
      if (next) nowMs = Math.max(nowMs, next.atMs)
      next?.action()
    },
    move(byMs: number) {
      nowMs += byMs
    },
  }
}

interface Answer {
  readonly status: number
  readonly error?: string
  readonly message?: string
}
const OK: Answer = { status: 200 }

/** An endpoint that counts calls, and answers as it is told: with the last answer over and over. */
async function startEndpoint(answers: readonly Answer[] = [OK], rates = 'off') {
  const calls: string[] = []
  const server = createServer((request, response) => {
    const { status, error, message } = answers[Math.min(calls.length, answers.length - 1)] ?? OK
    calls.push(`${request.method} ${request.url}`)
    response.writeHead(status, { 'content-type': 'application/json', ...(error && { 'x-amzn-errortype': error }) })
    response.end(JSON.stringify({ message }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const clock = heldClock()
  const governor = new CallGovernor({
    clock,
    rates: readApiRates(rates) ?? (() => undefined),
    buckets: new OwnTokenBuckets(clock),
  })
  const options = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on a port
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    // By one connection, answers come in the order of the calls.
    requestHandler: { httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }) },
  }
  const iot = governor.govern(new IoTClient(options))
  const jobsData = governor.govern(new IoTJobsDataPlaneClient(options))
  onTestFinished(() => {
    iot.destroy()
    jobsData.destroy()
    server.close()
  })
  return { iot, jobsData, calls, clock }
}

const person = (id: string | number) => ({ personId: `person-${id}`, isAnswered: false })

/**
 * What so many people cost in twelve rounds who read the same list over and over, not all at the same moment. That there
 * are many, and at which pace, is known once each has read it twice.
 */
async function callsOf(people: number, everyMs: number): Promise<number> {
  const { iot, calls, clock } = await startEndpoint()
  const readings = Array.from({ length: people * 14 }, (_, index) => ({
    id: index % people,
    atMs: Math.floor(index / people) * everyMs + ((index % people) * everyMs) / people,
  }))
  let atMs = 0
  let callsBefore = 0
  for (const [index, reading] of readings.entries()) {
    if (index === 2 * people) callsBefore = calls.length
    clock.move(reading.atMs - atMs)
    atMs = reading.atMs
    await doFor(person(reading.id), () => iot.send(new ListThingsCommand({ maxResults: 25 })))
  }
  return calls.length - callsBefore
}

// As jobs, the overview and metrics are read.
test.each([5_000, 15_000, 60_000])(
  '100 operators who poll every %i ms cost AWS no more calls than 5',
  async (everyMs) => {
    const ofFew = await callsOf(5, everyMs)
    expect(ofFew).toBe(60)
    expect(await callsOf(100, everyMs)).toBeLessThanOrEqual(ofFew)
  },
)

test('who reads it for the first time, or anew within seconds, is not given an answer that is older than a second', async () => {
  const { iot, calls, clock } = await startEndpoint()
  const read = (id: number) => doFor(person(id), () => iot.send(new ListThingsCommand({})))
  for (const id of [1, 2, 3, 4, 5, 6]) await read(id)
  const before = calls.length
  clock.move(999)
  await read(7)
  expect(calls).toHaveLength(before)
  clock.move(1)
  await read(8)
  await read(7)
  expect(calls).toHaveLength(before + 1)
  clock.move(4_000)
  await read(7)
  expect(calls).toHaveLength(before + 2)
})

test('who looks out of their pace, because of something, is not given an answer that is older than a second', async () => {
  const { iot, calls, clock } = await startEndpoint()
  const readAfter = async (waitMs: number, id: number) => {
    clock.move(waitMs)
    await doFor(person(id), () => iot.send(new ListThingsCommand({})))
    return calls.length
  }
  for (let round = 0; round < 3; round += 1) for (const id of [1, 2, 3, 4, 5, 6]) await readAfter(10_000, id)
  await readAfter(10_000, 1)
  const before = await readAfter(10_000, 2)
  expect(await readAfter(5_000, 4)).toBe(before + 1)
  expect(await readAfter(5_000, 3)).toBe(before + 1)
})

test('what is read in order to write is asked of AWS, whatever others were told', async () => {
  const { iot, calls } = await startEndpoint()
  const list = () => iot.send(new ListThingsCommand({}))
  for (const id of [1, 2, 3, 4, 5, 6, 7]) await doFor(person(id), list)
  expect(calls).toHaveLength(5)
  const writing = { ...person(7), isWriting: true }
  await Promise.all([doFor(writing, list), doFor(writing, list)])
  expect(calls).toHaveLength(7)
})

test('people who ask for the same at once share one call; who asks for something else, or after a write, has their own', async () => {
  const { iot, calls } = await startEndpoint()
  const list = (id: number, maxResults = 25) => doFor(person(id), () => iot.send(new ListThingsCommand({ maxResults })))
  await Promise.all([list(1), list(2), list(3), list(1, 50)])
  expect(calls).toHaveLength(2)
  const before = list(1)
  await iot.send(new AttachPolicyCommand({ policyName: 'p', target: 't' }))
  await Promise.all([before, list(2)])
  expect(calls).toHaveLength(5)
})

test('what one API of AWS IoT has written is not told as it was before by another one', async () => {
  const { iot, jobsData, calls } = await startEndpoint()
  const list = (id: number) => doFor(person(id), () => iot.send(new ListThingsCommand({})))
  for (const id of [1, 2, 3, 4, 5, 6]) await list(id)
  const before = calls.length
  await list(7)
  expect(calls).toHaveLength(before)
  await jobsData.send(new StartCommandExecutionCommand({ commandArn: 'c', targetArn: 't' }))
  await list(7)
  expect(calls).toHaveLength(before + 2)
})

test('background work has calls of its own, and nobody else is given what it was answered', async () => {
  const { iot, calls } = await startEndpoint()
  const list = () => iot.send(new ListThingsCommand({}))
  await Promise.all([list(), list(), doFor(person(1), list), doFor({ ...person(2), isAnswered: true }, list)])
  expect(calls).toHaveLength(4)
})

test('who left while others waited for the same keeps it from nobody', async () => {
  const { iot, calls } = await startEndpoint()
  const leaving = new AbortController()
  const first = doFor(person(1), () => iot.send(new ListThingsCommand({}), { abortSignal: leaving.signal }))
  const second = doFor(person(2), () => iot.send(new ListThingsCommand({})))
  leaving.abort()
  await expect(first).rejects.toMatchObject({ name: 'AbortError' })
  await second
  expect(calls.length).toBeLessThanOrEqual(2)
})

test('no more calls of an operation begin in a second than AWS takes; people are served in turn, and before background work', async () => {
  const { iot, clock } = await startEndpoint([OK], 'ListPolicies=2')
  const served: string[] = []
  // Each of them asks for something else, so that nothing is shared.
  const ask = (who: string, marker: string) => {
    const call = async () => {
      await iot.send(new ListPoliciesCommand({ marker }))
      served.push(who)
    }
    return who === 'background' ? call() : doFor(person(who), call)
  }
  const all = Promise.all([
    ...['1', '2', '3'].map((marker) => ask('background', marker)),
    ...['4', '5', '6', '7'].map((marker) => ask('ada', marker)),
    ask('vera', '8'),
  ])
  const order: string[] = []
  while (served.length < 8) {
    const before = served.length
    clock.moveToNext()
    await new Promise((resolve) => setImmediate(resolve))
    order.push(...served.slice(before))
  }
  await all
  expect(order.indexOf('vera')).toBeLessThan(order.lastIndexOf('ada'))
  expect(order.slice(-2)).toEqual(['background', 'background'])
  expect(clock.nowMs() - 1_000_000).toBeGreaterThanOrEqual(((8 - 2) / 2) * 1_000)
})

const VERSION = new CreatePolicyVersionCommand({ policyName: 'p', policyDocument: '{}' })
const THING = new UpdateThingCommand({ thingName: 't', attributePayload: { attributes: { a: 'b' } } })
const THING_OF_VERSION = new UpdateThingCommand({ ...THING.input, expectedVersion: 3 })

test.for([
  ['a read', new ListThingsCommand({}), { status: 503, error: 'ServiceUnavailableException' }, 2],
  ['a write that may be done twice', THING, { status: 500, error: 'InternalFailureException' }, 2],
  ['a write of a version', THING_OF_VERSION, { status: 500, error: 'InternalFailureException' }, 1],
  ['a write that makes something', VERSION, { status: 500, error: 'InternalFailureException' }, 1],
  ['any call that was throttled', VERSION, { status: 429, error: 'ThrottlingException', message: 'Rate exceeded' }, 2],
  ['what there is no room for', VERSION, { status: 410, error: 'LimitExceededException', message: 'Too many' }, 1],
  ['a refusal', new ListThingsCommand({}), { status: 403, error: 'UnauthorizedException' }, 1],
] as const)('%s is tried again, or not', async ([, command, failure, attempts]) => {
  const { iot, calls } = await startEndpoint([failure, OK])
  const send = (): Promise<unknown> => {
    if (command instanceof ListThingsCommand) return iot.send(command)
    return command instanceof UpdateThingCommand ? iot.send(command) : iot.send(command)
  }
  if (attempts === 1) await expect(send()).rejects.toMatchObject({ name: failure.error })
  else await send()
  expect(calls).toHaveLength(attempts)
})

test('rates are AWS’s, those that are named, or none', () => {
  const rate = (text: string | undefined, operation: string) => readApiRates(text)?.('IoT', operation)
  expect(rate(undefined, 'DescribeThing')).toBe(350)
  expect(rate(undefined, 'ListThings')).toBe(10)
  expect(rate('ListThings=20, SearchIndex=1.5', 'ListThings')).toBe(20)
  expect(rate('ListThings=20, SearchIndex=1.5', 'SearchIndex')).toBe(1.5)
  expect(rate('ListThings=20', 'DescribeThing')).toBe(350)
  expect(rate('off', 'ListThings')).toBeUndefined()
  for (const wrong of [
    'on',
    'ListThings',
    'ListThings=',
    'ListThings=0',
    'ListThings=-1',
    'ListThings=1;SearchIndex=2',
  ]) {
    expect(readApiRates(wrong)).toBeUndefined()
  }
})
