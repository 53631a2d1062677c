import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DeleteLogStreamCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
  type InputLogEvent,
  ListTagsForResourceCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  paginateFilterLogEvents,
  TagResourceCommand,
  TestMetricFilterCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { startWithServices } from './support/local-with-services.ts'

let local: Local
let logs: CloudWatchLogsClient

beforeAll(async () => {
  local = await startLocal()
  logs = new CloudWatchLogsClient({ ...local.sdk, maxAttempts: 1 })
})

afterAll(async () => {
  logs.destroy()
  await local.close()
})

async function makeStream(logGroupName: string, logStreamName = 's') {
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
  return { logGroupName, logStreamName }
}

const put = (stream: { logGroupName: string; logStreamName: string }, ...logEvents: InputLogEvent[]) =>
  logs.send(new PutLogEventsCommand({ ...stream, logEvents }))

const texts = (events: readonly { message?: string | undefined }[] = []) => events.map(({ message }) => message)

test('groups: made, found by prefix and by part, described with AWS’s ARNs, tagged, deleted', async () => {
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/one', tags: { team: 'a' } }))
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/aws/lambda/two' }))
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/aws/lambda/one', retentionInDays: 30 }))
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/o' }))
  expect(logGroups).toEqual([
    {
      logGroupName: '/aws/lambda/one',
      creationTime: expect.any(Number),
      retentionInDays: 30,
      metricFilterCount: 0,
      arn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/one:*',
      logGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/one',
      storedBytes: 0,
      logGroupClass: 'STANDARD',
    },
  ])
  const byPart = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'lambda', limit: 1 }))
  expect(byPart.logGroups).toHaveLength(1)
  const rest = await logs.send(
    new DescribeLogGroupsCommand({ logGroupNamePattern: 'lambda', nextToken: byPart.nextToken }),
  )
  expect(rest.logGroups?.map(({ logGroupName }) => logGroupName)).toEqual(['/aws/lambda/two'])
  expect(rest.nextToken).toBeUndefined()
  const resourceArn = logGroups?.[0]?.logGroupArn ?? ''
  await logs.send(new TagResourceCommand({ resourceArn, tags: { owner: 'b' } }))
  await logs.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }))
  expect((await logs.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ owner: 'b' })
  await logs.send(new DeleteLogGroupCommand({ logGroupName: '/aws/lambda/one' }))
  await expect(logs.send(new DeleteLogGroupCommand({ logGroupName: '/aws/lambda/one' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'The specified log group does not exist.',
  })
})

test('events of a stream are read in both directions, and the last page gives back the token that asked for it', async () => {
  const stream = await makeStream('reading')
  const now = Date.now()
  await put(stream, ...Array.from({ length: 5 }, (_, index) => ({ timestamp: now + index, message: `m${index}` })))
  const newest = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2 }))
  expect(texts(newest.events)).toEqual(['m3', 'm4'])
  const older = await logs.send(new GetLogEventsCommand({ ...stream, limit: 2, nextToken: newest.nextBackwardToken }))
  expect(texts(older.events)).toEqual(['m1', 'm2'])
  const ahead = await logs.send(
    new GetLogEventsCommand({ ...stream, startFromHead: true, nextToken: newest.nextForwardToken }),
  )
  expect([texts(ahead.events), ahead.nextForwardToken]).toEqual([[], newest.nextForwardToken])
  await put(stream, { timestamp: now + 9, message: 'late' })
  const more = await logs.send(new GetLogEventsCommand({ ...stream, nextToken: ahead.nextForwardToken }))
  expect(texts(more.events)).toEqual(['late'])
  const head = await logs.send(new GetLogEventsCommand({ ...stream, startFromHead: true, endTime: now + 1 }))
  expect(texts(head.events)).toEqual(['m0']) // the end is exclusive here
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: 'reading' }))
  expect(logStreams).toMatchObject([{ firstEventTimestamp: now, lastEventTimestamp: now + 9, storedBytes: 0 }])
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'reading' }))
  expect(logGroups?.[0]?.storedBytes).toBe(5 * 28 + 30)
})

