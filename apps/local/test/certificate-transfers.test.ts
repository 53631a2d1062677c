import * as iot from '@aws-sdk/client-iot'
import { IoTDataPlaneClient, PublishCommand } from '@aws-sdk/client-iot-data-plane'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Local, startLocal } from '../src/index.ts'
import { type DeviceIdentity, makeDevice } from './support/device.ts'
import { connectDevice, connectWebSocket } from './support/mqtt-client.ts'

// "Transfer a certificate to another account", developer guide: both sides of it, each with its own key.

const HOME = '123456789012'
const OTHER = '210987654321'
const policyName = 'policy-of-the-device'

let local: Local
let home: iot.IoTClient
let other: iot.IoTClient
let device: DeviceIdentity

const keyOf = (accessKeyId: string) => ({ ...local.sdk, credentials: { accessKeyId, secretAccessKey: 'local' } })

beforeEach(async () => {
  local = await startLocal({ otherAccounts: [OTHER] })
  home = new iot.IoTClient(local.sdk)
  other = new iot.IoTClient(keyOf(OTHER))
  device = await makeDevice(local)
  const { policies = [] } = await home.send(new iot.ListAttachedPoliciesCommand({ target: device.certificateArn }))
  for (const { policyName: name } of policies) {
    await home.send(new iot.DetachPolicyCommand({ policyName: name, target: device.certificateArn }))
  }
  await home.send(new iot.UpdateCertificateCommand({ certificateId: device.certificateId, newStatus: 'INACTIVE' }))
})
afterEach(async () => {
  home.destroy()
  other.destroy()
  await local.close()
})

const transfer = (client: iot.IoTClient, targetAwsAccount: string) =>
  client.send(
    new iot.TransferCertificateCommand({
      certificateId: device.certificateId,
      targetAwsAccount,
      transferMessage: 'of the sold plant',
    }),
  )

const describeIn = async (client: iot.IoTClient) =>
  (await client.send(new iot.DescribeCertificateCommand({ certificateId: device.certificateId })))
    .certificateDescription

const listedIn = async (client: iot.IoTClient) =>
  (await client.send(new iot.ListCertificatesCommand({}))).certificates?.map(({ certificateId, status }) => ({
    certificateId,
    status,
  }))

const outgoingOf = async (client: iot.IoTClient) =>
  (await client.send(new iot.ListOutgoingCertificatesCommand({}))).outgoingCertificates

