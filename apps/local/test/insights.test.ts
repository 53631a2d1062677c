import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  StartQueryCommand,
  type StartQueryCommandInput,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'

// Source: Amazon CloudWatch Logs user guide, "CloudWatch Logs Insights language query syntax"; the entries are ours.

const GROUP = 'AWSIotLogsV2'
/** The beginning of a minute. */
const START = Math.floor(Date.now() / 60_000) * 60_000 - 600_000

let local: Local
let logs: CloudWatchLogsClient

beforeAll(async () => {
  local = await startLocal()
  logs = new CloudWatchLogsClient({ ...local.sdk, maxAttempts: 1 })
  await write(GROUP, [
    [0, { eventType: 'Connect', status: 'Success', clientId: 'pump-1', latency: 10 }],
    [1_000, { eventType: 'Connect', status: 'Failure', clientId: 'pump-2', reason: 'AUTHORIZATION_FAILURE' }],
    [61_000, { eventType: 'Publish-In', status: 'Success', clientId: 'pump-1', latency: 30, payload: { size: [5] } }],
    [62_000, { eventType: 'Publish-In', status: 'Success', clientId: 'pump-3', latency: 20.5, topicName: 'dt/a/b' }],
  ])
  await write('other', [[30_000, 'plain text of pump-9']])
})
afterAll(async () => {
  logs.destroy()
  await local.close()
})

async function write(logGroupName: string, entries: readonly (readonly [atMs: number, entry: object | string])[]) {
  const stream = { logGroupName, logStreamName: 's' }
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  await logs.send(new CreateLogStreamCommand(stream))
  const logEvents = entries.map(([at, entry]) => ({
    timestamp: START + at,
    message: typeof entry === 'string' ? entry : JSON.stringify(entry),
  }))
  await logs.send(new PutLogEventsCommand({ ...stream, logEvents }))
}

async function run(queryString: string, input: Partial<StartQueryCommandInput> = { logGroupName: GROUP }) {
  const span = { startTime: START / 1000, endTime: START / 1000 + 3600 }
  const { queryId } = await logs.send(new StartQueryCommand({ ...span, queryString, ...input }))
  for (;;) {
    const answer = await logs.send(new GetQueryResultsCommand({ queryId }))
    if (answer.status !== 'Running') return answer
  }
}

/** Each row as an object, without what names the record. */
async function rowsOf(queryString: string, input?: Partial<StartQueryCommandInput>) {
  const { results = [], status } = await run(queryString, input)
  expect(status).toBe('Complete')
  return results.map((row) =>
    Object.fromEntries(row.flatMap(({ field = '', value }) => (field === '@ptr' ? [] : [[field, value]]))),
  )
}

const time = (atMs: number) => new Date(START + atMs).toISOString().replace('T', ' ').replace('Z', '')