test('a group is searched by pattern, stream and time over all its pages, in either direction', async () => {
  const stream = await makeStream('searched', 'a')
  const other = { ...stream, logStreamName: 'b' }
  await logs.send(new CreateLogStreamCommand(other))
  const now = Date.now()
  const entry = (index: number) => ({
    timestamp: now + index,
    message: JSON.stringify({ eventType: index % 2 ? 'Connect' : 'Publish-In', clientId: `c${index}` }),
  })
  await put(stream, ...Array.from({ length: 40 }, (_, index) => entry(index)))
  await put(other, entry(100), entry(101))
  const found: string[] = []
  const pages = paginateFilterLogEvents(
    { client: logs, pageSize: 7 },
    { logGroupName: 'searched', filterPattern: '{ $.eventType = "Connect" }', endTime: now + 100 },
  )
  for await (const { events } of pages)
    for (const { message } of events ?? []) found.push(JSON.parse(message ?? '').clientId)
  expect(found).toEqual(Array.from({ length: 20 }, (_, index) => `c${2 * index + 1}`))
  const newest = await logs.send(
    new FilterLogEventsCommand({ logGroupName: 'searched', startFromHead: false, startTime: now, limit: 3 }),
  )
  expect(newest.events?.map(({ logStreamName }) => logStreamName)).toEqual(['b', 'b', 'a'])
  expect(newest.events?.[0]?.eventId).toMatch(/^\d{56}$/)
  const next = await logs.send(
    new FilterLogEventsCommand({ logGroupName: 'searched', startTime: now, limit: 1, nextToken: newest.nextToken }),
  )
  expect(next.events?.[0]?.timestamp).toBe(now + 38) // the token keeps the direction
  const ofB = await logs.send(new FilterLogEventsCommand({ logGroupName: 'searched', logStreamNamePrefix: 'b' }))
  expect(ofB.events).toHaveLength(2)
  const tested = await logs.send(
    new TestMetricFilterCommand({ filterPattern: 'ERROR', logEventMessages: ['ok', 'an ERROR'] }),
  )
  expect(tested.matches).toEqual([{ eventNumber: 2, eventMessage: 'an ERROR', extractedValues: {} }])
})

test.each<
  [what: string, call: (stream: { logGroupName: string; logStreamName: string }) => Promise<unknown>, error: object]
>([
  [
    'a stream that is not there',
    (stream) => put({ ...stream, logStreamName: 'none' }, { timestamp: Date.now(), message: 'x' }),
    { name: 'ResourceNotFoundException', message: 'The specified log stream does not exist.' },
  ],
  [
    'a group that is there',
    ({ logGroupName }) => logs.send(new CreateLogGroupCommand({ logGroupName })),
    { name: 'ResourceAlreadyExistsException', message: 'The specified log group already exists' },
  ],
  [
    'a stream that is there',
    (stream) => logs.send(new CreateLogStreamCommand(stream)),
    { name: 'ResourceAlreadyExistsException', message: 'The specified log stream already exists' },
  ],
  [
    'events out of order',
    (stream) => put(stream, { timestamp: Date.now(), message: 'x' }, { timestamp: Date.now() - 10, message: 'y' }),
    { name: 'InvalidParameterException', message: /must be in chronological order/ },
  ],
  [
    'a batch of more than a day',
    (stream) =>
      put(stream, { timestamp: Date.now() - 90_000_000, message: 'x' }, { timestamp: Date.now(), message: 'y' }),
    { name: 'InvalidParameterException', message: /cannot span more than 24 hours/ },
  ],
  [
    'a batch of more than 1 MiB',
    (stream) => put(stream, { timestamp: Date.now(), message: 'x'.repeat(1_048_576) }),
    { name: 'InvalidParameterException', message: 'Upload too large: 1048602 bytes exceeds limit of 1048576' },
  ],
  [
    'a pattern that is none',
    ({ logGroupName }) => logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: '{ $.a }' })),
    { name: 'InvalidParameterException', message: /^Invalid filter pattern: .* at character 7$/ },
  ],
  [
    'a token of elsewhere',
    ({ logGroupName }) => logs.send(new FilterLogEventsCommand({ logGroupName, nextToken: 'x' })),
    { name: 'InvalidParameterException', message: 'The specified nextToken is invalid.' },
  ],
  [
    'a retention that AWS does not have',
    ({ logGroupName }) => logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 2 })),
    { name: 'InvalidParameterException', message: /must be one of 1, 3, 5/ },
  ],
  [
    'a name that is none',
    () => logs.send(new CreateLogGroupCommand({ logGroupName: 'a b' })),
    { name: 'InvalidParameterException' },
  ],
])('%s is refused in AWS’s words', async (what, call, error) => {
  const stream = await makeStream(`refused-${what.replaceAll(/[^a-z]/gi, '')}`)
  const { message, ...rest } = error as { name: string; message?: string | RegExp } // the rows above
  await expect(call(stream)).rejects.toMatchObject({
    ...rest,
    ...(message !== undefined && { message: expect.stringMatching(message) }),
  })
})

test('what is too old, too new or expired is left out and named; the rest is kept, and goes when its time is over', async () => {
  const stream = await makeStream('timed')
  const now = Date.now()
  const hour = 3_600_000
  const tooNew = await put(stream, { timestamp: now, message: 'kept' }, { timestamp: now + 3 * hour, message: 'new' })
  expect(tooNew.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 1 })
  const tooOld = await put(stream, { timestamp: now - 15 * 24 * hour, message: 'old' })
  expect(tooOld.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1 })
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: 'timed', retentionInDays: 3 }))
  const expired = await put(stream, { timestamp: now - 4 * 24 * hour, message: 'expired' })
  expect(expired.rejectedLogEventsInfo).toEqual({ expiredLogEventEndIndex: 1 })
  const read = async () => texts((await logs.send(new FilterLogEventsCommand({ logGroupName: 'timed' }))).events)
  expect(await read()).toEqual(['kept'])
  local.advanceClock(4 * 24 * hour)
  expect(await read()).toEqual([])
})

