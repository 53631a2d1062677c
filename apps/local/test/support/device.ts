import { generateKeyPairSync } from 'node:crypto'
import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { requestFor } from '../../src/foundation/authority/requests.test-support.ts'
import type { Local } from '../../src/index.ts'

/** Key and certificate of a device, PEM. */
export interface DeviceIdentity {
  readonly key: string
  readonly cert: string
  readonly certificateId: string
  readonly certificateArn: string
}

/** A policy document with one statement for each `[effect, actions, resources]`; resources are ARN tails. */
export function policyOf(...statements: readonly [effect: 'Allow' | 'Deny', actions: string, resources: string][]) {
  const arn = (tail: string) => (tail === '*' ? '*' : `arn:aws:iot:us-east-1:123456789012:${tail}`)
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(([Effect, actions, resources]) => ({
      Effect,
      Action: actions.split(' '),
      Resource: resources.split(' ').map(arn),
    })),
  })
}

export const EVERYTHING = policyOf(['Allow', 'iot:*', '*'])

let policies = 0

/** A device with an active certificate from a CSR, and a policy of its own. */
export async function makeDevice(
  local: Pick<Local, 'sdk'>,
  { policy = EVERYTHING, thingName }: { policy?: string | undefined; thingName?: string } = {},
): Promise<DeviceIdentity> {
  const iot = new IoTClient(local.sdk)
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issued = await iot.send(
    new CreateCertificateFromCsrCommand({
      certificateSigningRequest: await requestFor(keys, 'CN=device'),
      setAsActive: true,
    }),
  )
  const { certificateArn = '', certificateId = '', certificatePem = '' } = issued
  await attachNewPolicy(iot, certificateArn, policy)
  if (thingName !== undefined) {
    await iot.send(new CreateThingCommand({ thingName }))
    await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  }
  iot.destroy()
  const key = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return { key, cert: certificatePem, certificateId, certificateArn }
}

/** Makes a policy, and attaches it to a principal or a group. */
export async function attachNewPolicy(iot: IoTClient, target: string, policyDocument = EVERYTHING): Promise<void> {
  policies += 1
  const policyName = `policy-${policies}`
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName, target }))
}
