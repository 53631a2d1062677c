import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateCommandCommand,
  type CreateCommandCommandInput,
  CreateThingCommand,
  DeleteCommandCommand,
  DeleteCommandExecutionCommand,
  GetCommandCommand,
  GetCommandExecutionCommand,
  IoTClient,
  ListCommandExecutionsCommand,
  type ListCommandExecutionsCommandInput,
  ListCommandsCommand,
  type ListCommandsCommandInput,
  ListTagsForResourceCommand,
  UpdateCommandCommand,
} from '@aws-sdk/client-iot'
import {
  IoTJobsDataPlaneClient,
  StartCommandExecutionCommand,
  type StartCommandExecutionCommandInput,
} from '@aws-sdk/client-iot-jobs-data-plane'
import { decodeCbor, encodeCbor } from '@thingdeck/aws-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { makeDevice } from './support/device.ts'
import { limitedRole } from './support/limited-role.ts'
import { connectDevice, connectWebSocket, type TestClient } from './support/mqtt-client.ts'
import { ServerProcess } from './support/server-process.ts'
import { until } from './support/until.ts'

const THING = 'arn:aws:iot:us-east-1:123456789012:thing/lamp-1'
const CLIENT = 'arn:aws:iot:us-east-1:123456789012:client/meter-9'
const arnOf = (commandId: string) => `arn:aws:iot:us-east-1:123456789012:command/${commandId}`
const HOUR_MS = 3_600_000

let local: Local
let iot: IoTClient
let jobs: IoTJobsDataPlaneClient
let device: TestClient
let watcher: TestClient

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient({ ...local.sdk, maxAttempts: 1 })
  jobs = new IoTJobsDataPlaneClient({ ...local.sdk, maxAttempts: 1 })
  device = await connectDevice(local, await makeDevice(local, { thingName: 'lamp-1' }), { clientId: 'lamp-1' })
  await device.mqtt.subscribeAsync('$aws/commands/things/lamp-1/executions/+/request/#', { qos: 1 })
  watcher = await connectWebSocket(local, { clientId: 'watcher' })
  await watcher.mqtt.subscribeAsync('$aws/events/commandExecution/#', { qos: 1 })
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  await watcher[Symbol.asyncDispose]()
  iot.destroy()
  jobs.destroy()
  await local.close()
})

const create = (commandId: string, input: Partial<CreateCommandCommandInput> = {}) =>
  iot.send(
    new CreateCommandCommand({
      commandId,
      payload: { content: Buffer.from('{"restart":true}'), contentType: 'application/json' },
      ...input,
    }),
  )
const start = (commandId: string, input: Partial<StartCommandExecutionCommandInput> = {}) =>
  jobs.send(new StartCommandExecutionCommand({ commandArn: arnOf(commandId), targetArn: THING, ...input }))
const execution = (executionId = '', targetArn = THING) =>
  iot.send(new GetCommandExecutionCommand({ executionId, targetArn, includeResult: true }))
const request = (executionId = '') =>
  device.inbox.take(({ topic }) => topic.startsWith(`$aws/commands/things/lamp-1/executions/${executionId}/request`))
const topicOf = (executionId = '', rest = 'response/json') =>
  `$aws/commands/things/lamp-1/executions/${executionId}/${rest}`
const say = (executionId: string | undefined, report: object) =>
  device.mqtt.publishAsync(topicOf(executionId), JSON.stringify(report), { qos: 1 })
const event = (commandId: string, status: string) => watcher.json(`$aws/events/commandExecution/${commandId}/${status}`)