test('deleting a stream gives its bytes back; the streams are listed by name and by time', async () => {
  const stream = await makeStream('streams', 'b')
  for (const logStreamName of ['a', 'c']) await logs.send(new CreateLogStreamCommand({ ...stream, logStreamName }))
  const at = Date.now() + 4 * 24 * 3_600_000 // the clock was put forward above
  await put(stream, { timestamp: at, message: 'xx' })
  await put({ ...stream, logStreamName: 'a' }, { timestamp: at + 1, message: 'xxxx' })
  const names = async (input: object) => {
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand({ logGroupName: 'streams', ...input }))
    return logStreams?.map(({ logStreamName }) => logStreamName)
  }
  expect(await names({})).toEqual(['a', 'b', 'c'])
  expect(await names({ descending: true })).toEqual(['c', 'b', 'a'])
  expect(await names({ orderBy: 'LastEventTime', descending: true })).toEqual(['a', 'b', 'c'])
  expect(await names({ logStreamNamePrefix: 'b' })).toEqual(['b'])
  await logs.send(new DeleteLogStreamCommand({ ...stream, logStreamName: 'a' }))
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: 'streams' }))
  expect(logGroups?.[0]?.storedBytes).toBe(28)
})

test('all groups together keep no more than their budget, and what came first goes first', async () => {
  await using small = await startWithServices([], { logStorageBytes: 256 * 1024 })
  const client = new CloudWatchLogsClient({ ...small.sdk, maxAttempts: 1 })
  const stream = { logGroupName: 'full', logStreamName: 's' }
  await client.send(new CreateLogGroupCommand({ logGroupName: 'full' }))
  await client.send(new CreateLogStreamCommand(stream))
  const message = 'x'.repeat(1_000)
  for (let batch = 0; batch < 10; batch += 1) {
    const timestamp = Date.now()
    const logEvents = Array.from({ length: 100 }, (_, index) => ({
      timestamp,
      message: `${batch}/${index} ${message}`,
    }))
    await client.send(new PutLogEventsCommand({ ...stream, logEvents }))
  }
  const { logGroups } = await client.send(new DescribeLogGroupsCommand({}))
  expect(logGroups?.[0]?.storedBytes).toBeLessThanOrEqual(256 * 1024)
  const { events = [] } = await client.send(new GetLogEventsCommand(stream))
  expect(events.at(-1)?.message).toMatch(/^9\/99 /)
  expect(events.length).toBeGreaterThan(100)
  client.destroy()
})

test('a page looks at some MiB of messages at most, and its token leads on to what is meant', async () => {
  await using own = await startLocal()
  const client = new CloudWatchLogsClient({ ...own.sdk, maxAttempts: 1 })
  const stream = { logGroupName: 'large', logStreamName: 's' }
  await client.send(new CreateLogGroupCommand({ logGroupName: 'large' }))
  await client.send(new CreateLogStreamCommand(stream))
  const timestamp = Date.now()
  const message = 'x'.repeat(1_000_000)
  for (let batch = 0; batch < 18; batch += 1) {
    await client.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp, message }] }))
  }
  await client.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp, message: 'found' }] }))
  const input = { logGroupName: 'large', filterPattern: 'found' }
  const first = await client.send(new FilterLogEventsCommand(input))
  expect(first).toMatchObject({ events: [], nextToken: expect.any(String) })
  const second = await client.send(new FilterLogEventsCommand({ ...input, nextToken: first.nextToken }))
  expect(texts(second.events)).toEqual(['found'])
  client.destroy()
})

test('a text is found however JSON spells it', async () => {
  const stream = await makeStream('spelt')
  const timestamp = Date.now()
  const spellings = ['{"a":"pump/7"}', '{"a":"pump\\/7"}', '{"a":"\\u0070ump/7"}', '{"a":"lamp/7"}', '{"b":"pump/7"}']
  await put(stream, ...spellings.map((message) => ({ timestamp, message })))
  const filterPattern = '{ $.a = "pump/7" }'
  const { events } = await logs.send(new FilterLogEventsCommand({ logGroupName: 'spelt', filterPattern }))
  expect(texts(events)).toEqual(spellings.slice(0, 3))
})

test('a token that leads nowhere is refused', async () => {
  const stream = await makeStream('tokens')
  await expect(
    logs.send(new GetLogEventsCommand({ ...stream, nextToken: `f/${'9'.repeat(56)}/s` })),
  ).rejects.toMatchObject({ name: 'InvalidParameterException', message: 'The specified nextToken is invalid.' })
})
