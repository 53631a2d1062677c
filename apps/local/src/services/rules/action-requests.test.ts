import { createServer } from 'node:http'
import { ACTION_REQUESTS, compileActionRequest, type MatchedMessage } from '@thingdeck/rule-actions'
import { compileTemplate, RuleInput } from '@thingdeck/rules-sql'
import { expect, onTestFinished, test } from 'vitest'
import type { ServiceContext } from '../../foundation/service.ts'
import type { ActionOptions, Execution } from './actions/action.ts'
import { type ActionParts, compileAction } from './compile-action.ts'
import { ACTION_NAMES, type ActionName } from './rule-table.ts'

const ROLE = 'arn:aws:iam::123456789012:role/r'
const account = { id: '123456789012', region: 'us-east-1' }

test('whoever rehearses knows all actions that the server does', () => {
  expect(Object.keys(ACTION_REQUESTS).sort()).toEqual([...ACTION_NAMES].sort())
})

const SETTINGS: readonly (readonly [ActionName, object])[] = [
  ['cloudwatchAlarm', { alarmName: 'a', stateReason: '${n} is much', stateValue: 'ALARM', roleArn: ROLE }],
  ['cloudwatchLogs', { logGroupName: 'g', roleArn: ROLE }],
  [
    'cloudwatchMetric',
    { metricNamespace: 'N', metricName: 'm', metricValue: '${n}', metricUnit: 'Count', roleArn: ROLE },
  ],
  ['dynamoDB', { tableName: 't', hashKeyField: 'id', hashKeyValue: '${topic(2)}', roleArn: ROLE }],
  [
    'dynamoDB',
    {
      tableName: 't',
      operation: 'UPDATE',
      hashKeyField: 'n',
      hashKeyValue: '${n}',
      hashKeyType: 'NUMBER',
      roleArn: ROLE,
    },
  ],
  ['dynamoDB', { tableName: 't', operation: 'DELETE', hashKeyField: 'id', hashKeyValue: 'x', roleArn: ROLE }],
  ['dynamoDBv2', { putItem: { tableName: 't' }, roleArn: ROLE }],
  ['firehose', { deliveryStreamName: 'd', separator: '\n', roleArn: ROLE }],
  ['iotAnalytics', { channelName: 'c', roleArn: ROLE }],
  ['iotEvents', { inputName: 'i', messageId: '${n}', roleArn: ROLE }],
  [
    'iotSiteWise',
    {
      putAssetPropertyValueEntries: [
        {
          propertyAlias: '/${topic(2)}',
          propertyValues: [{ value: { doubleValue: '${n}' }, timestamp: { timeInSeconds: '17' } }],
        },
      ],
      roleArn: ROLE,
    },
  ],
  ['kinesis', { streamName: 's', roleArn: ROLE }],
  ['location', { trackerName: 't', deviceId: '${topic(2)}', latitude: '${n}', longitude: '8.5', roleArn: ROLE }],
  ['s3', { bucketName: 'b', key: '${topic()}.json', cannedAcl: 'private', roleArn: ROLE }],
  ['sns', { targetArn: 'arn:aws:sns:us-east-1:123456789012:t', messageFormat: 'JSON', roleArn: ROLE }],
  ['sqs', { queueUrl: 'https://sqs.us-east-1.amazonaws.com/123456789012/q', useBase64: true, roleArn: ROLE }],
  ['stepFunctions', { stateMachineName: 'm', executionNamePrefix: '${topic(2)}-', roleArn: ROLE }],
  [
    'timestream',
    { databaseName: 'd', tableName: 't', dimensions: [{ name: 'p', value: '${topic(2)}' }], roleArn: ROLE },
  ],
]

test.each(SETTINGS)('%s %j: the console shows the input that the server sends', async (name, settings) => {
  const sent: unknown[] = []
  const unknownToAws: string[] = []
  const clients = {
    timeoutOf: () => 1_000,
    of: async () => ({
      async send({ input, schema }: { readonly input: unknown; readonly schema: readonly unknown[] }) {
        sent.push(input)
        unknownToAws.push(...strangers(schema[4], input))
        return {}
      },
      destroy() {},
    }),
  }
  await doneBy(name, settings, { clients })
  expect(sent).toEqual([await shown(name, settings)])
  // The SDK leaves out what it does not know, and says nothing.
  expect(unknownToAws).toEqual([])
})

test('lambda: the console shows the payload that the server hands on', async () => {
  const settings = { functionArn: 'arn:aws:lambda:us-east-1:123456789012:function:f' }
  const sent: { readonly functionArn: string; readonly payload: Uint8Array }[] = []
  const send = async (invocation: (typeof sent)[number]) => void sent.push(invocation)
  await doneBy('lambda', settings, { clients: { timeoutOf: () => 1_000, of: async () => ({ send, destroy() {} }) } })
  const [{ functionArn, payload } = { functionArn: '', payload: new Uint8Array() }] = sent
  expect(await shown('lambda', settings)).toEqual({
    FunctionName: functionArn,
    InvocationType: 'Event',
    Payload: payload,
  })
})

test('what is published by republish is what the console shows', async () => {
  const settings = {
    topic: 'alarms/${topic(2)}',
    qos: 1,
    headers: { contentType: 'text/${n}', messageExpiry: '60', userProperties: [{ key: 'k', value: '${n}' }] },
    roleArn: ROLE,
  }
  const published: object[] = []
  const publishFor = async (_: unknown, message: object) => void published.push(message)
  await doneBy('republish', settings, {}, { messages: { publishFor } })
  const { expirySeconds: _, ...request } = (await shown('republish', settings)) as { expirySeconds: number }
  expect(published).toMatchObject([request])
})

