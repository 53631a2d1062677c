import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DescribeCertificateCommand,
  GetRegistrationCodeCommand,
  IoTClient,
  RegisterCACertificateCommand,
  RegisterCertificateWithoutCACommand,
  UpdateCertificateCommand,
} from '@aws-sdk/client-iot'
import { expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { TestCertificate } from '../src/services/certificates/authority.test-support.ts'
import { type DeviceIdentity, EVERYTHING } from './support/device.ts'
import { connectDevice, connectWebSocket } from './support/mqtt-client.ts'

function identityOf(certificate: TestCertificate): DeviceIdentity {
  return {
    key: certificate.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: certificate.pem,
    certificateId: certificate.id,
    certificateArn: `arn:aws:iot:us-east-1:123456789012:cert/${certificate.id}`,
  }
}

async function allowEverything(local: Local, { certificateArn }: DeviceIdentity): Promise<void> {
  const iot = new IoTClient(local.sdk)
  await iot.send(new CreatePolicyCommand({ policyName: 'all', policyDocument: EVERYTHING }))
  await iot.send(new AttachPolicyCommand({ policyName: 'all', target: certificateArn }))
  iot.destroy()
}

test('a certificate of a registered authority is announced, waits, and connects once it is active', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const ca = await TestCertificate.selfSigned('CN=Factory CA, O=Plant')
  const { registrationCode = '' } = await iot.send(new GetRegistrationCodeCommand({}))
  await iot.send(
    new RegisterCACertificateCommand({
      caCertificate: ca.pem,
      verificationCertificate: (await ca.sign(`CN=${registrationCode}`)).pem,
      setAsActive: true,
      allowAutoRegistration: true,
    }),
  )
  const device = identityOf(await ca.sign('CN=pump-7, O=Plant'))
  await using watcher = await connectWebSocket(local)
  const topic = `$aws/events/certificates/registered/${ca.id}`
  await watcher.mqtt.subscribeAsync(topic, { qos: 1 })

  await expect(connectDevice(local, device)).rejects.toThrow()
  expect(await watcher.json(topic)).toEqual({
    certificateId: device.certificateId,
    caCertificateId: ca.id,
    timestamp: expect.any(Number),
    certificateStatus: 'PENDING_ACTIVATION',
    awsAccountId: '123456789012',
    certificateRegistrationTimestamp: null,
  })
  await allowEverything(local, device)
  await iot.send(new UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: 'ACTIVE' }))
  await using client = await connectDevice(local, device)
  expect(client.mqtt.connected).toBe(true)
  iot.destroy()
})

test('a self-signed certificate registered without CA needs a server name', async () => {
  await using local = await startLocal()
  const iot = new IoTClient(local.sdk)
  const own = await TestCertificate.selfSigned('CN=self', { ca: false })
  const device = identityOf(own)
  await iot.send(new RegisterCertificateWithoutCACommand({ certificatePem: own.pem, status: 'ACTIVE' }))
  const { certificateDescription } = await iot.send(
    new DescribeCertificateCommand({ certificateId: device.certificateId }),
  )
  expect(certificateDescription?.certificateMode).toBe('SNI_ONLY')
  await allowEverything(local, device)
  await using client = await connectDevice(local, device)
  expect(client.mqtt.connected).toBe(true)
  await expect(connectDevice(local, device, { host: '127.0.0.1', servername: '' })).rejects.toThrow()
  iot.destroy()
})
