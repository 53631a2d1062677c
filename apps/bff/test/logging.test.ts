import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
  ListV2LoggingLevelsCommand,
  SetV2LoggingLevelCommand,
} from '@aws-sdk/client-iot'
import type {
  AuditPage,
  ClientDebug,
  ClientDebugList,
  Logging,
  MessageAuthorization,
  TargetLevelPage,
} from '@thingdeck/contract'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../../scripts/run/free-port.ts'
import { FileDocuments } from '../src/stores/documents/file-documents.ts'
import { ask } from './ask.ts'
import { Browser, signIn } from './browser.ts'
import { startBff, startConsole, type TestConsole } from './console.ts'

const ROLE = 'arn:aws:iam::123456789012:role/iot-logging'

let console: TestConsole
let iot: IoTClient
const people = { vera: new Browser(), ada: new Browser(), grace: new Browser() }

beforeAll(async () => {
  console = await startConsole()
  iot = new IoTClient(console.sdk)
  for (const name of ['vera', 'ada', 'grace'] as const) await signIn(people[name], console.url, name)
})
afterAll(async () => console[Symbol.asyncDispose]())

const call = <Answer>(person: keyof typeof people, method: string, path: string, body?: object) =>
  ask<Answer>(people[person], console.url, method, path, body)

const levelsOnAws = async () => {
  const { logTargetConfigurations = [] } = await iot.send(new ListV2LoggingLevelsCommand({ targetType: 'CLIENT_ID' }))
  return Object.fromEntries(logTargetConfigurations.map(({ logTarget, logLevel }) => [logTarget?.targetName, logLevel]))
}
const entriesOf = async (action: string) =>
  (await call<AuditPage>('vera', 'GET', `/api/audit?action=${action}`)).body.entries

test('logging is turned on, changed and turned off, and the trail has what was before', async () => {
  expect((await call<Logging>('vera', 'GET', '/api/logging')).body).toEqual({ status: 'not-configured', events: [] })
  const refused = await call('ada', 'POST', '/api/client-debugs', { clientId: 'pump-7', minutes: 15 })
  expect(refused).toMatchObject({ status: 409, body: { code: 'LOGGING_OFF' } })

  const on = { roleArn: ROLE, defaultLogLevel: 'WARN', disableAllLogs: false }
  expect((await call<Logging>('grace', 'PUT', '/api/logging', on)).body).toMatchObject({
    status: 'on',
    defaultLogLevel: 'WARN',
    roleArn: ROLE,
  })
  const events = [{ eventType: 'Ping', logLevel: 'DEBUG' }]
  const changed = await call<Logging>('grace', 'PUT', '/api/logging', { events })
  expect(changed.body).toMatchObject({ status: 'on', defaultLogLevel: 'WARN' })
  expect(changed.body.events).toContainEqual(expect.objectContaining({ eventType: 'Ping', logLevel: 'DEBUG' }))
  expect((await call<Logging>('grace', 'PUT', '/api/logging', { disableAllLogs: true })).body.status).toBe('off')
  expect((await call<Logging>('grace', 'PUT', '/api/logging', { disableAllLogs: false })).body.status).toBe('on')
  const [, off] = await entriesOf('SetV2LoggingOptions')
  expect(off?.changes).toEqual([{ path: '$.disableAllLogs', beforeText: 'false', afterText: 'true' }])
})

test('levels of targets are set, listed and removed', async () => {
  const target = { targetType: 'SOURCE_IP', targetName: '198.51.100.20', logLevel: 'INFO' }
  expect((await call('grace', 'PUT', '/api/logging/levels', target)).status).toBe(204)
  const { levels } = (await call<TargetLevelPage>('vera', 'GET', '/api/logging/levels')).body
  expect(levels).toEqual([target])
  const query = new URLSearchParams({ targetType: target.targetType, targetName: target.targetName })
  expect((await call('grace', 'DELETE', `/api/logging/levels?${query}`)).status).toBe(204)
  expect((await call<TargetLevelPage>('vera', 'GET', '/api/logging/levels')).body.levels).toEqual([])
  expect((await call('grace', 'PUT', '/api/logging/levels', { ...target, targetType: 'DEFAULT' })).status).toBe(400)
})

