import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  PutLogEventsCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { Database } from '../src/foundation/database.ts'
import { LOG_SINK_WAITING_BYTES, type LogSink, type LostLogEntries } from '../src/foundation/log-sink.ts'
import { type Local, startLocal } from '../src/index.ts'
import { LogStore } from '../src/services/cloudwatch-logs/log-store.ts'
import { setDiskRoom } from './support/disk-room.ts'
import { startWithServices } from './support/local-with-services.ts'

const GROUP = 'AWSIotLogsV2'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'local-logs-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

function clientOf({ sdk }: Pick<Local, 'sdk'>): CloudWatchLogsClient {
  const client = new CloudWatchLogsClient({ ...sdk, maxAttempts: 1 })
  onTestFinished(() => client.destroy())
  return client
}

async function makeStream(logs: CloudWatchLogsClient, logGroupName: string, logStreamName = 's') {
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  return { logGroupName, logStreamName }
}

/** All messages that a search finds, over all its pages. */
async function found(client: CloudWatchLogsClient, input: FilterLogEventsCommandInput, pageSize?: number) {
  const messages: string[] = []
  for await (const { events = [] } of paginateFilterLogEvents({ client, ...(pageSize && { pageSize }) }, input)) {
    messages.push(...events.map(({ message = '' }) => message))
  }
  return messages
}

/** A server whose log entries the test writes. */
async function startWithSink(config: Parameters<typeof startWithServices>[1] = {}) {
  let sink: LogSink | undefined
  const local = await startWithServices(
    [
      ({ logs }) => {
        sink = logs
        return { name: 'writer' }
      },
    ],
    config,
  )
  if (!sink) throw new Error('services are made with a sink')
  return { local, sink, logs: clientOf(local) }
}

test('what was written is there after the end of the server, in a file of its own that is made when it is needed', async () => {
  {
    await using local = await startLocal({ data: folder })
    expect(existsSync(join(folder, 'logs.db'))).toBe(false)
    const logs = clientOf(local)
    const stream = await makeStream(logs, 'kept')
    const logEvents = [{ timestamp: Date.now(), message: 'm' }]
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents }))
  }
  expect(existsSync(join(folder, 'logs.db.seal'))).toBe(true) // closed in order
  await using local = await startLocal({ data: folder })
  expect(await found(clientOf(local), { logGroupName: 'kept' })).toEqual(['m'])
})

test('the server’s own entries go to a group that is made for them, and readers see what was written before they asked', async () => {
  const { local, sink, logs } = await startWithSink()
  await using _ = local
  const timestamp = Date.now()
  // All of one millisecond: the order is that of writing, however many there are.
  const messages = Array.from({ length: 12_000 }, (_, index) => `${index}`)
  for (const message of messages) sink.write(GROUP, [{ timestamp, message }])
  expect(await found(logs, { logGroupName: GROUP })).toEqual(messages)
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}))
  expect(logGroups).toMatchObject([{ logGroupName: GROUP, retentionInDays: 30 }])
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP }))
  expect(logStreams).toMatchObject([
    { logStreamName: expect.stringMatching(/^[0-9a-f-]{36}_123456789012_0$/), lastEventTimestamp: timestamp },
  ])
  await logs.send(new DeleteLogGroupCommand({ logGroupName: GROUP }))
  sink.write(GROUP, [{ timestamp, message: 'after' }])
  expect(await found(logs, { logGroupName: GROUP })).toEqual(['after'])
  expect(sink.lostEntries).toBe(0)
})

test('more than may wait is dropped, told and counted; the rest is written', async () => {
  const { local, sink, logs } = await startWithSink()
  await using _ = local
  const told: LostLogEntries[] = []
  sink.lost.subscribe((lost) => told.push(lost))
  const message = 'x'.repeat(1024 * 1024 - 26)
  const fitting = Math.floor(LOG_SINK_WAITING_BYTES / message.length)
  const entries = Array.from({ length: fitting + 3 }, () => ({ timestamp: Date.now(), message }))
  sink.write('large', entries)
  expect(await found(logs, { logGroupName: 'large' })).toHaveLength(fitting)
  expect(told).toEqual([{ logGroupName: 'large', entries: 3, reason: 'throttled' }])
  expect(sink.lostEntries).toBe(3)
  sink.write('large', entries.slice(0, 1)) // there is room again
  expect(await found(logs, { logGroupName: 'large' })).toHaveLength(fitting + 1)
})

test('a reset empties the store, and what waited to be written is gone with it', async () => {
  const { local, sink, logs } = await startWithSink({ data: folder })
  await using _ = local
  sink.write(GROUP, [{ timestamp: Date.now(), message: 'before' }])
  await found(logs, { logGroupName: GROUP })
  sink.write(GROUP, [{ timestamp: Date.now(), message: 'waits' }])
  local.server.reset()
  expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
})

