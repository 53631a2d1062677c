import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  CreateProvisioningClaimCommand,
  DescribeCertificateCommand,
  IoTClient,
  ListCertificatesCommand,
} from '@aws-sdk/client-iot'
import { expect, onTestFinished, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { ClaimedDevice, createTemplate, makeClaim, type NewCertificate, provisionTopic } from './support/claim.ts'
import type { DeviceIdentity } from './support/device.ts'
import { connectDevice } from './support/mqtt-client.ts'

// How long claims and tokens live (guide, "Provisioning by trusted user", "Device provisioning MQTT API").

const HOUR_MS = 3_600_000

async function claimOf(
  iot: IoTClient,
  templateName: string,
): Promise<DeviceIdentity & { expiration: Date | undefined }> {
  const claim = await iot.send(new CreateProvisioningClaimCommand({ templateName }))
  const { certificateId = '', certificatePem = '', keyPair, expiration } = claim
  const certificateArn = `arn:aws:iot:us-east-1:123456789012:cert/${certificateId}`
  return { key: keyPair?.PrivateKey ?? '', cert: certificatePem, certificateId, certificateArn, expiration }
}

const isThere = (iot: IoTClient, certificateId: string) =>
  iot.send(new DescribeCertificateCommand({ certificateId })).then(
    () => true,
    () => false,
  )

test('a trusted user’s claim is for one template and for five minutes, and in no list', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  await createTemplate(iot, 'pumps')
  await createTemplate(iot, 'lamps')
  await expect(claimOf(iot, 'none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  const claim = await claimOf(iot, 'pumps')
  const { certificates } = await iot.send(new ListCertificatesCommand({}))
  expect(certificates).toEqual([])
  const leftMs = Number(claim.expiration) - Date.now()
  expect(leftMs).toBeLessThanOrEqual(300_000)
  expect(leftMs).toBeGreaterThan(200_000)

  await using device = await ClaimedDevice.connect(local, claim, 'phone-1')
  const { mqtt } = device.client
  await mqtt.subscribeAsync('$aws/certificates/create/json/accepted', { qos: 1 })
  await expect(mqtt.publishAsync('dt/anything', '', { qos: 1 })).rejects.toThrow('Not authorized')
  const other = mqtt.publishAsync(`${provisionTopic('lamps')}/json`, '{}', { qos: 1 })
  await expect(other).rejects.toThrow('Not authorized')
  const { certificateOwnershipToken } = await device.create()
  const parameters = { Serial: '1' }
  const { document } = await device.ask(provisionTopic('pumps'), { certificateOwnershipToken, parameters })
  expect(document).toMatchObject({ thingName: 'pump-1' })

  const closed = new Promise<void>((resolve) => mqtt.once('close', resolve))
  local.advanceClock(300_000)
  await closed
  await expect(connectDevice(local, claim)).rejects.toThrow()
  expect(await isThere(iot, claim.certificateId)).toBe(false)
  iot.destroy()
})

test('a token ends after an hour, and takes a certificate along that nobody has used', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  await createTemplate(iot, 'pumps')
  const claim = await makeClaim(local, 'pumps')
  await using device = await ClaimedDevice.connect(local, claim, 'line')
  const unused = await device.create()
  const used = await device.create()
  const provision = (by: ClaimedDevice, { certificateOwnershipToken }: NewCertificate, Serial: string) =>
    by.ask(provisionTopic('pumps'), { certificateOwnershipToken, parameters: { Serial } })
  expect((await provision(device, used, 'used')).accepted).toBe(true)
  local.advanceClock(HOUR_MS - 60_000)
  expect(await isThere(iot, unused.certificateId)).toBe(true)
  local.advanceClock(60_000)
  expect(await isThere(iot, unused.certificateId)).toBe(false)
  expect(await isThere(iot, used.certificateId)).toBe(true)
  await using later = await ClaimedDevice.connect(local, claim, 'later') // the other has not pinged for an hour
  expect((await provision(later, unused, 'unused')).document).toMatchObject({
    statusCode: 400,
    errorCode: 'InvalidCertificateOwnershipToken',
  })
  iot.destroy()
})

test('both go on ending after the server was started again', async () => {
  const data = mkdtempSync(join(tmpdir(), 'provisioning-'))
  onTestFinished(() => rmSync(data, { recursive: true }))
  const started = await startLocal({ data })
  const { claim, unused } = await before(started)
  await started.close()

  await using local = await startLocal({ data })
  const iot = new IoTClient(local.sdk)
  expect(await isThere(iot, claim.certificateId)).toBe(true)
  {
    await using device = await ClaimedDevice.connect(local, claim, 'again')
    const { certificateOwnershipToken } = unused
    const parameters = { Serial: 'later' }
    const { document } = await device.ask(provisionTopic('pumps'), { certificateOwnershipToken, parameters })
    expect(document).toMatchObject({ thingName: 'pump-later' })
  }
  const left = await before(local)
  local.advanceClock(HOUR_MS)
  expect(await isThere(iot, left.unused.certificateId)).toBe(false)
  expect(await isThere(iot, claim.certificateId)).toBe(false)
  expect(await isThere(iot, unused.certificateId)).toBe(true)
  iot.destroy()
})

async function before(local: Local) {
  const iot = new IoTClient(local.sdk)
  await createTemplate(iot, 'pumps').catch((error: unknown) => {
    if (!(error instanceof Error) || error.name !== 'ResourceAlreadyExistsException') throw error
  })
  const claim = await claimOf(iot, 'pumps')
  await using device = await ClaimedDevice.connect(local, claim, 'phone')
  const unused = await device.create()
  iot.destroy()
  return { claim, unused }
}
