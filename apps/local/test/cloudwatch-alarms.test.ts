import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type HttpServer, serveHttp } from './support/http-server.ts'
import { Inbox } from './support/inbox.ts'

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:ops'
const METRIC = { Namespace: 'Pumps', MetricName: 'Errors', Dimensions: [{ Name: 'Site', Value: 'north' }] }
const MINUTE = 60_000

/** What was published to a topic; a topic named `broken` refuses. */
const published = new Inbox<URLSearchParams>()
let sns: HttpServer
let local: Local
let cloudwatch: CloudWatchClient

beforeAll(async () => {
  sns = await serveHttp((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const form = new URLSearchParams(Buffer.concat(chunks).toString())
      if (form.get('TopicArn')?.endsWith('broken')) {
        response.writeHead(404, { 'content-type': 'text/xml' })
        response.end(
          '<ErrorResponse><Error><Type>Sender</Type><Code>NotFound</Code><Message>Topic does not exist</Message></Error></ErrorResponse>',
        )
        return
      }
      published.put(form)
      response.writeHead(200, { 'content-type': 'text/xml' })
      response.end('<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>')
    })
  })
  local = await startLocal({ snsEndpoint: sns.url })
  cloudwatch = new CloudWatchClient({ ...local.sdk, maxAttempts: 1 })
})
beforeEach(() => {
  local.reset()
  // Alarms are looked at once a minute; what a test sets must not be set back by chance.
  pass(MINUTE - ((Date.now() + serverOffset) % MINUTE) + 1_000)
})
afterAll(async () => {
  cloudwatch.destroy()
  await local.close()
  await sns[Symbol.asyncDispose]()
})

let serverOffset = 0
/** The server's time goes on: its alarms look again. */
function pass(ms: number): void {
  local.advanceClock(ms)
  serverOffset += ms
}

const put = (Value: number, minutesAgo = 0) =>
  cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: METRIC.Namespace,
      MetricData: [
        {
          MetricName: METRIC.MetricName,
          Dimensions: METRIC.Dimensions,
          Value,
          Timestamp: new Date(Date.now() + serverOffset - minutesAgo * MINUTE),
        },
      ],
    }),
  )

const putAlarm = (input: Partial<PutMetricAlarmCommandInput> = {}) =>
  cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'errors',
      ...METRIC,
      Period: 60,
      Statistic: 'Sum',
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      ...input,
    }),
  )