test('logs that an earlier release kept in the account’s database are carried over', async () => {
  {
    await using _ = await startLocal({ data: folder })
  }
  const account = new Database(join(folder, 'account.db'))
  account.migrate('cloudwatch-logs', [
    `CREATE TABLE log_groups (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, created_ms INTEGER NOT NULL,
       retention_days INTEGER, tags TEXT NOT NULL, stored_bytes INTEGER NOT NULL DEFAULT 0) STRICT;
     CREATE TABLE log_streams (id INTEGER PRIMARY KEY AUTOINCREMENT,
       group_id INTEGER NOT NULL REFERENCES log_groups (id) ON DELETE CASCADE, name TEXT NOT NULL,
       created_ms INTEGER NOT NULL, first_event_ms INTEGER, last_event_ms INTEGER, last_ingestion_ms INTEGER,
       UNIQUE (group_id, name)) STRICT;
     CREATE TABLE log_events (id INTEGER PRIMARY KEY AUTOINCREMENT, group_id INTEGER NOT NULL,
       stream_id INTEGER NOT NULL REFERENCES log_streams (id) ON DELETE CASCADE, at_ms INTEGER NOT NULL,
       ingested_ms INTEGER NOT NULL, message TEXT NOT NULL, bytes INTEGER NOT NULL) STRICT;`,
  ])
  const now = Date.now()
  account.run('INSERT INTO log_groups VALUES (7, \'old\', ?, 14, \'{"site":"north"}\', 54)', now)
  account.run("INSERT INTO log_streams VALUES (3, 7, 's', ?, ?, ?, ?)", now, now, now, now)
  for (const message of ['a', 'b'])
    account.run('INSERT INTO log_events VALUES (NULL, 7, 3, ?, ?, ?, 27)', now, now, message)
  account.close()
  for (let start = 0; start < 2; start += 1) {
    await using local = await startLocal({ data: folder })
    const logs = clientOf(local)
    expect(await found(logs, { logGroupName: 'old' })).toEqual(['a', 'b'])
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}))
    expect(logGroups).toMatchObject([{ logGroupName: 'old', retentionInDays: 14, storedBytes: 54 }])
    await logs.send(new DeleteLogStreamCommand({ logGroupName: 'old', logStreamName: 's' }))
    await logs.send(new CreateLogStreamCommand({ logGroupName: 'old', logStreamName: 's' }))
    const logEvents = ['a', 'b'].map((message) => ({ timestamp: now, message }))
    await logs.send(new PutLogEventsCommand({ logGroupName: 'old', logStreamName: 's', logEvents }))
  }
})

test('a damaged store keeps nothing else from working, and every call says what is wrong with it', async () => {
  await writeFile(join(folder, 'logs.db'), 'this is no database, '.repeat(300))
  await using local = await startLocal({ data: folder })
  const logs = clientOf(local)
  for (let call = 0; call < 2; call += 1) {
    await expect(logs.send(new DescribeLogGroupsCommand({}))).rejects.toMatchObject({
      name: 'ServiceUnavailableException',
      message: expect.stringMatching(/logs\.db is damaged: file is not a database/),
    })
  }
})

test('events that a full disk does not take are refused as what may be taken later, and then are', async () => {
  await using local = await startLocal({ data: folder })
  const logs = clientOf(local)
  const stream = await makeStream(logs, 'g')
  const put = (message: string) =>
    logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message }] }))
  if (setDiskRoom(process.pid, 'none')) {
    const refused = await put('refused').catch((error: unknown) => error)
    setDiskRoom(process.pid, 'all')
    expect(refused).toMatchObject({ name: 'ServiceUnavailableException', message: expect.stringContaining('disk') })
  }
  await put('taken')
  expect(await found(logs, { logGroupName: 'g' })).toEqual(['taken'])
})

test('a search gives others their turn, and ends when nobody waits for it any more', async () => {
  const store = new LogStore({
    account: { id: '123456789012', region: 'us-east-1' },
    clock: Date.now,
    log: pino({ level: 'silent' }),
    path: ':memory:',
    maxBytes: 2 ** 28,
    logStreamName: 's',
    onWritten: () => {},
  })
  onTestFinished(() => store.close())
  const [timestamps, messages] = [Array.from({ length: 20_000 }, () => 1_000), Array(20_000).fill('m')]
  store.write({ logGroupName: 'long', timestamps, messages, size: 20_000 })
  const ended: string[] = []
  const search = { logGroupName: 'long', filterPattern: 'nothing' }
  const note = (what: string) => () => void ended.push(what)
  await Promise.all([
    store.call('FilterLogEvents', search).then(note('search')),
    store
      .call('FilterLogEvents', search, (hangUp) => {
        queueMicrotask(hangUp)
        return () => {}
      })
      .catch(note('left')),
    store.call('DescribeLogGroups', {}).then(note('other')),
  ])
  expect(ended).toEqual(['left', 'other', 'search'])
})

