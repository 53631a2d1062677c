import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  DescribeThingCommand,
  IoTClient,
  UpdateCertificateCommand,
  UpdateProvisioningTemplateCommand,
} from '@aws-sdk/client-iot'
import { AddPermissionCommand, DeleteFunctionCommand } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { BIRTHS_UNPACED, ClaimedDevice, createTemplate, makeClaim, provisionTopic } from './support/claim.ts'
import type { DeviceIdentity } from './support/device.ts'
import { FunctionClient } from './support/functions.ts'
import { LogReader } from './support/log-reader.ts'

// Pre-provisioning hooks: functions that are asked of each device (guide, "Pre-provisioning hooks").

const TEMPLATE_ARN = 'arn:aws:iot:us-east-1:123456789012:provisioningtemplate/hooked'
const hookOf = (name: string) => ({ targetArn: `arn:aws:lambda:us-east-1:123456789012:function:${name}` })
const HOOK_MS = 5_000

let local: Local
let iot: IoTClient
let functions: FunctionClient
let claim: DeviceIdentity
let device: ClaimedDevice
let log: LogReader

beforeAll(async () => {
  local = await startLocal()
  iot = new IoTClient(local.sdk)
  functions = new FunctionClient(local)
  await makeHook('first', 'return { allowProvisioning: true }')
  await createTemplate(iot, 'hooked', { preProvisioningHook: hookOf('first') })
  claim = await makeClaim(local, 'hooked')
  device = await ClaimedDevice.connect(local, claim, 'line-7')
  log = await LogReader.open(local)
})
afterAll(async () => {
  await device[Symbol.asyncDispose]()
  functions[Symbol.dispose]()
  iot.destroy()
  await local.close()
})

async function makeHook(name: string, body: string, mayInvoke = true): Promise<void> {
  await functions.create(name, `export const handler = async (event) => { ${body} }`)
  if (mayInvoke) await permit(name)
}

const PERMISSION = {
  StatementId: 'iot',
  Action: 'lambda:InvokeFunction',
  Principal: 'iot.amazonaws.com',
  SourceArn: TEMPLATE_ARN,
}

const permit = (FunctionName: string, SourceArn = TEMPLATE_ARN) =>
  functions.lambda.send(new AddPermissionCommand({ ...PERMISSION, FunctionName, SourceArn }))

const hookWith = (name: string) =>
  iot.send(new UpdateProvisioningTemplateCommand({ templateName: 'hooked', preProvisioningHook: hookOf(name) }))

/** Asks to be provisioned. */
async function provision(Serial: string) {
  const made = await device.create()
  const { certificateOwnershipToken } = made
  const { document } = await device.ask(provisionTopic('hooked'), { certificateOwnershipToken, parameters: { Serial } })
  return { made, document }
}

/** A device is told nothing but that; the log says why. */
const DENIED = { statusCode: 403, errorCode: 'AccessDenied', errorMessage: 'Access denied' }

async function whyDenied(deviceCertificateId: string): Promise<string> {
  const { details } = await log.entry('ProvisionDevice', { deviceCertificateId, status: 'Failure' })
  return String(details)
}

const isThere = (thingName: string) =>
  iot.send(new DescribeThingCommand({ thingName })).then(
    () => true,
    () => false,
  )