describe.each<[query: string, rows: object[]]>([
  [
    'fields @timestamp, eventType | filter status = "Failure" | sort @timestamp desc | limit 50',
    [{ '@timestamp': time(1_000), eventType: 'Connect' }],
  ],
  ['fields clientId | limit 2', [{ clientId: 'pump-3' }, { clientId: 'pump-1' }]],
  [
    'fields clientId | sort latency desc',
    [{ clientId: 'pump-1' }, { clientId: 'pump-3' }, { clientId: 'pump-1' }, { clientId: 'pump-2' }],
  ],
  ['filter eventType like /^publish/ | fields clientId', []],
  ['filter eventType like /(?i)^publish/ and latency > 20.5 | fields clientId', [{ clientId: 'pump-1' }]],
  ['filter clientId in ["pump-2", "pump-3"] and not ispresent(reason) | fields clientId', [{ clientId: 'pump-3' }]],
  ["filter @message like 'dt/a' | fields topicName as topic", [{ topic: 'dt/a/b' }]],
  [
    'filter eventType not like "Connect" | fields payload.size.0 as size, latency * 2 as twice | sort twice',
    [{ twice: '41' }, { size: '5', twice: '60' }],
  ],
  [
    'stats count(*) as n by eventType | sort n desc, eventType',
    [
      { eventType: 'Connect', n: '2' },
      { eventType: 'Publish-In', n: '2' },
    ],
  ],
  [
    'stats count(*), avg(latency), max(latency), pct(latency, 50), count_distinct(clientId) as clients',
    [
      {
        'count(*)': '4',
        'avg(latency)': '20.1666666667',
        'max(latency)': '30',
        'pct(latency, 50)': '20.5',
        clients: '3',
      },
    ],
  ],
  [
    'stats count(*) as n by bin(1m) as minute | sort minute',
    [
      { minute: time(0), n: '2' },
      { minute: time(60_000), n: '2' },
    ],
  ],
  [
    'stats count(*) as n by datefloor(@timestamp, 1m) as minute, dateceil(@timestamp, 1m) as end | sort minute, end',
    [
      { minute: time(0), end: time(0), n: '1' },
      { minute: time(0), end: time(60_000), n: '1' },
      { minute: time(60_000), end: time(120_000), n: '2' },
    ],
  ],
  [
    'stats sortsFirst(clientId) as first, sortsLast(clientId) as last, sortsFirst(@timestamp) as since',
    [{ first: 'pump-1', last: 'pump-3', since: time(0) }],
  ],
  ['filter clientId = "pump-2" | fields fromMillis(toMillis(@timestamp) - 1000) as before', [{ before: time(0) }]],
  ['filter status = "none" | stats count(*)', [{ 'count(*)': '0' }]],
  ['parse clientId "*-*" as kind, number | filter number = 2 | display kind, number', [{ kind: 'pump', number: '2' }]],
  [
    '# whom it is about\nfields clientId | dedup clientId | sort clientId',
    [{ clientId: 'pump-1' }, { clientId: 'pump-2' }, { clientId: 'pump-3' }],
  ],
])('%s', (query, rows) => {
  test('finds these', async () => expect(await rowsOf(query)).toEqual(rows))
})

test('a query that names no fields shows time, message and what names the record, and says what it looked at', async () => {
  const { results, statistics } = await run('filter status = "Failure"')
  expect(results).toEqual([
    [
      { field: '@timestamp', value: time(1_000) },
      { field: '@message', value: expect.stringContaining('AUTHORIZATION_FAILURE') },
      { field: '@ptr', value: expect.any(String) },
    ],
  ])
  expect(statistics).toMatchObject({ recordsMatched: 1, recordsScanned: 4, logGroupsScanned: 1 })
})

test('several groups are one, newest first; the span of time counts with both ends', async () => {
  const groups = { logGroupNames: [GROUP, 'other'] }
  expect(await rowsOf('fields @log | limit 3', groups)).toEqual(
    [GROUP, GROUP, 'other'].map((group) => ({ '@log': `123456789012:${group}` })),
  )
  const span = { ...groups, startTime: START / 1000 + 1, endTime: START / 1000 + 61 }
  expect(await rowsOf('stats count(*) as n', span)).toEqual([{ n: '3' }])
})

test.each([
  ['stats pct(latency, bin(5m))', 'Expected a percentile from 0 to 100'],
  ['stats constructor(latency)', 'Expected one of count, count_distinct,'],
  ['stats count(*) by datefloor(@timestamp, 0m)', 'Expected a time such as 30s, 5m or 1h'],
  ['stats count(*) by bin(5constructor)', 'Expected a time such as 30s, 5m or 1h'],
])('what nothing can be made of is refused: %s', async (query, message) => {
  await expect(run(query)).rejects.toMatchObject({
    name: 'MalformedQueryException',
    message: expect.stringContaining(message),
  })
})

test('what is wrong is told with its place, and what is not there refused', async () => {
  await expect(run('fields @timestamp | filtr a = 1')).rejects.toMatchObject({
    name: 'MalformedQueryException',
    message: expect.stringMatching(/^Expected one of fields, display, filter.* at character 21$/),
    queryCompileError: { location: { startCharOffset: 20, endCharOffset: 21 } },
  })
  await expect(run('fields a', { logGroupName: 'none' })).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await expect(run('fields a', {})).rejects.toMatchObject({ name: 'InvalidParameterException' })
  await expect(logs.send(new GetQueryResultsCommand({ queryId: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  })
  const { queryId } = await logs.send(
    new StartQueryCommand({ logGroupName: GROUP, startTime: 0, endTime: START, queryString: 'fields a' }),
  )
  await expect.poll(async () => (await logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Complete')
  await expect(logs.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining('not running'),
  })
})