test('what comes after the end is lost, told so, and opens nothing again', async () => {
  const written: unknown[] = []
  const path = join(folder, 'logs.db')
  const store = new LogStore({
    ...{ account: { id: '123456789012', region: 'us-east-1' }, clock: Date.now, log: pino({ level: 'silent' }) },
    ...{ path, maxBytes: 2 ** 28, logStreamName: 's' },
    onWritten: (_, error) => written.push(error),
  })
  const batch = { logGroupName: 'g', timestamps: [1], messages: ['m'], size: 1 }
  store.write(batch)
  await store.close()
  expect(written).toEqual([undefined])
  store.write(batch)
  expect(written).toEqual([undefined, expect.objectContaining({ name: 'ServiceUnavailableException' })])
  await expect(store.call('DescribeLogGroups', {})).rejects.toMatchObject({ name: 'ServiceUnavailableException' })
  expect(existsSync(`${path}.seal`)).toBe(true)
})

test('what is deleted is gone at once, and its bytes with it; its name is free', async () => {
  await using local = await startLocal({ logStorageBytes: 1024 * 1024 })
  const logs = clientOf(local)
  const kept = await makeStream(logs, 'g', 'kept')
  const stream = { logGroupName: 'g', logStreamName: 'gone' }
  await logs.send(new CreateLogStreamCommand(stream))
  const timestamp = Date.now()
  const logEvents = Array.from({ length: 4_000 }, (_, index) => ({ timestamp, message: `${index}` }))
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }))
  await logs.send(new PutLogEventsCommand({ ...kept, logEvents: [{ timestamp, message: 'kept' }] }))
  await logs.send(new DeleteLogStreamCommand(stream))
  expect(await found(logs, { logGroupName: 'g' })).toEqual(['kept'])
  await logs.send(new CreateLogStreamCommand(stream))
  expect(await found(logs, { logGroupName: 'g', logStreamNames: ['gone'] })).toEqual([])
  expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toMatchObject([{ storedBytes: 30 }])
  await logs.send(new DeleteLogGroupCommand({ logGroupName: 'g' }))
  await makeStream(logs, 'g')
  expect(await found(logs, { logGroupName: 'g' })).toEqual([])
})

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000)

/** What a search is, and what others write between two of its pages. */
const searches = fc.record({
  before: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })), { maxLength: 40 }),
  meanwhile: fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })), { maxLength: 4 }),
  streams: fc.subarray([0, 1, 2], { minLength: 1 }),
  pageSize: fc.integer({ min: 1, max: 20 }),
  startFromHead: fc.boolean(),
})

test(`paging neither repeats nor loses events while others write (seed ${SEED})`, { timeout: 60_000 }, async () => {
  const { local, logs } = await startWithSink()
  await using _ = local
  let run = 0
  await fc.assert(
    fc.asyncProperty(searches, async ({ before, meanwhile, streams, pageSize, startFromHead }) => {
      run += 1
      const logGroupName = `paged-${run}`
      await logs.send(new CreateLogGroupCommand({ logGroupName }))
      for (const stream of [0, 1, 2]) {
        await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: `${stream}` }))
      }
      const start = Date.now()
      const written: { readonly id: string; readonly at: number; readonly stream: number }[] = []
      const put = async ([at, stream]: readonly [number, number]) => {
        const id = `${written.length}`
        written.push({ id, at, stream })
        const logEvents = [{ timestamp: start + at, message: id }]
        await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: `${stream}`, logEvents }))
      }
      for (const stream of [0, 1, 2]) {
        const ofStream = before.filter(([, of]) => of === stream).sort(([one], [other]) => one - other)
        const logEvents = ofStream.map(([at]) => {
          written.push({ id: `${written.length}`, at, stream })
          return { timestamp: start + at, message: `${written.length - 1}` }
        })
        if (logEvents.length === 0) continue
        await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: `${stream}`, logEvents }))
      }
      const expected = written.filter(({ stream }) => streams.includes(stream)).map(({ id }) => id)
      const input = {
        ...{ logGroupName, logStreamNames: streams.map(String), limit: pageSize, startFromHead },
        startTime: start,
      }
      const seen: string[] = []
      let nextToken: string | undefined
      const late = [...meanwhile]
      do {
        const page = await logs.send(new FilterLogEventsCommand({ ...input, nextToken }))
        seen.push(...(page.events ?? []).map(({ message = '' }) => message))
        nextToken = page.nextToken
        const event = late.shift()
        if (event) await put(event)
      } while (nextToken !== undefined)
      expect(new Set(seen).size).toBe(seen.length)
      expect(expected.filter((id) => !seen.includes(id))).toEqual([])
      const order = seen.map((id) => written[Number(id)]?.at ?? -1)
      expect(order).toEqual(order.toSorted((a, b) => (startFromHead ? a - b : b - a)))
    }),
    { seed: SEED, numRuns: 20 },
  )
})