describe('a certificate that is on its way to another account', () => {
  test('is pending on both sides, and neither side’s to change', async () => {
    const { transferredCertificateArn } = await transfer(home, OTHER)
    expect(transferredCertificateArn).toBe(`arn:aws:iot:us-east-1:${OTHER}:cert/${device.certificateId}`)
    const pending = [{ certificateId: device.certificateId, status: 'PENDING_TRANSFER' }]
    expect(await listedIn(home)).toEqual(pending)
    expect(await listedIn(other)).toEqual(pending)
    expect(await outgoingOf(home)).toMatchObject([{ transferredTo: OTHER, transferMessage: 'of the sold plant' }])
    expect(await outgoingOf(other)).toEqual([])
    expect(await describeIn(other)).toMatchObject({
      certificateArn: transferredCertificateArn,
      ownedBy: HOME,
      transferData: { transferMessage: 'of the sold plant' },
    })
    const activate = { certificateId: device.certificateId, newStatus: 'ACTIVE' } as const
    for (const client of [home, other]) {
      await expect(client.send(new iot.UpdateCertificateCommand(activate))).rejects.toMatchObject({
        name: 'CertificateStateException',
      })
    }
  })

  test('is gone from the one account and in the other when that accepts it; and comes back in the same way', async () => {
    await transfer(home, OTHER)
    const { certificateId } = device
    await other.send(new iot.AcceptCertificateTransferCommand({ certificateId, setAsActive: true }))
    expect(await listedIn(home)).toEqual([])
    expect(await outgoingOf(home)).toEqual([])
    await expect(describeIn(home)).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
    expect(await describeIn(other)).toMatchObject({ ownedBy: OTHER, previousOwnedBy: HOME, status: 'ACTIVE' })
    await expect(connectDevice(local, device)).rejects.toThrow()
    expect(local.refusals()).toEqual([])

    await expect(transfer(other, HOME)).rejects.toMatchObject({ name: 'CertificateStateException' })
    await other.send(new iot.UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }))
    await transfer(other, HOME)
    expect(await listedIn(home)).toEqual([{ certificateId, status: 'PENDING_TRANSFER' }])
    await home.send(new iot.AcceptCertificateTransferCommand({ certificateId, setAsActive: true }))
    expect(await listedIn(other)).toEqual([])
    expect(await describeIn(home)).toMatchObject({ ownedBy: HOME, previousOwnedBy: OTHER, status: 'ACTIVE' })
    const policyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
    })
    await home.send(new iot.CreatePolicyCommand({ policyName, policyDocument }))
    await home.send(new iot.AttachPolicyCommand({ policyName, target: device.certificateArn }))
    await using client = await connectDevice(local, device)
    expect(client.mqtt.connected).toBe(true)
  })

  test('is INACTIVE at home when it is rejected, with the reason, or cancelled', async () => {
    const { certificateId } = device
    await transfer(home, OTHER)
    await other.send(new iot.RejectCertificateTransferCommand({ certificateId, rejectReason: 'not ours' }))
    expect(await describeIn(home)).toMatchObject({ status: 'INACTIVE', transferData: { rejectReason: 'not ours' } })
    expect(await listedIn(other)).toEqual([])
    await transfer(home, OTHER)
    await home.send(new iot.CancelCertificateTransferCommand({ certificateId }))
    expect(await describeIn(home)).toMatchObject({ status: 'INACTIVE', ownedBy: HOME })
    await expect(other.send(new iot.AcceptCertificateTransferCommand({ certificateId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
  })

  test('is accepted by nobody but the account that it goes to, and cancelled by nobody but the one that sent it', async () => {
    const { certificateId } = device
    await transfer(home, OTHER)
    for (const refused of [
      () => home.send(new iot.AcceptCertificateTransferCommand({ certificateId })),
      () => home.send(new iot.RejectCertificateTransferCommand({ certificateId })),
      () => other.send(new iot.CancelCertificateTransferCommand({ certificateId })),
    ]) {
      await expect(refused()).rejects.toMatchObject({ name: 'InvalidRequestException' })
    }
  })

  test('is not let go with a policy that was attached meanwhile', async () => {
    await transfer(home, OTHER)
    const { certificateArn: target, certificateId } = device
    const [policy] = (await home.send(new iot.ListPoliciesCommand({}))).policies ?? []
    await home.send(new iot.AttachPolicyCommand({ policyName: policy?.policyName, target }))
    await expect(other.send(new iot.AcceptCertificateTransferCommand({ certificateId }))).rejects.toMatchObject({
      name: 'TransferConflictException',
    })
    expect(await describeIn(home)).toMatchObject({ status: 'PENDING_TRANSFER', ownedBy: HOME })
  })
})

test('an account that is not known here is named, with the option that makes it known', async () => {
  await expect(transfer(home, '111111111111')).rejects.toMatchObject({
    name: 'InvalidRequestException',
    message: expect.stringContaining('--other-account 111111111111'),
  })
})

describe('the key of another account', () => {
  test('says whose it is', async () => {
    const sts = new STSClient(keyOf(OTHER))
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: OTHER,
      Arn: `arn:aws:iam::${OTHER}:root`,
    })
    sts.destroy()
  })

  test('opens nothing but what is about transfers', async () => {
    const data = new IoTDataPlaneClient(keyOf(OTHER))
    for (const refused of [
      () => other.send(new iot.ListThingsCommand({})),
      () => other.send(new iot.CreateThingCommand({ thingName: 'pump-7' })),
      () => other.send(new iot.CreateKeysAndCertificateCommand({})),
      () => data.send(new PublishCommand({ topic: 'dt/pump-7' })),
    ]) {
      await expect(refused()).rejects.toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`account ${OTHER} for the transfer of certificates alone`),
      })
    }
    data.destroy()
    await expect(connectWebSocket(local, { credentials: keyOf(OTHER).credentials })).rejects.toThrow()
  })

  test('is unknown where the account is', async () => {
    const stranger = new iot.IoTClient(keyOf('111111111111'))
    await expect(stranger.send(new iot.ListCertificatesCommand({}))).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
    stranger.destroy()
  })
})
