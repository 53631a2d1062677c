import { readFileSync } from 'node:fs'
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import type {
  AuditPage,
  BulkChange,
  BulkChangeResults,
  Command,
  CommandButton,
  CommandExecution,
  CommandExecutionPage,
  CommandLook,
  CommandPage,
  NewCommand,
} from '@thingdeck/contract'
import mqtt, { type MqttClient } from 'mqtt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole, type TestConsole } from './console.ts'

let console: TestConsole
let device: MqttClient
const ada = new Browser()
const grace = new Browser()
/** What the device answers to each request; undefined: nothing. */
let answer: object | undefined

beforeAll(async () => {
  console = await startConsole()
  await signIn(ada, console.url, 'ada')
  await signIn(grace, console.url, 'grace')
  const iot = new IoTClient(console.sdk)
  await iot.send(
    new CreatePolicyCommand({
      policyName: 'all',
      policyDocument: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}',
    }),
  )
  const {
    certificateArn = '',
    certificatePem = '',
    keyPair,
  } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  for (const thingName of ['lamp-1', 'lamp-2']) await iot.send(new CreateThingCommand({ thingName }))
  await iot.send(new AttachThingPrincipalCommand({ thingName: 'lamp-1', principal: certificateArn }))
  await iot.send(new AttachPolicyCommand({ policyName: 'all', target: certificateArn }))
  device = await mqtt.connectAsync(console.server.mqtts, {
    clientId: 'lamp-1',
    protocolVersion: 5,
    reconnectPeriod: 0,
    ca: readFileSync(console.server.rootCaPath),
    cert: certificatePem,
    key: keyPair?.PrivateKey ?? '',
  })
  device.on('message', (topic) => {
    if (answer) device.publish(topic.replace('/request/', '/response/'), JSON.stringify(answer), { qos: 1 })
  })
  await device.subscribeAsync('$aws/commands/things/lamp-1/executions/+/request/json', { qos: 1 })
})
afterAll(async () => {
  await device.endAsync(true)
  await console[Symbol.asyncDispose]()
})

const call = <Answer>(method: string, path: string, body?: object, by = ada) =>
  ask<Answer>(by, console.url, method, path, body)
const create = (command: NewCommand) => call<{ commandId: string }>('POST', '/api/commands', command)

const LEVEL: NewCommand = {
  commandId: 'set-level',
  displayName: 'Set the level',
  payloadTemplate: '{"level":"${aws:iot:commandexecution::parameter:level}"}',
  outputFormat: 'JSON',
  parameters: [
    {
      name: 'level',
      type: 'INTEGER',
      defaultValue: { I: 50 },
      valueConditions: [{ comparisonOperator: 'IN_RANGE', operand: { numberRange: { min: '0', max: '100' } } }],
    },
  ],
  tags: { team: 'lamps' },
}

const send = (commandId: string, more: object = {}) =>
  call<{ executionId: string }>('POST', `/api/commands/${commandId}/executions`, {
    device: { thingName: 'lamp-1' },
    clientToken: crypto.randomUUID(),
    ...more,
  })
const execution = async (executionId: string, target = 'thingName=lamp-1') =>
  (await call<CommandExecution>('GET', `/api/command-executions/${executionId}?${target}`)).body
const until = (executionId: string, status: string) =>
  vi.waitFor(
    async () => {
      const found = await execution(executionId)
      expect(found.status).toBe(status)
      return found
    },
    { timeout: 20_000 },
  )

