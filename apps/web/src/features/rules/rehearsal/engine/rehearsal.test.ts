// @vitest-environment node
import { expect, onTestFinished, test, vi } from 'vitest'
import { endLine, headerLine, messageLine } from '../../../../shared/recording/recording-format.ts'
import { createCaller } from '../../../../shared/rpc/rpc.ts'
import type {
  RehearsalMessage,
  RehearsalNotices,
  RehearsalProcedures,
  RehearsalRules,
  RehearsalView,
  ServiceAnswer,
} from '../protocol.ts'
import { serveRehearsal } from './serve-rehearsal.ts'

const ROLE = 'arn:aws:iam::123456789012:role/r'
const ENCODER = new TextEncoder()

const message = (
  topic: string,
  payload: string | Uint8Array,
  more: Partial<RehearsalMessage> = {},
): RehearsalMessage => ({
  source: 'typed',
  topic,
  payload: typeof payload === 'string' ? ENCODER.encode(payload) : payload,
  qos: 0,
  retain: false,
  receivedAtMs: 1_700_000_000_000,
  ...more,
})

const rulesOf = (sql: string, more: Partial<RehearsalRules> = {}): RehearsalRules => ({
  draft: { sql, awsIotSqlVersion: '2016-03-23', actions: [] },
  ruleName: 'pumps',
  account: { id: '123456789012', region: 'us-east-1' },
  answers: [],
  ...more,
})

/** What the worker says, over its port. */
function start(rules: RehearsalRules) {
  const { port1, port2 } = new MessageChannel()
  serveRehearsal(port2)
  const caller = createCaller<RehearsalProcedures, RehearsalNotices>(port1)
  onTestFinished(() => {
    caller.close()
    port2.close()
  })
  let view: RehearsalView | undefined
  caller.listen('rehearsal.view', (next) => {
    view = next
  })
  caller.tell('rehearsal.setRules', rules)
  return {
    caller,
    add: (...messages: readonly RehearsalMessage[]) => caller.tell('rehearsal.add', { messages, dropped: 0 }),
    /** The view once so many are decided. */
    decided: (count: number): Promise<RehearsalView> =>
      vi.waitFor(
        () => {
          if (view?.counts.decided !== count || view.counts.waiting > 0) throw new Error(JSON.stringify(view?.counts))
          return view
        },
        { timeout: 20_000 },
      ),
  }
}

test('binary payloads and bytes that are handed on are as they came', async () => {
  const { caller, add, decided } = start(rulesOf("SELECT * FROM 'raw/#'"))
  const bytes = Uint8Array.of(0xff, 0, 1, 0x7b)
  add(message('raw/a', bytes), message('raw/a', '{ "n": 1.00,  "n": 2 }'))
  const { rows } = await decided(2)
  expect(rows.map(({ draft }) => draft.words)).toEqual(['{ "n": 1.00,  "n": 2 }', 'base64: /wABew=='])
  const detail = await caller.call('rehearsal.detail', { id: rows[1]?.id ?? 0 })
  expect(detail?.draft.output).toEqual(bytes)
})

test('Basic Ingest leads to the rule without FROM, under the rest of the topic; that of other rules does not', async () => {
  const { add, decided } = start(rulesOf("SELECT topic() AS t FROM 'dt/#'"))
  add(message('$aws/rules/pumps/a/b', '{}'), message('$aws/rules/other/a', '{}'), message('x', '{}'))
  const { rows, counts } = await decided(3)
  expect(rows.map(({ draft }) => [draft.kind, draft.words])).toEqual([
    ['other topic', 'FROM takes dt/#, not this topic'],
    ['other topic', 'FROM takes dt/#, not this topic'],
    ['matched', '{"t":"a/b"}'],
  ])
  expect(counts).toMatchObject({ matched: 1, otherTopic: 2 })
})