async function alarm(AlarmName = 'errors') {
  const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(
    new DescribeAlarmsCommand({ AlarmNames: [AlarmName], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  )
  return MetricAlarms[0] ?? CompositeAlarms[0]
}

const history = async (HistoryItemType: 'Action' | 'StateUpdate' | 'ConfigurationUpdate', AlarmName = 'errors') => {
  const { AlarmHistoryItems = [] } = await cloudwatch.send(
    new DescribeAlarmHistoryCommand({ AlarmName, HistoryItemType, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
  )
  return AlarmHistoryItems.map(({ HistorySummary, HistoryData = '' }) => ({
    summary: HistorySummary,
    data: JSON.parse(HistoryData),
  }))
}

test('an alarm goes to ALARM and back as its metric does, and tells a topic', async () => {
  await putAlarm({ AlarmActions: [TOPIC], OKActions: [TOPIC], AlarmDescription: 'too many' })
  expect(await alarm()).toMatchObject({
    AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors',
    StateValue: 'OK',
    StateReason:
      'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
  })
  await put(6)
  pass(MINUTE)
  const alarming = await alarm()
  expect(alarming).toMatchObject({
    ...METRIC,
    StateValue: 'ALARM',
    StateReason: expect.stringMatching(
      /^Threshold Crossed: 1 out of the last 1 datapoints \[6\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:00\)\] was greater than the threshold \(5\.0\) \(minimum 1 datapoint for OK -> ALARM transition\)\.$/,
    ),
    ActionsEnabled: true,
    AlarmActions: [TOPIC],
  })
  expect(JSON.parse(alarming?.StateReasonData ?? '')).toMatchObject({
    version: '1.0',
    statistic: 'Sum',
    period: 60,
    recentDatapoints: [6],
    threshold: 5,
  })
  await published.take((form) => form.get('Subject') === 'OK: "errors" in US East (N. Virginia)')
  const form = await published.take((one) => one.get('Subject') === 'ALARM: "errors" in US East (N. Virginia)')
  expect(Object.fromEntries(form)).toMatchObject({ Action: 'Publish', TopicArn: TOPIC })
  expect(JSON.parse(form.get('Message') ?? '')).toMatchObject({
    AlarmName: 'errors',
    AlarmDescription: 'too many',
    AWSAccountId: '123456789012',
    NewStateValue: 'ALARM',
    OldStateValue: 'OK',
    StateChangeTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/),
    Region: 'US East (N. Virginia)',
    Trigger: {
      MetricName: 'Errors',
      Namespace: 'Pumps',
      StatisticType: 'Statistic',
      Statistic: 'SUM',
      Dimensions: [{ name: 'Site', value: 'north' }],
      Threshold: 5,
      TreatMissingData: 'notBreaching',
    },
  })
  pass(5 * MINUTE)
  expect(await alarm()).toMatchObject({ StateValue: 'OK' })
  expect((await history('StateUpdate')).map(({ summary }) => summary)).toEqual([
    'Alarm updated from ALARM to OK',
    'Alarm updated from OK to ALARM',
    'Alarm updated from INSUFFICIENT_DATA to OK',
  ])
  await expect.poll(() => history('Action')).toHaveLength(3)
  expect(await history('Action')).toContainEqual({
    summary: `Successfully executed action ${TOPIC}`,
    data: expect.objectContaining({ actionState: 'Succeeded', notificationResource: TOPIC, error: null }),
  })
})

test('an action that fails is in the history, and so is one that is not there', async () => {
  const broken = 'arn:aws:sns:us-east-1:123456789012:broken'
  const scaling = 'arn:aws:autoscaling:us-east-1:123456789012:scalingPolicy:x'
  await putAlarm({ AlarmActions: [broken, scaling] })
  await put(6)
  pass(MINUTE)
  await expect.poll(() => history('Action')).toHaveLength(2)
  const actions = await history('Action')
  expect(actions.map(({ summary }) => summary).sort()).toEqual([
    `Failed to execute action ${scaling}. Received error: "Actions other than notifications of SNS topics are not there in this server"`,
    `Failed to execute action ${broken}. Received error: "Topic does not exist"`,
  ])
  expect(actions[0]?.data).toMatchObject({ actionState: 'Failed', publishedMessage: null })
})

test('without an endpoint of SNS the history says so', async () => {
  await using alone = await startLocal()
  const client = new CloudWatchClient(alone.sdk)
  const AlarmName = 'alone'
  await client.send(
    new PutCompositeAlarmCommand({ AlarmName, AlarmRule: 'TRUE', AlarmActions: [TOPIC], ActionsEnabled: true }),
  )
  const actions = async () => {
    const asked = { AlarmName, AlarmTypes: ['CompositeAlarm' as const], HistoryItemType: 'Action' as const }
    const { AlarmHistoryItems = [] } = await client.send(new DescribeAlarmHistoryCommand(asked))
    return AlarmHistoryItems.map(({ HistorySummary }) => HistorySummary)
  }
  await expect
    .poll(actions)
    .toEqual([
      `Failed to execute action ${TOPIC}. Received error: "No endpoint of SNS is named: set AWS_ENDPOINT_URL_SNS"`,
    ])
  client.destroy()
})

test('SetAlarmState acts, and the next evaluation sets it back; disabled actions do nothing', async () => {
  await putAlarm({ AlarmName: 'tried', AlarmActions: [TOPIC] })
  await cloudwatch.send(new DisableAlarmActionsCommand({ AlarmNames: ['tried'] }))
  const state = { AlarmName: 'tried', StateValue: 'ALARM', StateReason: 'a test', StateReasonData: '{"a":1}' } as const
  await cloudwatch.send(new SetAlarmStateCommand(state))
  expect(await alarm('tried')).toMatchObject({ StateValue: 'ALARM', StateReason: 'a test', StateReasonData: '{"a":1}' })
  pass(MINUTE)
  expect(await alarm('tried')).toMatchObject({ StateValue: 'OK', ActionsEnabled: false })
  expect(await history('Action', 'tried')).toEqual([])
  await expect(cloudwatch.send(new SetAlarmStateCommand({ ...state, AlarmName: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFound',
  })
  await expect(cloudwatch.send(new SetAlarmStateCommand({ ...state, StateReasonData: '{' }))).rejects.toMatchObject({
    name: 'InvalidFormatFault',
  })
})

test('an alarm on an expression', async () => {
  await cloudwatch.send(
    new PutMetricAlarmCommand({
      AlarmName: 'expression',
      EvaluationPeriods: 1,
      Threshold: 10,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Metrics: [
        { Id: 'e1', Expression: 'm1 * 2', Label: 'twice', ReturnData: true },
        { Id: 'm1', MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' }, ReturnData: false },
      ],
    }),
  )
  expect(await alarm('expression')).toMatchObject({
    StateValue: 'INSUFFICIENT_DATA',
    StateReason: 'Unchecked: Initial alarm creation',
  })
  await put(5)
  pass(MINUTE)
  expect(await alarm('expression')).toMatchObject({ StateValue: 'ALARM', Metrics: [{ Id: 'e1' }, { Id: 'm1' }] })
})

describe('composite alarms', () => {
  const composite = (AlarmName: string, AlarmRule: string) =>
    cloudwatch.send(new PutCompositeAlarmCommand({ AlarmName, AlarmRule }))
  const set = (AlarmName: string, StateValue: 'OK' | 'ALARM') =>
    cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: 'a test' }))

  test('follow the alarms that their rule speaks of', async () => {
    await putAlarm({ AlarmName: 'a' })
    await putAlarm({ AlarmName: 'b c' })
    await composite('both', 'ALARM(a) AND NOT (OK("b c") OR FALSE)')
    await composite('above', 'ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:both)')
    expect(await alarm('both')).toMatchObject({ StateValue: 'OK', AlarmRule: expect.stringContaining('ALARM(a)') })
    await set('a', 'ALARM')
    await set('b c', 'ALARM')
    expect(await alarm('both')).toMatchObject({
      StateValue: 'ALARM',
      StateReason: expect.stringMatching(
        /^arn:aws:cloudwatch:us-east-1:123456789012:alarm:b c transitioned to ALARM at \w+ \d+ \w+, \d{4} \d\d:\d\d:\d\d UTC$/,
      ),
    })
    expect(await alarm('above')).toMatchObject({ StateValue: 'ALARM' })
    const names = async (asked: object) => {
      const all = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const], ...asked }
      const { MetricAlarms = [], CompositeAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand(all))
      return [...MetricAlarms, ...CompositeAlarms].map(({ AlarmName }) => AlarmName)
    }
    expect(await names({ ChildrenOfAlarmName: 'both' })).toEqual(['a', 'b c'])
    expect(await names({ ParentsOfAlarmName: 'a' })).toEqual(['both'])
    await expect(cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['a'] }))).rejects.toThrow(
      'Cannot delete a as there are composite alarm(s) depending on it: both.',
    )
    await cloudwatch.send(new DeleteAlarmsCommand({ AlarmNames: ['a', 'b c', 'both', 'above'] }))
    expect(await names({})).toEqual([])
  })

  test('that lead back to themselves come to rest', async () => {
    await putAlarm({ AlarmName: 'a' })
    await composite('one', 'FALSE')
    await composite('two', 'ALARM(one)')
    await composite('one', 'ALARM(a) AND NOT ALARM(two)')
    await set('a', 'ALARM')
    expect(await alarm('two')).toMatchObject({ StateValue: 'ALARM' })
  })

  test.each([
    ['', /AlarmRule|alarmRule/],
    ['ALARM(a', "Invalid AlarmRule: ')' is missing"],
    ['ALARM(a) ALARM(b)', "Invalid AlarmRule: 'ALARM' where AND, OR or the end is expected"],
    ['BROKEN(a)', "Invalid AlarmRule: 'BROKEN' where ALARM"],
    ['ALARM("a)', 'Invalid AlarmRule: a quote without its end'],
    ['ALARM(self)', 'Invalid AlarmRule: it speaks of its own alarm'],
  ])('the rule %s is refused', async (rule, message) => {
    await expect(composite('self', rule)).rejects.toThrow(message)
  })
})