test('a command is made, read byte for byte, looked at, renamed, deprecated and restored', async () => {
  expect(await create(LEVEL)).toMatchObject({ status: 200, body: { commandId: 'set-level' } })
  const bytes = Buffer.from([0, 255, 1])
  const blob = { content: bytes.toString('base64'), contentType: 'application/octet-stream' }
  expect(await create({ commandId: 'blob', payload: blob })).toMatchObject({ status: 200 })
  expect(await create(LEVEL)).toMatchObject({ status: 409, body: { code: 'ConflictException' } })

  const { body: command } = await call<Command>('GET', '/api/commands/set-level')
  expect(command).toMatchObject({
    displayName: 'Set the level',
    payloadTemplate: LEVEL.payloadTemplate,
    outputFormat: 'JSON',
    parameters: LEVEL.parameters,
    tags: { team: 'lamps' },
    deprecated: false,
    pendingDeletion: false,
  })
  expect((await call<Command>('GET', '/api/commands/blob')).body.payload).toEqual(blob)
  const { body: page } = await call<CommandPage>('GET', '/api/commands?commandParameterName=level')
  expect(page.commands.map(({ commandId }) => commandId)).toEqual(['set-level'])
  const idsOf = async (query: string) =>
    (await call<CommandPage>('GET', `/api/commands?${query}`)).body.commands.map(({ commandId }) => commandId)
  expect(await idsOf('name=THE%20level')).toEqual(['set-level'])
  expect(await idsOf('deprecated=true')).toEqual([])
  expect(await idsOf('deprecated=false')).toEqual(['blob', 'set-level'])
  const { body: looks } = await call<{ commands: CommandLook[] }>(
    'GET',
    '/api/command-looks?commandId=blob&commandId=gone&commandId=set-level',
  )
  expect(looks.commands).toMatchObject([{ commandId: 'blob', parameters: [] }, { commandId: 'set-level' }])

  const change = (body: object) => call<Command>('PATCH', '/api/commands/set-level', body)
  expect((await change({ displayName: 'Level', deprecated: true })).body).toMatchObject({
    displayName: 'Level',
    deprecated: true,
  })
  expect(await send('set-level')).toMatchObject({ status: 400, body: { code: 'ValidationException' } })
  expect((await change({ deprecated: false })).body).toMatchObject({ deprecated: false })
})

test('what it may not be is refused in words', async () => {
  const of = (parameters: NewCommand['parameters']) =>
    create({ ...LEVEL, commandId: 'never', parameters: parameters ?? [] })
  expect(await of([])).toMatchObject({ status: 400, body: { detail: expect.stringContaining('level') } })
  expect(await of([{ name: 'level', type: 'INTEGER', defaultValue: { S: 'x' } }])).toMatchObject({ status: 400 })
  expect(await call('GET', '/api/command-executions')).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } })
  expect(await call('GET', '/api/command-executions?clientId=a&thingName=b')).toMatchObject({ status: 400 })
})

test('it is sent, obeyed and told of; late results are taken; a value that breaks its condition is refused', async () => {
  answer = {
    status: 'SUCCEEDED',
    statusReason: { reasonCode: 'OK', reasonDescription: 'as told' },
    result: { level: { s: '20' }, on: { b: true }, raw: { bin: 'AP8B' } },
  }
  const { body: sent } = await send('set-level', { parameters: { level: { I: 20 } } })
  expect(await until(sent.executionId, 'SUCCEEDED')).toMatchObject({
    commandId: 'set-level',
    target: { thingName: 'lamp-1' },
    parameters: { level: { I: 20 } },
    executionTimeoutSeconds: 10,
    statusReason: { reasonCode: 'OK', reasonDescription: 'as told' },
    result: { level: { S: '20' }, on: { B: true }, raw: { BIN: 'AP8B' } },
  })
  expect(await send('set-level', { parameters: { level: { I: 101 } } })).toMatchObject({
    status: 400,
    body: { code: 'ValidationException', detail: expect.stringContaining('IN_RANGE 0 to 100') },
  })

  answer = undefined
  const { body: lost } = await send('set-level', { executionTimeoutSeconds: 1 })
  const timedOut = await until(lost.executionId, 'TIMED_OUT')
  expect(timedOut).toMatchObject({ statusReason: { reasonCode: '$NO_RESPONSE_FROM_DEVICE' } })
  expect(timedOut.completedAt).toBeUndefined()
  await device.publishAsync(
    `$aws/commands/things/lamp-1/executions/${lost.executionId}/response/json`,
    '{"status":"FAILED","statusReason":{"reasonCode":"LATE"}}',
    { qos: 1 },
  )
  expect((await until(lost.executionId, 'FAILED')).completedAt).toBeDefined()

  const { body: history } = await call<CommandExecutionPage>('GET', '/api/command-executions?thingName=lamp-1')
  expect(history.executions.map(({ executionId }) => executionId)).toEqual([lost.executionId, sent.executionId])
  const ofBoth = await call<CommandExecutionPage>('GET', '/api/command-executions?thingName=lamp-1&commandId=blob')
  expect(ofBoth.body).toEqual({ executions: [] })
  const since = new Date(Date.now() - 60_000).toISOString()
  const { body: failed } = await call<CommandExecutionPage>(
    'GET',
    `/api/command-executions?commandId=set-level&status=FAILED&startedAfter=${since}`,
  )
  expect(failed.executions).toMatchObject([{ executionId: lost.executionId }])
  const { body: looks } = await call<{ commands: CommandLook[] }>('GET', '/api/command-looks?commandId=set-level')
  expect(looks.commands[0]?.lastRun).toMatchObject({ executionId: lost.executionId, status: 'FAILED' })

  expect(await call('DELETE', `/api/command-executions/${lost.executionId}?thingName=lamp-1`)).toMatchObject({
    status: 403,
  })
  const gone = await call('DELETE', `/api/command-executions/${lost.executionId}?thingName=lamp-1`, undefined, grace)
  expect(gone.status).toBe(204)
  expect(await execution(lost.executionId)).toMatchObject({ code: 'ResourceNotFoundException' })
})