test('who sent a message, and its properties, are as they were typed, and otherwise not known', async () => {
  const sql = "SELECT clientid() AS c, principal() AS p, get_mqtt_property('content_type') AS type FROM 'a'"
  const { add, decided } = start(rulesOf(sql))
  add(
    message('a', '{}', { clientId: 'pump-7', principal: 'ab12', properties: { contentType: 'text/json' } }),
    message('a', '{}'),
  )
  const { rows } = await decided(2)
  expect(rows.map(({ draft }) => draft.words)).toEqual(['{"c":"n/a"}', '{"c":"pump-7","p":"ab12","type":"text/json"}'])
})

test('a message came at a whole millisecond, whatever the clock of the console has', async () => {
  const { add, decided } = start(rulesOf("SELECT timestamp() AS at FROM 'a'"))
  add(message('a', '{}', { receivedAtMs: 1_700_000_000_000.5 }))
  const { rows } = await decided(1)
  expect(rows.map(({ draft }) => draft.words)).toEqual(['{"at":1700000000001}'])
})

const SHADOW_SQL = `SELECT get_thing_shadow(topic(2), '${ROLE}').state.reported.mode AS mode FROM 'dt/+'`

test('functions that ask AWS are answered from the table, and what was asked is told', async () => {
  const answers: readonly ServiceAnswer[] = [
    {
      functionName: 'get_thing_shadow',
      pattern: '"pump-*", *',
      answer: '{"state":{"reported":{"mode":"auto"}}}',
    },
    { functionName: 'get_thing_shadow', pattern: '"broken"*', answer: 'No shadow exists', isFailure: true },
  ]
  const { caller, add, decided } = start(rulesOf(SHADOW_SQL, { answers }))
  add(message('dt/pump-7', '{}'), message('dt/lamp-1', '{}'), message('dt/broken', '{}'))
  const { rows, counts, asked } = await decided(3)
  expect(rows.map(({ draft }) => draft.kind)).toEqual(['failed', 'failed', 'matched'])
  expect(rows[0]?.draft.words).toContain('No shadow exists')
  expect(rows[1]?.draft.words).toContain('the rehearsal asks nobody')
  expect(rows[2]?.draft.words).toBe('{"mode":"auto"}')
  expect(counts.failed).toBe(2)
  expect(asked).toContainEqual({
    functionName: 'get_thing_shadow',
    args: `"lamp-1", "${ROLE}"`,
    call: { kind: 'shadow', thingName: 'lamp-1' },
    count: 1,
    isAnswered: false,
  })
  caller.tell(
    'rehearsal.setRules',
    rulesOf(SHADOW_SQL, { answers: [{ functionName: 'get_thing_shadow', answer: '{}' }] }),
  )
  await vi.waitFor(async () => expect((await decided(3)).counts).toMatchObject({ matched: 3, failed: 0 }), {
    timeout: 20_000,
  })
})

test('what is drawn by lot is the same for draft and deployed rule, which then do not differ by it', async () => {
  const sql = "SELECT newuuid() AS id, rand() AS r FROM 'a'"
  const { draft } = rulesOf(sql)
  const { add, decided } = start(rulesOf(sql, { compared: draft }))
  add(message('a', '{}'), message('a', '{}'))
  const { counts, rows } = await decided(2)
  expect(counts.different).toBe(0)
  expect(rows[0]?.draft.words).not.toBe(rows[1]?.draft.words)
})

test('only messages that the deployed rule decides otherwise are counted and shown as such', async () => {
  const compared = { sql: "SELECT a FROM 'x' WHERE a > 2", actions: [] }
  const { caller, add, decided } = start(rulesOf("SELECT a FROM 'x' WHERE a > 1", { compared }))
  add(message('x', '{"a":1}'), message('x', '{"a":2}'), message('x', '{"a":3}'))
  await decided(3)
  caller.tell('rehearsal.show', { filter: 'different', count: 10 })
  await vi.waitFor(async () => expect((await decided(3)).rows).toHaveLength(1), { timeout: 20_000 })
  const { rows, counts } = await decided(3)
  expect(counts.different).toBe(1)
  expect(rows[0]).toMatchObject({
    draft: { words: '{"a":2}' },
    compared: { kind: 'no match', words: 'a > 2 is false (a = 2)' },
  })
})

