import { generateKeyPairSync } from 'node:crypto'
import {
  CreateProvisioningTemplateCommand,
  type CreateProvisioningTemplateCommandInput,
  type IoTClient,
} from '@aws-sdk/client-iot'
import { requestFor } from '../../src/foundation/authority/requests.test-support.ts'
import type { Local } from '../../src/index.ts'
import { type DeviceIdentity, makeDevice, policyOf } from './device.ts'
import { connectDevice, type TestClient } from './mqtt-client.ts'

/** Devices that are born at once, which AWS would have come again. */
export const BIRTHS_UNPACED = {
  createKeysAndCertificatePerSecond: Number.POSITIVE_INFINITY,
  createCertificateFromCsrPerSecond: Number.POSITIVE_INFINITY,
  registerThingPerSecond: Number.POSITIVE_INFINITY,
}

/** Nobody has defined it: it may do everything here. */
export const PROVISIONING_ROLE = 'arn:aws:iam::123456789012:role/provisioning-of-nobody-defined'

/** What the guide gives to a claim. */
export const claimPolicyFor = (templateName: string): string => {
  const topics = ['$aws/certificates/create/*', '$aws/certificates/create-from-csr/*']
  const all = [...topics, `$aws/provisioning-templates/${templateName}/provision/*`]
  const each = (kind: string) => all.map((topic) => `${kind}/${topic}`).join(' ')
  return policyOf(
    ['Allow', 'iot:Connect', '*'],
    ['Allow', 'iot:Publish iot:Receive', each('topic')],
    ['Allow', 'iot:Subscribe', each('topicfilter')],
  )
}

/** A template in which a device names itself. */
export const TEMPLATE = {
  Parameters: { Serial: { Type: 'String' }, Site: { Type: 'String', Default: 'north' } },
  Mappings: { Urls: { north: { url: 'https://north.example' }, south: { url: 'https://south.example' } } },
  Resources: {
    thing: {
      Type: 'AWS::IoT::Thing',
      Properties: { ThingName: { 'Fn::Sub': 'pump-${Serial}' }, AttributePayload: { site: { Ref: 'Site' } } },
    },
    certificate: {
      Type: 'AWS::IoT::Certificate',
      Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
    },
    policy: {
      Type: 'AWS::IoT::Policy',
      Properties: { PolicyDocument: policyOf(['Allow', 'iot:*', '*']) },
    },
  },
  DeviceConfiguration: { url: { 'Fn::FindInMap': ['Urls', { Ref: 'Site' }, 'url'] } },
}

export async function createTemplate(
  iot: IoTClient,
  templateName: string,
  more: Partial<CreateProvisioningTemplateCommandInput> = {},
): Promise<void> {
  await iot.send(
    new CreateProvisioningTemplateCommand({
      templateName,
      templateBody: JSON.stringify(TEMPLATE),
      provisioningRoleArn: PROVISIONING_ROLE,
      enabled: true,
      ...more,
    }),
  )
}

/** A claim of a production line, held to what the guide has its policy say. */
export const makeClaim = (local: Pick<Local, 'sdk'>, templateName: string): Promise<DeviceIdentity> =>
  makeDevice(local, { policy: claimPolicyFor(templateName) })

export const CREATE = '$aws/certificates/create'
export const CREATE_FROM_CSR = '$aws/certificates/create-from-csr'
export const provisionTopic = (templateName: string) => `$aws/provisioning-templates/${templateName}/provision`

/** What a device was answered, and on which of the two topics. */
export interface FleetAnswer {
  readonly accepted: boolean
  readonly document: Readonly<Record<string, unknown>>
}

/** A device that is connected with a claim, and asks in JSON. */
export class ClaimedDevice implements AsyncDisposable {
  readonly client: TestClient

  constructor(client: TestClient) {
    this.client = client
  }

  static async connect(
    local: Pick<Local, 'urls' | 'rootCa'>,
    claim: DeviceIdentity,
    clientId: string,
  ): Promise<ClaimedDevice> {
    // Where many are born at once, some wait for their handshake.
    return new ClaimedDevice(await connectDevice(local, claim, { clientId, connectTimeout: 120_000 }))
  }

  /** @param request an object, or the very text */
  async ask(topic: string, request: object | string = ''): Promise<FleetAnswer> {
    const asked = `${topic}/json`
    await this.client.mqtt.publishAsync(asked, typeof request === 'string' ? request : JSON.stringify(request), {
      qos: 1,
    })
    const { topic: answered, text } = await this.client.inbox.take((message) => message.topic.startsWith(`${asked}/`))
    return { accepted: answered.endsWith('/accepted'), document: JSON.parse(text) }
  }

  /** A new certificate with its key and token. */
  async create(): Promise<NewCertificate> {
    const { document } = await this.ask(CREATE)
    return newCertificate(document)
  }

  /** The same for a key of its own, which takes much less time. */
  async createFromRequest(): Promise<NewCertificate> {
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { document } = await this.ask(CREATE_FROM_CSR, {
      certificateSigningRequest: await requestFor(keys, 'CN=device'),
    })
    return {
      ...newCertificate(document),
      privateKey: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]()
  }
}

export interface NewCertificate {
  readonly certificateId: string
  readonly certificatePem: string
  readonly certificateOwnershipToken: string
  /** Absent where the device made the key. */
  readonly privateKey: string
}

export function newCertificate(document: Readonly<Record<string, unknown>>): NewCertificate {
  const text = (name: string) => String(document[name] ?? '')
  return {
    certificateId: text('certificateId'),
    certificatePem: text('certificatePem'),
    certificateOwnershipToken: text('certificateOwnershipToken'),
    privateKey: text('privateKey'),
  }
}

/** As a device keeps what it was given. */
export const identityOf = ({ certificateId, certificatePem, privateKey }: NewCertificate): DeviceIdentity => ({
  key: privateKey,
  cert: certificatePem,
  certificateId,
  certificateArn: `arn:aws:iot:us-east-1:123456789012:cert/${certificateId}`,
})