test('the same client token starts nothing twice; a client needs no thing', async () => {
  const clientToken = crypto.randomUUID()
  const target = { clientId: 'anybody' }
  const { body: first } = await send('set-level', { device: target, clientToken })
  const { body: again } = await send('set-level', { device: target, clientToken })
  expect(again.executionId).toBe(first.executionId)
  expect(await execution(first.executionId, 'clientId=anybody')).toMatchObject({ target, status: 'CREATED' })
})

test('it is sent to many things, once to each, and the trail has every one', async () => {
  answer = { status: 'SUCCEEDED' }
  const { body: begun } = await call<BulkChange>('POST', '/api/bulk-changes', {
    targets: { thingNames: ['lamp-1', 'lamp-2', 'lamp-3'] },
    change: { kind: 'command', commandId: 'set-level', parameters: { level: { I: 30 } } },
    dryRun: false,
    confirmedCount: 3,
  })
  const path = `/api/bulk-changes/${begun.bulkChangeId}`
  await vi.waitFor(async () => expect((await call<BulkChange>('GET', path)).body.state).toBe('done'), {
    timeout: 20_000,
  })
  const { body } = await call<BulkChangeResults>('GET', `${path}/results`)
  expect(body.results).toMatchObject([
    { target: 'lamp-1', outcome: 'changed', executionId: expect.any(String) },
    { target: 'lamp-2', outcome: 'changed', executionId: expect.any(String) },
    { target: 'lamp-3', outcome: 'failed', code: 'ResourceNotFoundException' },
  ])
  await until(body.results[0]?.executionId ?? '', 'SUCCEEDED')
  const { body: trail } = await call<AuditPage>('GET', '/api/audit?action=StartCommandExecution')
  expect(trail.entries).toContainEqual(
    expect.objectContaining({ resource: expect.objectContaining({ type: 'thing', id: 'lamp-2' }) }),
  )
})

test('a command is kept as a button of a type, and taken away', async () => {
  const button = { thingTypeName: 'lamp', label: 'Dim', commandId: 'set-level', parameters: { level: { I: 10 } } }
  const { body: made } = await call<CommandButton>('POST', '/api/command-buttons', button)
  expect(made).toMatchObject({ ...button, createdBy: 'Ada' })
  expect(await call('POST', '/api/command-buttons', button)).toMatchObject({
    status: 409,
    body: { code: 'NAME_TAKEN' },
  })
  expect(await call('POST', '/api/command-buttons', { ...button, thingTypeName: 'pump' })).toMatchObject({
    status: 200,
  })
  expect((await call('DELETE', `/api/command-buttons/${made.buttonId}`)).status).toBe(204)
  const { body } = await call<{ buttons: CommandButton[] }>('GET', '/api/command-buttons')
  expect(body.buttons).toMatchObject([{ thingTypeName: 'pump' }])
  const { body: trail } = await call<AuditPage>('GET', '/api/audit')
  expect(trail.entries.map(({ action }) => action)).toContain('DeleteCommandButton')
})

test('what is deleted goes when no execution can go on any more', async () => {
  expect(await call('DELETE', '/api/commands/blob')).toMatchObject({ status: 403 })
  expect(await call('DELETE', '/api/commands/blob', undefined, grace)).toEqual({ status: 200, body: { isGone: false } })
  expect((await call<Command>('GET', '/api/commands/blob')).body.pendingDeletion).toBe(true)
})