test('alarms are found by name, prefix, state, action and metric, in pages', async () => {
  for (const AlarmName of ['a1', 'a2', 'b1'])
    await putAlarm({ AlarmName, AlarmActions: AlarmName === 'b1' ? [TOPIC] : [] })
  const names = async (asked: object) => {
    const { MetricAlarms = [], NextToken } = await cloudwatch.send(new DescribeAlarmsCommand(asked))
    return { names: MetricAlarms.map(({ AlarmName }) => AlarmName), NextToken }
  }
  const first = await names({ MaxRecords: 2 })
  expect(first.names).toEqual(['a1', 'a2'])
  expect((await names({ MaxRecords: 2, NextToken: first.NextToken })).names).toEqual(['b1'])
  expect((await names({ AlarmNamePrefix: 'a' })).names).toEqual(['a1', 'a2'])
  expect((await names({ ActionPrefix: 'arn:aws:sns' })).names).toEqual(['b1'])
  expect((await names({ StateValue: 'ALARM' })).names).toEqual([])
  const { MetricAlarms } = await cloudwatch.send(new DescribeAlarmsForMetricCommand({ ...METRIC, Statistic: 'Sum' }))
  expect(MetricAlarms).toHaveLength(3)
  await expect(names({ NextToken: 'x' })).rejects.toMatchObject({ name: 'InvalidNextToken' })
})

