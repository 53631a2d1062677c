import { mkdtempSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  IoTClient,
  paginateListCertificates,
  paginateListPrincipalThings,
  paginateListThings,
} from '@aws-sdk/client-iot'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { expect, onTestFinished, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { BIRTHS_UNPACED, ClaimedDevice, createTemplate, makeClaim, provisionTopic } from './support/claim.ts'
import type { DeviceIdentity } from './support/device.ts'
import { FunctionClient } from './support/functions.ts'
import { metricSums } from './support/metric-sums.ts'
import { ServerProcess } from './support/server-process.ts'

// Many devices that are born at once.

const DEVICES = 200
const PROVISION = provisionTopic('pumps')
const serials = Array.from({ length: DEVICES }, (_, index) => String(index))

/** Lets every third device wait outside. */
const HOOK = `export const handler = async ({ parameters: { Serial } }) => ({ allowProvisioning: Number(Serial) % 3 !== 0 })`
const isWelcome = (serial: string): boolean => Number(serial) % 3 !== 0

async function ground(local: Pick<Local, 'sdk'>): Promise<void> {
  const iot = new IoTClient(local.sdk)
  using functions = new FunctionClient(local)
  await functions.create('thirds', HOOK)
  await functions.lambda.send(
    new AddPermissionCommand({
      FunctionName: 'thirds',
      StatementId: 'iot',
      Action: 'lambda:InvokeFunction',
      Principal: 'iot.amazonaws.com',
      SourceArn: 'arn:aws:iot:us-east-1:123456789012:provisioningtemplate/pumps',
    }),
  )
  const targetArn = 'arn:aws:lambda:us-east-1:123456789012:function:thirds'
  await createTemplate(iot, 'pumps', { preProvisioningHook: { targetArn } })
  iot.destroy()
}

/** Whether it was accepted, or with which code it was rejected. */
async function born(local: Pick<Local, 'urls' | 'rootCa'>, claim: DeviceIdentity, serial: string): Promise<string> {
  await using device = await ClaimedDevice.connect(local, claim, `newborn-${serial}`)
  const { certificateOwnershipToken } = await (Number(serial) % 10 === 0 ? device.create() : device.createFromRequest())
  const { accepted, document } = await device.ask(PROVISION, {
    certificateOwnershipToken,
    parameters: { Serial: serial },
  })
  return accepted ? 'accepted' : String(document.errorCode)
}

/** All that is in the account: each thing with its one certificate, and the certificates that wait. */
async function sums(iot: IoTClient, claims: readonly string[]) {
  const things: string[] = []
  for await (const page of paginateListThings({ client: iot }, {})) {
    things.push(...(page.things ?? []).flatMap(({ thingName }) => thingName ?? []))
  }
  const attached: string[] = []
  let waiting = 0
  for await (const page of paginateListCertificates({ client: iot }, {})) {
    for (const { certificateArn: principal = '', certificateId = '', status } of page.certificates ?? []) {
      if (claims.includes(certificateId)) continue
      const names: string[] = []
      for await (const found of paginateListPrincipalThings({ client: iot }, { principal }))
        names.push(...(found.things ?? []))
      // Nothing is half made: who is active has a thing, and who waits has none.
      expect([status, names.length]).toEqual(names.length > 0 ? ['ACTIVE', 1] : ['PENDING_ACTIVATION', 0])
      attached.push(...names)
      if (names.length === 0) waiting += 1
    }
  }
  expect(attached.toSorted()).toEqual(things.toSorted())
  return { things: things.toSorted(), waiting }
}

test('a hook lets some in, and the sums are right', { timeout: 300_000 }, async () => {
  await using local = await startLocal({ limits: BIRTHS_UNPACED })
  const iot = new IoTClient(local.sdk)
  await ground(local)
  const claim = await makeClaim(local, 'pumps')
  const answers = await Promise.all(serials.map((serial) => born(local, claim, serial)))
  expect(answers).toEqual(serials.map((serial) => (isWelcome(serial) ? 'accepted' : 'AccessDenied')))
  const welcome = serials.filter(isWelcome)
  const { things, waiting } = await sums(iot, [claim.certificateId])
  expect(things).toEqual(welcome.map((serial) => `pump-${serial}`).toSorted())
  expect(waiting).toBe(DEVICES - welcome.length)
  expect(await metricSums(local)).toMatchObject({
    'RegisterThingFailed pumps': DEVICES - welcome.length,
    CreateKeysAndCertificateFailed: 0,
  })
  iot.destroy()
})

test('the server is killed in the middle: who was accepted is there, and nobody is half made', {
  timeout: 300_000,
}, async () => {
  const data = mkdtempSync(join(tmpdir(), 'births-'))
  onTestFinished(() => rmSync(data, { recursive: true, force: true }))
  const unpaced = Object.keys(BIRTHS_UNPACED).flatMap((name) => ['--limit', `${name}=off`])
  const args = ['--port', '0', '--mqtt-port', '0', '--https-port', '0', '--data', data, ...unpaced]
  const first = await ServerProcess.start(args)
  onTestFinished(async () => void (await first.stop('SIGKILL')))
  const rootCa = await readFile(first.ready.rootCaPath, 'utf8')
  await ground(first.local)
  const claim = await makeClaim(first.local, 'pumps')
  const accepted: string[] = []
  const enough = Promise.withResolvers<void>()
  const births = serials.slice(0, 60).map(async (serial) => {
    const answer = await Promise.race([born({ ...first.local, rootCa }, claim, serial), enough.promise]).catch(
      () => undefined,
    )
    if (answer === 'accepted') accepted.push(serial)
    if (accepted.length >= 10) enough.resolve()
  })
  await enough.promise
  await first.stop('SIGKILL')
  await Promise.all(births)

  const second = await ServerProcess.start(args)
  onTestFinished(async () => void (await second.stop('SIGKILL')))
  const iot = new IoTClient(second.local.sdk)
  const { things } = await sums(iot, [claim.certificateId])
  expect(things).toEqual(expect.arrayContaining(accepted.map((serial) => `pump-${serial}`)))
  expect(things.every((name) => isWelcome(name.replace('pump-', '')))).toBe(true)
  expect(await born({ ...second.local, rootCa }, claim, '1000')).toBe('accepted')
  iot.destroy()
  expect(await second.stop('SIGTERM')).toBe(0)
})