describe('a command', () => {
  test('is made, shown, listed, renamed, deprecated and restored', async () => {
    const made = await create('restart', { displayName: 'Restart', tags: [{ Key: 'team', Value: 'ops' }] })
    expect(made).toMatchObject({ commandId: 'restart', commandArn: arnOf('restart') })
    const command = await iot.send(new GetCommandCommand({ commandId: 'restart' }))
    expect(command).toMatchObject({
      namespace: 'AWS-IoT',
      displayName: 'Restart',
      deprecated: false,
      pendingDeletion: false,
      payload: { contentType: 'application/json' },
    })
    expect(Buffer.from(command.payload?.content ?? []).toString()).toBe('{"restart":true}')
    const { tags } = await iot.send(new ListTagsForResourceCommand({ resourceArn: arnOf('restart') }))
    expect(tags).toEqual([{ Key: 'team', Value: 'ops' }])
    await expect(create('restart')).rejects.toMatchObject({ name: 'ConflictException', resourceId: 'restart' })

    const deprecated = await iot.send(new UpdateCommandCommand({ commandId: 'restart', deprecated: true }))
    expect(deprecated).toMatchObject({ displayName: 'Restart', deprecated: true })
    await expect(start('restart')).rejects.toMatchObject({ name: 'ValidationException', message: /deprecated/ })
    const restored = await iot.send(
      new UpdateCommandCommand({ commandId: 'restart', deprecated: false, displayName: 'Start again' }),
    )
    expect(restored).toMatchObject({ displayName: 'Start again', deprecated: false })
    await expect(iot.send(new UpdateCommandCommand({ commandId: 'nobody', deprecated: true }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('is listed by age, in pages, by the name of a parameter', async () => {
    await create('first')
    await create('second', {
      payload: undefined,
      payloadTemplate: '{"l":"${aws:iot:commandexecution::parameter:level}"}',
      preprocessor: { awsJsonSubstitution: { outputFormat: 'JSON' } },
      mandatoryParameters: [{ name: 'level', type: 'INTEGER' }],
    })
    const ids = async (input: ListCommandsCommandInput) => {
      const { commands = [], nextToken } = await iot.send(new ListCommandsCommand(input))
      return { ids: commands.map(({ commandId }) => commandId), nextToken }
    }
    const { ids: newest, nextToken } = await ids({ maxResults: 1 })
    expect(newest).toEqual(['second'])
    expect((await ids({ maxResults: 1, nextToken })).ids).toEqual(['first'])
    await expect(ids({ maxResults: 1, nextToken, sortOrder: 'ASCENDING' })).rejects.toMatchObject({
      name: 'ValidationException',
    })
    expect((await ids({ commandParameterName: 'level' })).ids).toEqual(['second'])
    expect((await ids({ namespace: 'AWS-IoT-FleetWise' })).ids).toEqual([])
  })

  test('that is deleted goes after twelve hours, at once if it was deprecated for so long', async () => {
    await using own = await startLocal() // so much time would end the connections of the other one
    const client = new IoTClient({ ...own.sdk, maxAttempts: 1 })
    const commandId = 'old'
    const make = () => client.send(new CreateCommandCommand({ commandId, payload: { content: Buffer.from('x') } }))
    const remove = () => client.send(new DeleteCommandCommand({ commandId }))
    const get = () => client.send(new GetCommandCommand({ commandId }))
    await make()
    expect((await remove()).statusCode).toBe(202)
    expect((await get()).pendingDeletion).toBe(true)
    expect((await client.send(new ListCommandsCommand({}))).commands).toEqual([])
    await expect(make()).rejects.toMatchObject({ name: 'ConflictException' })
    await expect(client.send(new UpdateCommandCommand({ commandId, deprecated: true }))).rejects.toMatchObject({
      name: 'ConflictException',
    })
    own.advanceClock(12 * HOUR_MS)
    await expect(get()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    expect((await remove()).statusCode).toBe(204)

    await make()
    await client.send(new UpdateCommandCommand({ commandId, deprecated: true }))
    own.advanceClock(12 * HOUR_MS)
    expect((await remove()).statusCode).toBe(204)
    client.destroy()
  })

  test.each<[what: string, input: Partial<CreateCommandCommandInput>, message: RegExp]>([
    ['of FleetWise', { namespace: 'AWS-IoT-FleetWise' }, /FleetWise/],
    ['with a role', { roleArn: 'arn:aws:iam::123456789012:role/any-role' }, /roleArn/],
    ['without a payload', { payload: undefined }, /payload/],
    ['with an empty payload', { payload: { content: new Uint8Array() } }, /content/],
    ['with more than 32 KB', { payload: { content: new Uint8Array(32_769) } }, /32/],
    [
      'with a content type that is none',
      { payload: { content: Buffer.from('x'), contentType: 'json' } },
      /contentType/,
    ],
    ['with parameters for a static payload', { mandatoryParameters: [{ name: 'a', type: 'STRING' }] }, /mandatoryPar/],
    ['with a payload and a template', { payloadTemplate: '"${aws:iot:commandexecution::parameter:a}"' }, /not both/],
    [
      'with a template without preprocessor',
      template('"${aws:iot:commandexecution::parameter:a}"', { preprocessor: undefined }),
      /preprocessor/,
    ],
    ['with a template that is no JSON', template('{a'), /JSON/],
    ['with a template without placeholders', template('{"a":1}'), /placeholder/],
    [
      'with a placeholder that there is not',
      template('"${aws:iot:thing} ${aws:iot:commandexecution::parameter:a}"'),
      /aws:iot:thing/,
    ],
    ['with a parameter that is not declared', template('"${aws:iot:commandexecution::parameter:b}"'), /\bb\b/],
    [
      'with a default of another type',
      template(A, { mandatoryParameters: [{ name: 'a', type: 'INTEGER', defaultValue: { S: '1' } }] }),
      /INTEGER/,
    ],
    [
      'with a condition on a flag',
      template(A, {
        mandatoryParameters: [
          {
            name: 'a',
            type: 'BOOLEAN',
            valueConditions: [{ comparisonOperator: 'EQUALS', operand: { string: 'true' } }],
          },
        ],
      }),
      /BOOLEAN/,
    ],
    [
      'with a range of a text',
      template(A, {
        mandatoryParameters: [
          {
            name: 'a',
            type: 'STRING',
            valueConditions: [{ comparisonOperator: 'IN_RANGE', operand: { numberRange: { min: '1', max: '2' } } }],
          },
        ],
      }),
      /IN_RANGE/,
    ],
    [
      'with an operand of another operator',
      template(A, {
        mandatoryParameters: [
          { name: 'a', type: 'LONG', valueConditions: [{ comparisonOperator: 'IN_SET', operand: { number: '1' } }] },
        ],
      }),
      /numbers/,
    ],
  ])('%s is refused', async (_, input, message) => {
    await expect(create('refused', input)).rejects.toMatchObject({ name: 'ValidationException', message })
  })
})

const A = '"${aws:iot:commandexecution::parameter:a}"'

function template(payloadTemplate: string, more: Partial<CreateCommandCommandInput> = {}) {
  return {
    payload: undefined,
    payloadTemplate,
    preprocessor: { awsJsonSubstitution: { outputFormat: 'JSON' as const } },
    mandatoryParameters: [{ name: 'a', type: 'STRING' as const }],
    ...more,
  }
}

describe('an execution', () => {
  test('goes to the device, is reported in steps and told as events', async () => {
    await create('blink')
    const { executionId } = await start('blink', { executionTimeoutSeconds: 60 })
    const { topic, text, packet } = await request(executionId)
    expect(topic).toBe(topicOf(executionId, 'request/json'))
    expect(text).toBe('{"restart":true}')
    expect(packet.properties?.contentType).toBe('application/json')
    expect(packet.properties?.messageExpiryInterval).toBeGreaterThan(0)
    expect(packet.properties?.messageExpiryInterval).toBeLessThanOrEqual(60)
    expect(await execution(executionId)).toMatchObject({ status: 'CREATED', executionTimeoutSeconds: 60 })
    expect(await event('blink', 'CREATED')).toMatchObject({
      executionId,
      status: 'CREATED',
      eventType: 'COMMAND_EXECUTION',
      commandArn: arnOf('blink'),
      targetArn: THING,
    })

    // As the device SDK writes it, with members that the report does not need.
    await say(executionId, { deviceType: 'things', deviceId: 'lamp-1', executionId, status: 'IN_PROGRESS' })
    expect(await device.json(topicOf(executionId, 'response/accepted/json'))).toEqual({ executionId })
    await say(executionId, {
      status: 'SUCCEEDED',
      statusReason: { reasonCode: 'DONE', reasonDescription: 'it blinked' },
      result: { times: { s: '3' }, lit: { b: true }, raw: { bin: 'AQI=' } },
    })
    await device.json(topicOf(executionId, 'response/accepted/json'))
    const done = await execution(executionId)
    expect(done).toMatchObject({
      status: 'SUCCEEDED',
      commandArn: arnOf('blink'),
      statusReason: { reasonCode: 'DONE', reasonDescription: 'it blinked' },
      result: { times: { S: '3' }, lit: { B: true } },
    })
    expect([...(done.result?.raw?.BIN ?? [])]).toEqual([1, 2])
    expect(done.completedAt).toBeInstanceOf(Date)
    expect(done.startedAt).toEqual(done.createdAt)
    expect(await event('blink', 'SUCCEEDED')).toMatchObject({ statusReason: { reasonCode: 'DONE' } })
    const bare = await iot.send(new GetCommandExecutionCommand({ executionId, targetArn: THING }))
    expect(bare.result).toBeUndefined()

    await say(executionId, { status: 'FAILED' })
    expect(await device.json(topicOf(executionId, 'response/rejected/json'))).toMatchObject({
      executionId,
      error: 'TerminalStateReached',
    })
  })

  test('that nobody answers times out, and may still be ended late, but not begun', async () => {
    await create('slow')
    const { executionId } = await start('slow')
    await request(executionId)
    local.advanceClock(10_000)
    expect(await event('slow', 'TIMED_OUT')).toMatchObject({ statusReason: { reasonCode: '$NO_RESPONSE_FROM_DEVICE' } })
    const late = await execution(executionId)
    expect(late).toMatchObject({ status: 'TIMED_OUT', statusReason: { reasonCode: '$NO_RESPONSE_FROM_DEVICE' } })
    expect(late.completedAt).toBeUndefined()
    const remove = () => iot.send(new DeleteCommandExecutionCommand({ executionId, targetArn: THING }))
    await expect(remove()).rejects.toMatchObject({ name: 'ConflictException' })
    await say(executionId, { status: 'IN_PROGRESS' })
    expect(await device.json(topicOf(executionId, 'response/rejected/json'))).toMatchObject({
      error: 'InvalidStateTransition',
    })
    await say(executionId, { status: 'FAILED', statusReason: { reasonCode: 'TOO_SLOW' } })
    await device.json(topicOf(executionId, 'response/accepted/json'))
    expect(await execution(executionId)).toMatchObject({ status: 'FAILED', statusReason: { reasonCode: 'TOO_SLOW' } })
    await remove()
    await expect(execution(executionId)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await remove() // what is gone is no fault
  })

  test('is the same one for the same client token, and refused for another request', async () => {
    await create('once')
    const asked = { clientToken: 'token-1', executionTimeoutSeconds: 30 }
    const { executionId } = await start('once', asked)
    expect((await start('once', asked)).executionId).toBe(executionId)
    await expect(start('once', { ...asked, executionTimeoutSeconds: 31 })).rejects.toMatchObject({
      name: 'ConflictException',
    })
    await request(executionId)
    expect(device.inbox.rest.filter(({ topic }) => topic.includes('/request'))).toEqual([])
  })

  test('goes to a client by its id, on the topic without a format', async () => {
    await using meter = await connectDevice(local, await makeDevice(local), { clientId: 'meter-9' })
    await meter.mqtt.subscribeAsync('$aws/commands/clients/meter-9/executions/+/request', { qos: 1 })
    await create('read', { payload: { content: Buffer.from([0, 1]), contentType: 'application/octet-stream' } })
    const { executionId } = await start('read', { targetArn: CLIENT })
    const { topic, packet } = await meter.inbox.take()
    expect(topic).toBe(`$aws/commands/clients/meter-9/executions/${executionId}/request`)
    expect(packet.properties?.contentType).toBe('application/octet-stream')
    expect([...packet.payload]).toEqual([0, 1])
    const response = `$aws/commands/clients/meter-9/executions/${executionId}/response`
    await meter.mqtt.publishAsync(response, '{"status":"REJECTED"}', { qos: 1 })
    expect(await meter.json(`${response}/accepted`)).toEqual({ executionId })
    expect((await execution(executionId, CLIENT)).status).toBe('REJECTED')
    await expect(execution(executionId, THING)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('is reported in CBOR, too', async () => {
    await create('cbor')
    const { executionId } = await start('cbor')
    const report = encodeCbor({ status: 'SUCCEEDED', result: { raw: { bin: Uint8Array.of(7, 8) } } })
    await device.mqtt.publishAsync(topicOf(executionId, 'response/cbor'), Buffer.from(report), { qos: 1 })
    const { packet } = await device.inbox.take(({ topic }) => topic === topicOf(executionId, 'response/accepted/cbor'))
    expect(decodeCbor(Buffer.from(packet.payload))).toEqual({ executionId })
    expect([...((await execution(executionId)).result?.raw?.BIN ?? [])]).toEqual([7, 8])
  })

  test.each<[report: string, error: string]>([
    ['{', 'InvalidJson'],
    ['[]', 'InvalidRequest'],
    ['{}', 'InvalidRequest'],
    ['{"status":"CREATED"}', 'InvalidRequest'],
    ['{"status":"FAILED","statusReason":{"reasonCode":"lower"}}', 'InvalidRequest'],
    ['{"status":"FAILED","statusReason":{}}', 'InvalidRequest'],
    ['{"status":"FAILED","statusReason":{"reasonCode":"A","reasonDescription":"a\\nb"}}', 'InvalidRequest'],
    ['{"status":"FAILED","result":{}}', 'InvalidRequest'],
    ['{"status":"FAILED","result":{"a":"b"}}', 'InvalidRequest'],
    ['{"status":"FAILED","result":{"a":{"S":"b"}}}', 'InvalidRequest'],
    ['{"status":"FAILED","result":{"a":{"bin":"?"}}}', 'InvalidRequest'],
  ])('%s is no report: %s', async (report, error) => {
    await create('reports').catch(() => {})
    const { executionId } = await start('reports')
    await device.mqtt.publishAsync(topicOf(executionId), report, { qos: 1 })
    expect(await device.json(topicOf(executionId, 'response/rejected/json'))).toMatchObject({ executionId, error })
    expect((await execution(executionId)).status).toBe('CREATED')
    await say(executionId, { status: 'FAILED' })
    await device.json(topicOf(executionId, 'response/accepted/json'))
  })

  test('of another device is not found', async () => {
    await create('other')
    const { executionId } = await start('other')
    const response = `$aws/commands/things/lamp-2/executions/${executionId}/response`
    await device.mqtt.publishAsync(`${response}/json`, '{"status":"FAILED"}', { qos: 1 })
    expect(await device.json(`${response}/rejected/json`)).toMatchObject({ error: 'ResourceNotFound' })
  })

  test('of what is not there is refused', async () => {
    await create('there')
    await expect(start('nowhere')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    await expect(start('there', { targetArn: `${THING}0` })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    await expect(start('there', { targetArn: arnOf('there') })).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(start('there', { executionTimeoutSeconds: 43_201 })).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await expect(start('there', { parameters: { a: { S: 'b' } } })).rejects.toMatchObject({
      name: 'ValidationException',
    })
    await expect(start('a b')).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(start('there', { executionTimeoutSeconds: 0 })).rejects.toMatchObject({ name: 'ValidationException' })
  })
})

describe('a template', () => {
  test('is filled with what is given, the value of the command, or its default', async () => {
    const at = (name: string) => `\${aws:iot:commandexecution::parameter:${name}}`
    await create('dim', {
      payload: undefined,
      payloadTemplate: `{"level":"${at('level')}","who":"by ${at('who')} at ${at('level')}","on":"${at('on')}","big":"${at('big')}","raw":"${at('raw')}","in":"\${aws:iot:commandexecution::executionTimeoutSec}","kept":12345678901234567890}`,
      preprocessor: { awsJsonSubstitution: { outputFormat: 'JSON' } },
      mandatoryParameters: [
        {
          name: 'level',
          type: 'INTEGER',
          valueConditions: [{ comparisonOperator: 'IN_RANGE', operand: { numberRange: { min: '0', max: '100' } } }],
        },
        { name: 'who', type: 'STRING', defaultValue: { S: 'ops "night"' } },
        { name: 'on', type: 'BOOLEAN', value: { B: true }, defaultValue: { B: false } },
        {
          name: 'big',
          type: 'UNSIGNEDLONG',
          defaultValue: { UL: '18446744073709551615' },
          valueConditions: [{ comparisonOperator: 'GREATER_THAN', operand: { number: '18446744073709551614' } }],
        },
        { name: 'raw', type: 'BINARY', defaultValue: { BIN: Uint8Array.of(1, 2) } },
      ],
    })
    const { executionId } = await start('dim', { parameters: { level: { I: 100 } }, executionTimeoutSeconds: 20 })
    const { text } = await request(executionId)
    expect(text).toBe(
      '{"level":100,"who":"by ops \\"night\\" at 100","on":true,"big":18446744073709551615,"raw":"AQI=","in":20,"kept":12345678901234567890}',
    )
    expect((await execution(executionId)).parameters).toMatchObject({
      level: { I: 100 },
      who: { S: 'ops "night"' },
      on: { B: true },
    })
    const refused = (parameters: StartCommandExecutionCommandInput['parameters'], message: RegExp) =>
      expect(start('dim', { parameters })).rejects.toMatchObject({ name: 'ValidationException', message })
    await refused({ level: { I: 101 } }, /IN_RANGE 0 to 100/)
    await refused({ level: { S: '5' } }, /INTEGER/)
    await refused({}, /level/)
    await refused({ level: { I: 1 }, other: { I: 1 } }, /other/)
    await refused({ level: { I: 1 }, big: { UL: '5' } }, /GREATER_THAN/)
    const { mandatoryParameters } = await iot.send(new GetCommandCommand({ commandId: 'dim' }))
    expect(mandatoryParameters?.map(({ name, type }) => [name, type])).toEqual([
      ['level', 'INTEGER'],
      ['who', 'STRING'],
      ['on', 'BOOLEAN'],
      ['big', 'UNSIGNEDLONG'],
      ['raw', 'BINARY'],
    ])
  })

  test('goes out in CBOR where its command says so', async () => {
    await create('dim-cbor', {
      ...template('{"a":"${aws:iot:commandexecution::parameter:a}"}', {
        preprocessor: { awsJsonSubstitution: { outputFormat: 'CBOR' } },
        mandatoryParameters: [{ name: 'a', type: 'BINARY' }],
      }),
    })
    const { executionId } = await start('dim-cbor', { parameters: { a: { BIN: Uint8Array.of(9) } } })
    const { topic, packet } = await request(executionId)
    expect(topic).toBe(topicOf(executionId, 'request/cbor'))
    expect(decodeCbor(Buffer.from(packet.payload))).toEqual({ a: Uint8Array.of(9) })
  })
})

test('executions are listed by command or device, by status and time, in pages', async () => {
  await iot.send(new CreateThingCommand({ thingName: 'lists' }))
  const targetArn = THING.replace('lamp-1', 'lists')
  await create('list-a')
  await create('list-b')
  const startedAt = async (executionId: string | undefined) =>
    (await execution(executionId, targetArn)).createdAt?.toISOString().slice(0, 16)
  const ids: (string | undefined)[] = []
  for (const commandId of ['list-a', 'list-b', 'list-a']) {
    ids.push((await start(commandId, { targetArn })).executionId)
    local.advanceClock(2 * 60_000)
  }
  const [one, two, three] = ids
  const list = async (input: ListCommandExecutionsCommandInput) => {
    const { commandExecutions = [], nextToken } = await iot.send(new ListCommandExecutionsCommand(input))
    return { ids: commandExecutions.map(({ executionId }) => executionId), nextToken }
  }
  expect((await list({ targetArn })).ids).toEqual([three, two, one])
  expect((await list({ targetArn, sortOrder: 'ASCENDING' })).ids).toEqual([one, two, three])
  expect((await list({ commandArn: arnOf('list-a') })).ids).toEqual([three, one])
  const { nextToken } = await list({ targetArn, maxResults: 2 })
  expect((await list({ targetArn, maxResults: 2, nextToken })).ids).toEqual([one])
  expect((await list({ targetArn, status: 'TIMED_OUT' })).ids).toEqual([three, two, one])
  expect((await list({ targetArn, status: 'CREATED' })).ids).toEqual([])
  const last = await startedAt(three) // its minute: after it is the last one alone, before it the others
  expect((await list({ targetArn, startedTimeFilter: { before: last } })).ids).toEqual([two, one])
  expect((await list({ targetArn, startedTimeFilter: { after: last } })).ids).toEqual([three])
  expect((await list({ targetArn, completedTimeFilter: { after: last } })).ids).toEqual([])

  const refused = (input: ListCommandExecutionsCommandInput) =>
    expect(list(input)).rejects.toMatchObject({ name: 'ValidationException' })
  await refused({})
  await refused({ targetArn, commandArn: arnOf('list-a') })
  await refused({ targetArn, startedTimeFilter: {}, completedTimeFilter: {} })
  await refused({ targetArn, startedTimeFilter: { after: '2026-01-01' } })
  await refused({ targetArn, nextToken: 'none' })
})

test('who may start, read and delete executions is asked on the command and on the device', async () => {
  const role = await limitedRole(local)
  const limited = new IoTJobsDataPlaneClient({ ...local.sdk, credentials: role.credentials, maxAttempts: 1 })
  await create('guarded', {
    ...template(`{"a":${A}}`),
  })
  const ask = (a: string) =>
    limited
      .send(
        new StartCommandExecutionCommand({
          commandArn: arnOf('guarded'),
          targetArn: THING,
          parameters: { a: { S: a } },
        }),
      )
      .then(
        ({ executionId }) => executionId ?? '',
        (error: Error) => error.name,
      )
  const Action = 'iot:StartCommandExecution'
  const ofParameter = { StringEquals: { 'iot:CommandExecutionParameterString/a': 'low' } }
  await role.allow({ Effect: 'Allow', Action, Resource: arnOf('guarded') })
  expect(await ask('low')).toBe('ForbiddenException')
  await role.allow({ Effect: 'Allow', Action, Resource: THING })
  expect(await ask('low')).toBe('ForbiddenException')
  await role.allow({ Effect: 'Allow', Action, Resource: [arnOf('guarded'), THING], Condition: ofParameter })
  expect(await ask('high')).toBe('ForbiddenException')
  const executionId = await ask('low')
  expect(executionId).toMatch(/^[0-9a-f-]{36}$/)

  for (const operation of ['GetCommandExecution', 'DeleteCommandExecution']) {
    const resources = [arnOf('guarded'), THING]
    const input = { executionId, targetArn: THING }
    await role.allow({ Effect: 'Allow', Action: `iot:${operation}`, Resource: THING })
    expect(await role.refusedOn(operation, input)).toBe(arnOf('guarded'))
    await role.allow({ Effect: 'Allow', Action: `iot:${operation}`, Resource: resources })
    expect(await role.refusedOn(operation, input)).toBeUndefined()
  }
  await role.allow({ Effect: 'Allow', Action: 'iot:GetCommand', Resource: arnOf('other') })
  expect(await role.refusedOn('GetCommand', { commandId: 'guarded' })).toBe(arnOf('guarded'))
  role.close()
  limited.destroy()
})

test('an execution in progress outlives a kill, and times out if its time passed meanwhile', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'thingdeck-commands-'))
  const first = await ServerProcess.start(['--data', folder])
  const clients = { iot: new IoTClient(first.local.sdk), jobs: new IoTJobsDataPlaneClient(first.local.sdk) }
  const targetArn = 'arn:aws:iot:us-east-1:123456789012:client/kettle'
  await clients.iot.send(new CreateCommandCommand({ commandId: 'boil', payload: { content: Buffer.from('x') } }))
  const startFor = async (executionTimeoutSeconds: number) => {
    const asked = { commandArn: arnOf('boil'), targetArn, executionTimeoutSeconds }
    return (await clients.jobs.send(new StartCommandExecutionCommand(asked))).executionId ?? ''
  }
  const long = await startFor(3_600)
  const short = await startFor(1)
  await first.stop('SIGKILL')
  const second = await ServerProcess.start(['--data', folder])
  const again = new IoTClient(second.local.sdk)
  const statusOf = async (executionId: string) =>
    (await again.send(new GetCommandExecutionCommand({ executionId, targetArn }))).status
  await until(async () => ((await statusOf(short)) === 'TIMED_OUT' ? true : undefined))
  expect(await statusOf(long)).toBe('CREATED')
  for (const client of [clients.iot, clients.jobs, again]) client.destroy()
  await second.stop('SIGTERM')
  rmSync(folder, { recursive: true })
})