test.each([
  ['MQ==', [0x31]],
  ['MQ', [0x31]],
  ['MQ=', [0x31]],
  ['MTIz=', [0x31, 0x32, 0x33]],
])('correlation data of republish: %s, whatever its padding', async (correlationData, bytes) => {
  const settings = { topic: 'a', headers: { correlationData }, roleArn: ROLE }
  expect(await shown('republish', settings)).toMatchObject({ properties: { correlationData: Uint8Array.from(bytes) } })
})

test.each(['M', 'MQ===', 'M-Q='])('correlation data of republish: %s is none', async (correlationData) => {
  const settings = { topic: 'a', headers: { correlationData }, roleArn: ROLE }
  await expect(shown('republish', settings)).rejects.toThrow('correlationData must be base64-encoded')
})

test.each<[ActionName, object]>([
  ['http', { url: 'URL/${topic(2)}', confirmationUrl: 'URL', headers: [{ key: 'x-n', value: '${n}' }] }],
  ['salesforce', { url: 'URL/streams/s', token: 't' }],
  ['openSearch', { endpoint: 'URL', index: 'i', type: 't', id: '${topic(2)}', roleArn: ROLE }],
  ['elasticsearch', { endpoint: 'URL', index: 'i', type: 't', id: '${n}', roleArn: ROLE }],
])('%s: the console shows what is sent over HTTP', async (name, template) => {
  const heard: { method: string | undefined; url: string; body: string; n: unknown }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    heard.push({ method: request.method, url: `${url}${request.url}`, body, n: request.headers['x-n'] })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const settings = JSON.parse(JSON.stringify(template).replaceAll('URL', url)) as object
  await doneBy(name, settings, {
    destinations: { statusOfUrl: () => ({ status: 'ENABLED' }) },
    clients: { credentialsFor: () => ({ accessKeyId: 'a', secretAccessKey: 's' }) },
  })
  const request = (await shown(name, settings)) as { url: string; body: Uint8Array; headers: [string, string][] }
  expect(heard).toEqual([
    {
      method: name === 'http' || name === 'salesforce' ? 'POST' : 'PUT',
      url: request.url,
      body: Buffer.from(request.body).toString(),
      n: request.headers.find(([header]) => header === 'x-n')?.[1],
    },
  ])
})

/** A message that the rule made something of; ids are always the same. */
const MATCHED: MatchedMessage = {
  input: new RuleInput({ topic: 'dt/pump-7', payload: Buffer.from('{"n":7}'), timestampMs: 1_700_000_000_000 }),
  variables: [],
  environment: { accountId: account.id, random: () => 0, randomUuid: () => 'an-id', services: {} },
  result: { n: 7, price: 1.5 },
  output: Buffer.from('{"n":7,"price":1.5}'),
}

const OPTIONS: ActionOptions = {
  account,
  home: { region: account.region, accountId: account.id },
  ruleName: 'r',
  sqlVersion: '2016-03-23',
  place: 'actions[0]',
  isErrorAction: false,
  template: (_, text) => compileTemplate(text, { sqlVersion: '2016-03-23' }),
}

/** Structures and unions, lists and maps in the SDK's schemas: `[kind, namespace, name, traits, …]`. */
const [LIST, MAP, STRUCTURE, UNION] = [1, 2, 3, 4]

/** The members of an input that its operation does not have, by their paths. */
function strangers(schema: unknown, value: unknown, path = 'input'): string[] {
  if (typeof schema === 'function') return strangers(schema(), value, path)
  if (!Array.isArray(schema) || typeof value !== 'object' || value === null) return []
  const [kind, , , , names, types] = schema
  if (typeof schema[1] !== 'string') return strangers(kind, value, path) // with the traits of the member
  const entries = Object.entries(value)
  if (kind === LIST) return entries.flatMap(([index, item]) => strangers(names, item, `${path}[${index}]`))
  if (kind === MAP) return entries.flatMap(([key, item]) => strangers(types, item, `${path}.${key}`))
  if (kind !== STRUCTURE && kind !== UNION) return []
  return entries.flatMap(([member, item]) =>
    names.includes(member) ? strangers(types[names.indexOf(member)], item, `${path}.${member}`) : [`${path}.${member}`],
  )
}

async function shown(name: ActionName, settings: object): Promise<object | undefined> {
  const request = compileActionRequest(name, settings, OPTIONS)
  return (await request?.request(MATCHED))?.input
}

/** The action, done by the server with as much around it as it asks for. */
async function doneBy(name: ActionName, settings: object, parts: object, context: object = {}): Promise<void> {
  const roles: object = { whyNot: () => undefined, whyNotAssumed: () => undefined, forRule: () => roles }
  const limits = { messageExpirySeconds: 604_800, userPropertiesBytes: 8_192 }
  const action = compileAction(
    // These are all that the actions here ask for.
    { account, clock: () => 0, broker: { limits }, ...context } as unknown as ServiceContext,
    { roles, ...parts } as unknown as ActionParts,
  )(name, settings, OPTIONS)
  const execution: Execution = {
    ...MATCHED,
    ruleName: 'r',
    lineage: { hops: 0, caused: { count: 0 } },
    publisher: undefined,
  }
  await action.run(execution)
}