test('more than can be kept ages out, and more than can wait is dropped and counted', async () => {
  const { caller, add, decided } = start(rulesOf("SELECT * FROM 'x' WHERE n % 2 = 0"))
  const many = Array.from({ length: 7_000 }, (_, n) => message('x', `{"n":${n}}`))
  add(...many)
  const { counts } = await decided(5_000)
  expect(counts).toMatchObject({ dropped: 2_000, kept: 2_000, matched: 2_500, notMatched: 2_500 })
  caller.tell('rehearsal.setRules', rulesOf("SELECT * FROM 'x'"))
  await vi.waitFor(async () => expect((await decided(2_000)).counts).toMatchObject({ matched: 2_000, notMatched: 0 }), {
    timeout: 20_000,
  })
})

test('of a recording the messages of FROM are read, none of them dropped', async () => {
  const { caller, decided } = start(rulesOf("SELECT * FROM 'dt/#'"))
  const lines = [headerLine({ startedAtMs: 1, subscriptions: [] })]
  for (let n = 0; n < 6_000; n += 1) {
    const topic = n % 3 === 0 ? 'other' : 'dt/a'
    const payload = ENCODER.encode(String(n))
    lines.push(messageLine({ topic, payload, qos: 0, retain: false, dup: false, receivedAtMs: n }))
  }
  lines.push(endLine({ atMs: 6_000, messages: 6_000, gaps: 0 }))
  const file = new Blob([`${lines.join('\n')}\n`])
  expect(await caller.call('rehearsal.read', { file })).toEqual({ messages: 4_000, skipped: 2_000 })
  expect((await decided(4_000)).counts.dropped).toBe(0)
  await expect(caller.call('rehearsal.read', { file: new Blob(['{}\n']) })).rejects.toThrow('is no recording')
})

