import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateCertificateFromCsrCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateThingCommand,
  CreateThingTypeCommand,
  DeletePolicyVersionCommand,
  DescribeCertificateCommand,
  GetPolicyCommand,
  type IoTClient,
  ListPolicyVersionsCommand,
} from '@aws-sdk/client-iot'
import { type DeviceCredentials, DeviceFiles, type IssuedCertificate, type KeptCredentials } from './device-files.ts'
import { DeviceIdentity } from './device-identity.ts'
import type { DeviceModel } from './device-model.ts'
import { createSigningRequest } from './signing-request.ts'

/** Of each device. */
export const POLICY_NAME = 'thingdeck-fleet-device'
/** Beside the devices' own, which are named after things: no name of a thing has a blank. */
const CLAIM_FOLDER = 'the claim'
const THING = '${iot:Connection.Thing.ThingName}'

/** Each device may speak and hear for itself alone (AWS IoT guide, "Thing policy variables"). */
function devicePolicy(region: string, account: string): string {
  const arn = (resource: string) => `arn:aws:iot:${region}:${account}:${resource}`
  const topics = [
    `dt/*/${THING}/*`,
    `$aws/things/${THING}/shadow/*`,
    `$aws/things/${THING}/jobs/*`,
    `$aws/commands/things/${THING}/executions/*`,
  ]
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iot:Connect', Resource: arn(`client/${THING}`) },
      {
        Effect: 'Allow',
        Action: ['iot:Publish', 'iot:Receive'],
        Resource: topics.map((topic) => arn(`topic/${topic}`)),
      },
      { Effect: 'Allow', Action: 'iot:Subscribe', Resource: topics.map((topic) => arn(`topicfilter/${topic}`)) },
    ],
  })
}

const isNamed = (error: unknown, name: string): boolean => error instanceof Error && error.name === name

export async function unlessThere(creation: Promise<unknown>): Promise<void> {
  try {
    await creation
  } catch (error) {
    if (!isNamed(error, 'ResourceAlreadyExistsException')) throw error
  }
}

/** One that an earlier release made may let devices do less than they do now: it gets a version more. */
async function provisionPolicy(iot: IoTClient, policyName: string, policyDocument: string): Promise<void> {
  await unlessThere(iot.send(new CreatePolicyCommand({ policyName, policyDocument })))
  const { policyDocument: current } = await iot.send(new GetPolicyCommand({ policyName }))
  if (current === policyDocument) return
  const { policyVersions = [] } = await iot.send(new ListPolicyVersionsCommand({ policyName }))
  const [oldest] = policyVersions.filter(({ isDefaultVersion }) => !isDefaultVersion).map(({ versionId }) => versionId)
  // A policy has five versions at most.
  if (policyVersions.length >= 5 && oldest !== undefined) {
    await iot.send(new DeletePolicyVersionCommand({ policyName, policyVersionId: oldest }))
  }
  await iot.send(new CreatePolicyVersionCommand({ policyName, policyDocument, setAsDefault: true }))
}

/** The credentials kept from an earlier run, if the account still knows the certificate as active. */
async function keptCredentials(iot: IoTClient, files: DeviceFiles): Promise<KeptCredentials | undefined> {
  // Those that a rotation brought may be the only ones that are active still.
  const next = await files.next()
  if (next && (await isActive(iot, next))) {
    await files.promoteNext()
    return next
  }
  const current = await files.current()
  return current && (await isActive(iot, current)) ? current : undefined
}

async function isActive(iot: IoTClient, { certificateId }: KeptCredentials): Promise<boolean> {
  try {
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
    return certificateDescription?.status === 'ACTIVE'
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return false
    throw error
  }
}

async function provisionDevice(
  iot: IoTClient,
  model: DeviceModel,
  stateFolder: string,
  register: RegisterDevice,
): Promise<DeviceIdentity> {
  const files = new DeviceFiles(stateFolder, model.thingName)
  const identityOf = async (credentials: KeptCredentials) =>
    new DeviceIdentity(model.thingName, files, credentials, await files.next())
  const kept = await keptCredentials(iot, files)
  if (kept) return identityOf(kept)

  const { privateKey, request } = await createSigningRequest(model.thingName)
  return identityOf(await files.putCurrent(privateKey, await register(model, request)))
}

/** Makes the certificate and the thing of a device, by whatever way. */
export type RegisterDevice = (model: DeviceModel, signingRequest: string) => Promise<IssuedCertificate>

/** By the control plane, as whoever may do everything. */
export function registerByApi(iot: IoTClient): RegisterDevice {
  return async (model, certificateSigningRequest) => {
    const issued = await issueCertificate(iot, certificateSigningRequest)
    await unlessThere(
      iot.send(
        new CreateThingCommand({
          thingName: model.thingName,
          thingTypeName: model.thingTypeName,
          attributePayload: { attributes: { ...model.attributes } },
        }),
      ),
    )
    await iot.send(new AttachPolicyCommand({ policyName: POLICY_NAME, target: issued.certificateArn }))
    await iot.send(new AttachThingPrincipalCommand({ thingName: model.thingName, principal: issued.certificateArn }))
    return issued
  }
}

/** An active certificate, by the control plane. */
async function issueCertificate(iot: IoTClient, certificateSigningRequest: string) {
  const created = await iot.send(new CreateCertificateFromCsrCommand({ certificateSigningRequest, setAsActive: true }))
  const { certificateArn, certificateId, certificatePem } = created
  if (!certificateArn || !certificateId || !certificatePem)
    throw new Error('CreateCertificateFromCsr answered without a certificate')
  return { certificateArn, certificateId, certificatePem }
}

/** The one certificate that all devices of a production line have, until each has its own. */
export async function provisionClaim(
  iot: IoTClient,
  policy: { readonly policyName: string; readonly policyDocument: string },
  stateFolder: string,
): Promise<DeviceCredentials> {
  const files = new DeviceFiles(stateFolder, CLAIM_FOLDER)
  await provisionPolicy(iot, policy.policyName, policy.policyDocument)
  const kept = await keptCredentials(iot, files)
  if (kept) return kept
  const { privateKey, request } = await createSigningRequest('claim')
  const issued = await issueCertificate(iot, request)
  await iot.send(new AttachPolicyCommand({ policyName: policy.policyName, target: issued.certificateArn }))
  return files.putCurrent(privateKey, issued)
}

/**
 * Registers the devices that the account does not know yet: thing type, thing, certificate from a signing request of
 * the device's own key, policy. Safe to run again: what is there is kept.
 * @param stateFolder where each device keeps its key (mode 0600) and certificate between runs
 * @param account AWS account id, for the policy's resource ARNs
 */
export async function provisionFleet(options: {
  iot: IoTClient
  models: readonly DeviceModel[]
  stateFolder: string
  region: string
  account: string
  /** Default: by the control plane. */
  register?: RegisterDevice
}): Promise<Map<DeviceModel, DeviceIdentity>> {
  const { iot, models, stateFolder, region, account, register = registerByApi(iot) } = options
  await provisionPolicy(iot, POLICY_NAME, devicePolicy(region, account))
  for (const thingTypeName of new Set(models.map((model) => model.thingTypeName))) {
    await unlessThere(iot.send(new CreateThingTypeCommand({ thingTypeName })))
  }
  const identities = new Map<DeviceModel, DeviceIdentity>()
  // One at a time: AWS admits 15 certificates a second, and a fleet for demonstrations is small.
  for (const model of models) identities.set(model, await provisionDevice(iot, model, stateFolder, register))
  return identities
}