test('is told who asks for what, and what it says goes before what the device says', async () => {
  await makeHook(
    'tells',
    `return {
      allowProvisioning: true,
      parameterOverrides: { Serial: 'overridden', Site: 'south', Event: JSON.stringify(event) },
    }`,
  )
  await hookWith('tells')
  const { document } = await provision('7')
  expect(document).toEqual({ thingName: 'pump-overridden', deviceConfiguration: { url: 'https://south.example' } })
  await makeHook(
    'shows',
    `const { certificatePem, ...others } = event
    throw new Error(JSON.stringify({ ...others, pem: certificatePem.slice(0, 27) }))`,
  )
  await hookWith('shows')
  const { made, document: refused } = await provision('8')
  expect(refused).toEqual(DENIED)
  const shown: unknown = JSON.parse((await whyDenied(made.certificateId)).replace(/^[^{]*/, ''))
  expect(shown).toEqual({
    claimCertificateId: claim.certificateId,
    certificateId: made.certificateId,
    templateArn: TEMPLATE_ARN,
    clientId: 'line-7',
    parameters: { Serial: '8' },
    pem: '-----BEGIN CERTIFICATE-----',
  })
})

test.each<[string, string, RegExp]>([
  ['says-no', 'return { allowProvisioning: false }', /did not answer with "allowProvisioning": true/],
  ['says-yes-as-text', 'return { allowProvisioning: "yes" }', /did not answer with "allowProvisioning": true/],
  ['says-nothing', '', /did not answer with an object/],
  [
    'says-a-list',
    'return { allowProvisioning: true, parameterOverrides: ["a"] }',
    /parameterOverrides that are no object/,
  ],
  [
    'says-a-number',
    'return { allowProvisioning: true, parameterOverrides: { Serial: 7 } }',
    /Serial, which is no text/,
  ],
  ['fails', 'throw new Error("no such serial")', /failed: .*no such serial/],
  [
    'is-huge',
    'return { allowProvisioning: true, text: "x".repeat(7 * 1024 * 1024) }',
    /failed: .*exceeded maximum allowed payload size/,
  ],
  ['names-nonsense', 'return { allowProvisioning: true, parameterOverrides: { Serial: "a b" } }', /thingName/],
])('one that %s has nothing made', async (name, body, reason) => {
  await makeHook(name, body)
  await hookWith(name)
  const { made, document } = await provision(name)
  const why = await whyDenied(made.certificateId)
  expect(why).toMatch(reason)
  expect(why.length).toBeLessThan(1_000)
  const isOfTemplate = name === 'names-nonsense'
  expect(document).toEqual(
    isOfTemplate ? { statusCode: 400, errorCode: 'InvalidParameters', errorMessage: why } : DENIED,
  )
  expect(await isThere(`pump-${name}`)).toBe(false)
})

test('one that takes more than five seconds, and a device that is somebody else by then', async () => {
  await makeHook('never-ends', `console.log('ASKED'); await new Promise(() => setTimeout(() => {}, 600_000))`)
  const isAsked = (text: string) => text.includes('ASKED')
  await hookWith('never-ends')
  const made = await device.create()
  const { certificateOwnershipToken } = made
  const parameters = { Serial: 'late' }
  const running = device.ask(provisionTopic('hooked'), { certificateOwnershipToken, parameters })
  await log.lines('never-ends', isAsked, 1)
  local.advanceClock(HOOK_MS)
  expect((await running).document).toEqual(DENIED)
  expect(await whyDenied(made.certificateId)).toMatch(/did not answer within 5 seconds/)
  expect(await isThere('pump-late')).toBe(false)

  const before = await ClaimedDevice.connect(local, claim, 'taken-over')
  await before.client.mqtt.publishAsync(
    `${provisionTopic('hooked')}/json`,
    JSON.stringify({ certificateOwnershipToken, parameters }),
    { qos: 1 },
  )
  await using after = await ClaimedDevice.connect(local, claim, 'taken-over')
  await log.lines('never-ends', isAsked, 2)
  local.advanceClock(HOOK_MS)
  await after.create()
  expect(after.client.inbox.rest).toEqual([])
  await before[Symbol.asyncDispose]()
})

test('a claim that is revoked while the hook is asked brings no device any more', async () => {
  const gate = join(mkdtempSync(join(tmpdir(), 'hooks-')), 'open')
  onTestFinished(() => rmSync(dirname(gate), { recursive: true }))
  await makeHook(
    'waits',
    `const { existsSync } = await import('node:fs')
    console.log('ASKED')
    while (!existsSync(${JSON.stringify(gate)})) await new Promise((resolve) => setTimeout(resolve, 20))
    console.log('ALLOWED')
    return { allowProvisioning: true }`,
  )
  await hookWith('waits')
  const revoked = await makeClaim(local, 'hooked')
  await using asking = await ClaimedDevice.connect(local, revoked, 'revoked-meanwhile')
  const { certificateOwnershipToken } = await asking.createFromRequest()
  const request = { certificateOwnershipToken, parameters: { Serial: 'revoked' } }
  await asking.client.mqtt.publishAsync(`${provisionTopic('hooked')}/json`, JSON.stringify(request), { qos: 1 })
  await log.lines('waits', (text) => text.includes('ASKED'), 1)
  await iot.send(new UpdateCertificateCommand({ certificateId: revoked.certificateId, newStatus: 'REVOKED' }))
  writeFileSync(gate, '')
  await log.lines('waits', (text) => text.includes('ALLOWED'), 1)
  await device.createFromRequest() // behind it
  expect(await isThere('pump-revoked')).toBe(false)
  expect((await device.ask(provisionTopic('hooked'), request)).document).toMatchObject({ thingName: 'pump-revoked' })
})

test('the server ends while functions are asked, and the tokens are good when it is there again', async () => {
  const data = mkdtempSync(join(tmpdir(), 'hooks-'))
  onTestFinished(() => rmSync(data, { recursive: true }))
  const first = await startLocal({ data, limits: BIRTHS_UNPACED })
  {
    using own = new FunctionClient(first)
    await own.create('never-ends', 'export const handler = () => new Promise(() => setTimeout(() => {}, 600_000))')
    await own.lambda.send(new AddPermissionCommand({ ...PERMISSION, FunctionName: 'never-ends' }))
  }
  const control = new IoTClient(first.sdk)
  await createTemplate(control, 'hooked', { preProvisioningHook: hookOf('never-ends') })
  control.destroy()
  const ownClaim = await makeClaim(first, 'hooked')
  const asking = await ClaimedDevice.connect(first, ownClaim, 'asking')
  const tokens: string[] = []
  // More than are asked at once.
  for (let index = 0; index < 12; index += 1) {
    const { certificateOwnershipToken } = await asking.createFromRequest()
    tokens.push(certificateOwnershipToken)
    const request = JSON.stringify({ certificateOwnershipToken, parameters: { Serial: String(index) } })
    await asking.client.mqtt.publishAsync(`${provisionTopic('hooked')}/json`, request, { qos: 1 })
  }
  await first.close()
  await asking[Symbol.asyncDispose]()

  await using second = await startLocal({ data, limits: BIRTHS_UNPACED })
  const again = new IoTClient(second.sdk)
  await again.send(new UpdateProvisioningTemplateCommand({ templateName: 'hooked', removePreProvisioningHook: true }))
  again.destroy()
  await using later = await ClaimedDevice.connect(second, ownClaim, 'later')
  for (const [index, certificateOwnershipToken] of tokens.entries()) {
    const parameters = { Serial: String(index) }
    const { accepted } = await later.ask(provisionTopic('hooked'), { certificateOwnershipToken, parameters })
    expect(accepted).toBe(true)
  }
})

test('one that may not be invoked for this template, and one that is gone', async () => {
  await makeHook('closed', 'return { allowProvisioning: true }', false)
  await hookWith('closed')
  const closed = await provision('closed')
  expect(closed.document).toEqual(DENIED)
  expect(await whyDenied(closed.made.certificateId)).toMatch(
    /does not allow iot.amazonaws.com to invoke it for .*provisioningtemplate\/hooked/,
  )
  await permit('closed', `${TEMPLATE_ARN}-other`)
  expect((await provision('closed')).document).toMatchObject({ errorCode: 'AccessDenied' })
  await functions.lambda.send(new DeleteFunctionCommand({ FunctionName: 'closed' }))
  const gone = await provision('closed')
  expect(gone.document).toEqual(DENIED)
  expect(await whyDenied(gone.made.certificateId)).toMatch(/Function not found/)
  await iot.send(new UpdateProvisioningTemplateCommand({ templateName: 'hooked', removePreProvisioningHook: true }))
  expect((await provision('without')).document).toMatchObject({ thingName: 'pump-without' })
})