test('each template is resolved, and the request is what the action would send', async () => {
  const actions = [
    { s3: { roleArn: ROLE, bucketName: 'b', key: '${topic(2)}/${missing}${n}.json' } },
    { sqs: { roleArn: ROLE, queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q' } },
    { dynamoDBv2: { roleArn: ROLE, putItem: { tableName: 't' } } },
    { republish: { roleArn: ROLE, topic: '$$aws/things/${n}/shadow/update' } },
    {
      cloudwatchMetric: {
        roleArn: ROLE,
        metricNamespace: 'N',
        metricName: 'm',
        metricUnit: 'None',
        metricValue: '${m}',
      },
    },
  ]
  const { draft } = rulesOf("SELECT n, 1.50 AS price FROM 'dt/+'")
  const { caller, add, decided } = start(rulesOf('', { draft: { ...draft, actions } }))
  add(message('dt/a', '{"n": 7}'))
  const { rows } = await decided(1)
  const detail = await caller.call('rehearsal.detail', { id: rows[0]?.id ?? 0 })
  const [s3, sqs, dynamo, republish, metric] = detail?.draft.actions ?? []
  expect(s3?.templates).toEqual([
    { member: 'key', text: '${topic(2)}/${missing}${n}.json', value: 'a/7.json', missing: ['${missing}'] },
  ])
  expect(s3?.request?.operation).toBe('PutObject')
  expect(JSON.parse(s3?.request?.text ?? '')).toEqual({
    Bucket: 'b',
    Key: 'a/7.json',
    Body: '{"n":7,"price":1.5}',
    ContentType: 'application/octet-stream',
  })
  expect(JSON.parse(sqs?.request?.text ?? '')).toMatchObject({ MessageBody: '{"n":7,"price":1.5}' })
  expect(JSON.parse(dynamo?.request?.text ?? '')).toEqual({
    TableName: 't',
    Item: { n: { N: '7' }, price: { N: '1.5' } },
  })
  expect(republish?.request?.operation).toBe('Publish')
  expect(JSON.parse(republish?.request?.text ?? '')).toMatchObject({ topic: '$aws/things/7/shadow/update' })
  expect(metric?.problem).toBe('metricValue is no number: ')
})

const QUEUE = (name: string) => ({
  sqs: { roleArn: ROLE, queueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${name}` },
})
const TOPIC = { sns: { roleArn: ROLE, targetArn: 'arn:aws:sns:us-east-1:123456789012:t' } }

test('what both decide the same and send on otherwise is told of by message; an action that moved sends the same', async () => {
  const draft = { sql: "SELECT a FROM 'x'", awsIotSqlVersion: '2016-03-23', actions: [TOPIC, QUEUE('q-${a}')] }
  const { caller, add, decided } = start(rulesOf('', { draft, compared: { ...draft, actions: [QUEUE('q-1'), TOPIC] } }))
  add(message('x', '{"a":1}'), message('x', '{"a":2}'))
  const { rows, counts } = await decided(2)
  expect(counts).toMatchObject({ different: 0, sentOtherwise: 1 })
  expect(rows.map((row) => row.sentOtherwise)).toEqual([
    ['actions[1].sqs only by the draft', 'actions[0].sqs not by the draft'],
    undefined,
  ])
  caller.tell('rehearsal.show', { filter: 'different', count: 10 })
  await vi.waitFor(async () => expect((await decided(2)).rows).toHaveLength(1), { timeout: 20_000 })
})

test('the error action is given the document of AWS: of what fails by itself, or as if all had failed', async () => {
  const draft = {
    sql: "SELECT * FROM 'dt/+'",
    awsIotSqlVersion: '2016-03-23',
    actions: [TOPIC, QUEUE('q')],
    errorAction: { republish: { roleArn: ROLE, topic: 'errors/${topic(2)}' } },
  }
  const { caller, add, decided } = start(rulesOf('', { draft, sender: { clientId: 'pump-7', sourceIp: '192.0.2.1' } }))
  add(message('dt/a', '{"n":1}'), message('dt/b', Uint8Array.of(0xff)))
  const { rows } = await decided(2)
  const [binary, text] = await Promise.all(rows.map(({ id }) => caller.call('rehearsal.detail', { id })))
  expect(text?.draft.errorAction).toMatchObject({
    isAssumed: true,
    failing: ['actions[0].sns', 'actions[1].sqs'],
    templates: [{ member: 'topic', value: 'errors/a' }],
    request: { operation: 'Publish' },
  })
  expect(JSON.parse(text?.draft.errorAction?.document ?? '')).toMatchObject({
    ruleName: 'pumps',
    topic: 'dt/a',
    clientId: 'pump-7',
    sourceIp: '192.0.2.1',
    base64OriginalPayload: btoa('{"n":1}'),
    failures: [
      { failedAction: 'SnsAction', failedResource: 'arn:aws:sns:us-east-1:123456789012:t' },
      {
        failedAction: 'SqsAction',
        errorMessage: expect.stringMatching(/^Failed to send SQS message\. The error received was …\. .*dt\/a/),
      },
    ],
  })
  expect(text?.draft.errorAction?.request?.text).toContain('failedAction')
  expect(binary?.draft.errorAction).toMatchObject({ isAssumed: false })
  expect(JSON.parse(binary?.draft.errorAction?.document ?? '').failures).toMatchObject([
    { failedAction: 'SqsAction', errorMessage: expect.stringContaining('SQS takes it with useBase64') },
  ])
})

test('who sent a message of which it is not known is taken to be whom somebody typed', async () => {
  const sql = "SELECT clientid() AS c, principal() AS p, sourceip() AS ip FROM 'a'"
  const { caller, add, decided } = start(rulesOf(sql, { sender: { clientId: 'pump-7', sourceIp: '192.0.2.1' } }))
  add(message('a', '{}'), message('a', '{}', { clientId: 'pump-8' }))
  const { rows } = await decided(2)
  expect(rows.map(({ draft }) => draft.words)).toEqual([
    '{"c":"pump-8","ip":"192.0.2.1"}',
    '{"c":"pump-7","ip":"192.0.2.1"}',
  ])
  // So it is in what is saved as a test case, too.
  const detail = await caller.call('rehearsal.detail', { id: rows[1]?.id ?? 0 })
  expect(detail?.message).toMatchObject({ clientId: 'pump-7', sourceIp: '192.0.2.1' })
})