describe('a client that is debugged', () => {
  test('has its level raised, and put back when somebody stops it', async () => {
    await iot.send(
      new SetV2LoggingLevelCommand({ logTarget: { targetType: 'CLIENT_ID', targetName: 'pump-7' }, logLevel: 'INFO' }),
    )
    const begun = await call<ClientDebug>('ada', 'POST', '/api/client-debugs', { clientId: 'pump-7', minutes: 15 })
    expect(begun.body).toMatchObject({ clientId: 'pump-7', before: 'INFO', state: 'running' })
    expect(await levelsOnAws()).toEqual({ 'pump-7': 'DEBUG' })
    const path = `/api/client-debugs/${begun.body.clientDebugId}`
    const extended = await call<ClientDebug>('ada', 'POST', `${path}/extend`, { minutes: 30 })
    expect(Date.parse(extended.body.until)).toBeGreaterThan(Date.parse(begun.body.until))
    expect((await call<ClientDebug>('ada', 'POST', `${path}/stop`)).body).toMatchObject({ state: 'put-back' })
    expect(await levelsOnAws()).toEqual({ 'pump-7': 'INFO' })
    const [started] = await entriesOf('StartClientDebug')
    expect(started).toMatchObject({
      resource: { type: 'logging-level', id: 'CLIENT_ID pump-7' },
      changes: [{ path: '$.logLevel', beforeText: '"INFO"', afterText: '"DEBUG"' }],
    })
    const [stopped] = await entriesOf('StopClientDebug')
    expect(stopped?.changes).toEqual([{ path: '$.logLevel', beforeText: '"DEBUG"', afterText: '"INFO"' }])
  })

  test('is put back by the console that is started after the one that began it was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'logging-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const sharedFile = join(folder, 'shared.json')
    const open = async () => {
      const port = await freePort()
      return startBff({
        server: console.server,
        port,
        publicUrl: console.url,
        environment: { SHARED_FILE: sharedFile },
      })
    }
    const documents = await FileDocuments.open(sharedFile)
    await iot.send(
      new SetV2LoggingLevelCommand({ logTarget: { targetType: 'CLIENT_ID', targetName: 'lamp-1' }, logLevel: 'DEBUG' }),
    )
    const record = {
      id: 'd-1',
      clientId: 'lamp-1',
      sinceMs: Date.now() - 1_000_000,
      untilMs: Date.now() - 100_000,
      person: { id: 'ada', name: 'Ada', role: 'operator' },
      requestId: 'r-1',
    }
    await documents.update('client-debugs', () => ({ running: [record], ended: [] }))
    await using next = await open()
    await vi.waitFor(async () => expect(await levelsOnAws()).not.toHaveProperty('lamp-1'), { timeout: 20_000 })
    await vi.waitFor(() => expect(next.logged()).toContain('EndClientDebug'), { timeout: 20_000 })
  })

  test('is nobody whom somebody else has set to DEBUG for good', async () => {
    await call('grace', 'PUT', '/api/logging/levels', {
      targetType: 'CLIENT_ID',
      targetName: 'valve-1',
      logLevel: 'DEBUG',
    })
    const refused = await call('ada', 'POST', '/api/client-debugs', { clientId: 'valve-1', minutes: 15 })
    expect(refused).toMatchObject({ status: 409, body: { code: 'ALREADY_LOGGED' } })
    const { clientDebugs } = (await call<ClientDebugList>('vera', 'GET', '/api/client-debugs')).body
    expect(clientDebugs.some(({ clientId }) => clientId === 'valve-1')).toBe(false)
  })
})

describe('by which statement a message is let in', () => {
  let principalId = ''

  beforeAll(async () => {
    const { certificateArn = '', certificateId = '' } = await iot.send(
      new CreateKeysAndCertificateCommand({ setAsActive: true }),
    )
    principalId = certificateId
    const prefix = 'arn:aws:iot:us-east-1:123456789012'
    const policyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' },
        {
          Sid: 'Own',
          Effect: 'Allow',
          Action: 'iot:Publish',
          Resource: `${prefix}:topic/dt/\${iot:Connection.Thing.ThingName}/*`,
        },
      ],
    })
    await iot.send(new CreateThingCommand({ thingName: 'explained-1' }))
    await iot.send(new CreatePolicyCommand({ policyName: 'explained', policyDocument }))
    await iot.send(new AttachPolicyCommand({ policyName: 'explained', target: certificateArn }))
    await iot.send(new AttachThingPrincipalCommand({ thingName: 'explained-1', principal: certificateArn }))
  })

  const explain = async (topic: string, principal = principalId) => {
    const query = new URLSearchParams({ principalId: principal, clientId: 'explained-1', topic })
    return (await call<MessageAuthorization>('vera', 'GET', `/api/message-authorization?${query}`)).body
  }

  test('is told with its policy', async () => {
    expect(await explain('dt/explained-1/t')).toMatchObject({
      decision: 'ALLOWED',
      statements: [{ policyName: 'explained', statement: 2, sid: 'Own', effect: 'Allow' }],
    })
    expect(await explain('dt/other/t')).toMatchObject({ decision: 'IMPLICIT_DENY', statements: [] })
  })

  test('is not known of who is no certificate, or none any more', async () => {
    expect(await explain('a', 'AROAEXAMPLE:CognitoIdentityCredentials')).toMatchObject({ decision: 'not-known' })
    expect(await explain('a', '0'.repeat(64))).toMatchObject({ decision: 'not-known' })
  })
})