test('tags', async () => {
  await putAlarm({ Tags: [{ Key: 'site', Value: 'north' }] })
  const ResourceARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:errors'
  await cloudwatch.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'team', Value: 'ops' }] }))
  await cloudwatch.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['site'] }))
  expect((await cloudwatch.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([
    { Key: 'team', Value: 'ops' },
  ])
  const reserved = new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'aws:x', Value: '' }] })
  await expect(cloudwatch.send(reserved)).rejects.toThrow('keys must not begin with aws:')
  const unknown = new ListTagsForResourceCommand({ ResourceARN: `${ResourceARN}x` })
  await expect(cloudwatch.send(unknown)).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    ResourceType: 'alarm',
  })
})

test.each<[Partial<PutMetricAlarmCommandInput>, string]>([
  [
    { EvaluationPeriods: 1441 },
    'Metrics cannot be checked across more than a day (EvaluationPeriods * Period must be <= 86400).',
  ],
  [{ DatapointsToAlarm: 2 }, 'DatapointsToAlarm must be less than or equal to EvaluationPeriods.'],
  [
    { TreatMissingData: 'never' },
    'Option never is not supported. Supported options for parameter TreatMissingData are breaching, notBreaching, ignore and missing.',
  ],
  [{ ExtendedStatistic: 'p99' }, 'Exactly one of the parameters Statistic and ExtendedStatistic must be specified.'],
  [
    { Statistic: undefined, ExtendedStatistic: 'x99' },
    'The value x99 for parameter ExtendedStatistic is not supported.',
  ],
  [{ Period: 45 }, 'The parameter Period must be 10, 20, 30 or a multiple of 60.'],
  [{ AlarmActions: ['ops'] }, 'Invalid arn syntax: ops'],
  [{ ComparisonOperator: 'GreaterThanUpperThreshold' }, 'is for anomaly detection'],
  [{ EvaluationInterval: 60 }, 'EvaluationInterval is not there in this server'],
  [{ Metrics: [{ Id: 'm1', Expression: 'TIME_SERIES(1)' }] }, 'mutually exclusive'],
])('PutMetricAlarm with %j is refused', async (input, message) => {
  await expect(putAlarm(input)).rejects.toThrow(message)
})
