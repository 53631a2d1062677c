import 'reflect-metadata' // @peculiar/x509 needs it and does not bring it
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
import * as x509 from '@peculiar/x509'
import type { DeviceModel } from './device-model.ts'

/** What a device needs to connect: its own key, never sent anywhere, and its certificate, both PEM. */
export interface DeviceCredentials {
  readonly privateKey: string
  readonly certificate: string
}

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

/** An EC P-256 key made here and a certificate signing request for it. */
async function createSigningRequest(commonName: string): Promise<{ privateKey: string; request: string }> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: algorithm,
  })
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), request: request.toString('pem') }
}

interface Paths {
  readonly folder: string
  readonly privateKey: string
  readonly certificate: string
  readonly certificateId: string
}

function pathsOf(stateFolder: string, thingName: string): Paths {
  // A colon is legal in a thing name, and not in a Windows file name.
  const folder = join(stateFolder, encodeURIComponent(thingName))
  return {
    folder,
    privateKey: join(folder, 'private.pem.key'),
    certificate: join(folder, 'certificate.pem.crt'),
    certificateId: join(folder, 'certificate-id'),
  }
}

/** The credentials kept from an earlier run, if the account still knows the certificate as active. */
async function keptCredentials(iot: IoTClient, paths: Paths): Promise<DeviceCredentials | undefined> {
  try {
    const [privateKey, certificate, certificateId] = await Promise.all(
      [paths.privateKey, paths.certificate, paths.certificateId].map((path) => readFile(path, 'utf8')),
    )
    if (!privateKey || !certificate || !certificateId) return undefined
    const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }))
    return certificateDescription?.status === 'ACTIVE' ? { privateKey, certificate } : undefined
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException') || (error as NodeJS.ErrnoException).code === 'ENOENT')
      return undefined
    throw error
  }
}

async function provisionDevice(
  iot: IoTClient,
  model: DeviceModel,
  stateFolder: string,
  register: RegisterDevice,
): Promise<DeviceCredentials> {
  const paths = pathsOf(stateFolder, model.thingName)
  const kept = await keptCredentials(iot, paths)
  if (kept) return kept

  const { privateKey, request } = await createSigningRequest(model.thingName)
  return keepCredentials(paths, privateKey, await register(model, request))
}

/** A certificate that was made of a signing request. */
export interface IssuedCertificate {
  readonly certificateId: string
  readonly certificatePem: string
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
  const paths = pathsOf(stateFolder, CLAIM_FOLDER)
  await provisionPolicy(iot, policy.policyName, policy.policyDocument)
  const kept = await keptCredentials(iot, paths)
  if (kept) return kept
  const { privateKey, request } = await createSigningRequest('claim')
  const issued = await issueCertificate(iot, request)
  await iot.send(new AttachPolicyCommand({ policyName: policy.policyName, target: issued.certificateArn }))
  return keepCredentials(paths, privateKey, issued)
}

async function keepCredentials(
  paths: Paths,
  privateKey: string,
  { certificateId, certificatePem }: IssuedCertificate,
): Promise<DeviceCredentials> {
  await mkdir(paths.folder, { recursive: true, mode: 0o700 })
  await writeFile(paths.privateKey, privateKey, { mode: 0o600 })
  await writeFile(paths.certificate, certificatePem, { mode: 0o600 })
  await writeFile(paths.certificateId, certificateId)
  return { privateKey, certificate: certificatePem }
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
}): Promise<Map<DeviceModel, DeviceCredentials>> {
  const { iot, models, stateFolder, region, account, register = registerByApi(iot) } = options
  await provisionPolicy(iot, POLICY_NAME, devicePolicy(region, account))
  for (const thingTypeName of new Set(models.map((model) => model.thingTypeName))) {
    await unlessThere(iot.send(new CreateThingTypeCommand({ thingTypeName })))
  }
  const credentials = new Map<DeviceModel, DeviceCredentials>()
  // One at a time: AWS admits 15 certificates a second, and a fleet for demonstrations is small.
  for (const model of models) credentials.set(model, await provisionDevice(iot, model, stateFolder, register))
  return credentials
}
