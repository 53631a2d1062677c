import { setTimeout as pause } from 'node:timers/promises'
import {
  CreateProvisioningTemplateCommand,
  CreateProvisioningTemplateVersionCommand,
  DescribeProvisioningTemplateCommand,
  type IoTClient,
} from '@aws-sdk/client-iot'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import type { DeviceCredentials } from './device-files.ts'
import type { DeviceModel } from './device-model.ts'
import { isObject } from './json-object.ts'
import { POLICY_NAME, provisionClaim, type RegisterDevice, unlessThere } from './provision.ts'
import { sayGoodbye } from './say-goodbye.ts'

/** Where devices ask, and what they trust. */
export interface ClaimDoor {
  readonly host: string
  readonly port: number
  /** Root CA in PEM to trust instead of Node's own list. */
  readonly ca?: string
}

export interface ClaimOptions {
  readonly iot: IoTClient
  readonly region: string
  readonly account: string
  readonly stateFolder: string
  /** That AWS IoT provisions with: it trusts iot.amazonaws.com, and has AWSIoTThingsRegistration. */
  readonly provisioningRoleArn: string
  readonly models: readonly DeviceModel[]
}

const CLAIM_POLICY_NAME = 'thingdeck-fleet-claim'
const ANSWER_MS = 30_000
/** Of a device that is throttled: it comes again for a minute or two. */
const MAX_ATTEMPTS = 60
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 4_000

/** One for each product line, as its devices have attributes of their own. */
const templateNameOf = (thingTypeName: string): string => `thingdeck-fleet-${thingTypeName}`

/**
 * Prepares what a factory does: a provisioning template for each kind of device, and one claim that all devices leave the
 * line with. Each device then asks for its own certificate, and registers itself, with MQTT and the claim alone.
 * @see AWS IoT developer guide, "Provisioning by claim"
 */
export async function prepareClaim(options: ClaimOptions): Promise<DeviceCredentials> {
  const { iot, models, stateFolder } = options
  const kinds = new Map(models.map((model) => [model.thingTypeName, model]))
  for (const model of kinds.values()) await provisionTemplate(options, model)
  return provisionClaim(iot, { policyName: CLAIM_POLICY_NAME, policyDocument: claimPolicy(options) }, stateFolder)
}

/** The guide's policy for claims, for all of the fleet's templates. */
function claimPolicy({ region, account }: ClaimOptions): string {
  const arn = (resource: string) => `arn:aws:iot:${region}:${account}:${resource}`
  const topics = [
    '$aws/certificates/create-from-csr/*',
    `$aws/provisioning-templates/${templateNameOf('*')}/provision/*`,
  ]
  const each = (kind: string) => topics.map((topic) => arn(`${kind}/${topic}`))
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'iot:Connect', Resource: arn('client/*') },
      { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: each('topic') },
      { Effect: 'Allow', Action: 'iot:Subscribe', Resource: each('topicfilter') },
    ],
  })
}

async function provisionTemplate({ iot, provisioningRoleArn }: ClaimOptions, model: DeviceModel): Promise<void> {
  const templateName = templateNameOf(model.thingTypeName)
  const templateBody = JSON.stringify(templateFor(model))
  const create = new CreateProvisioningTemplateCommand({
    templateName,
    templateBody,
    provisioningRoleArn,
    enabled: true,
    description: 'Devices of the sample fleet that are born by claim',
  })
  await unlessThere(iot.send(create))
  const { templateBody: current } = await iot.send(new DescribeProvisioningTemplateCommand({ templateName }))
  if (current === templateBody) return
  await iot.send(new CreateProvisioningTemplateVersionCommand({ templateName, templateBody, setAsDefault: true }))
}

function templateFor({ thingTypeName, attributes }: DeviceModel) {
  const names = ['ThingName', ...Object.keys(attributes)]
  return {
    Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])),
    Resources: {
      thing: {
        Type: 'AWS::IoT::Thing',
        Properties: {
          ThingName: { Ref: 'ThingName' },
          ThingTypeName: thingTypeName,
          AttributePayload: Object.fromEntries(Object.keys(attributes).map((name) => [name, { Ref: name }])),
        },
        OverrideSettings: { AttributePayload: 'MERGE' },
      },
      certificate: {
        Type: 'AWS::IoT::Certificate',
        Properties: { CertificateId: { Ref: 'AWS::IoT::Certificate::Id' }, Status: 'ACTIVE' },
      },
      policy: { Type: 'AWS::IoT::Policy', Properties: { PolicyName: POLICY_NAME } },
    },
  }
}

/** How a device comes by its certificate with a claim. */
export function registerByClaim(claim: DeviceCredentials, door: ClaimDoor): RegisterDevice {
  return async ({ thingName, thingTypeName, attributes }, certificateSigningRequest) => {
    const options: IClientOptions = {
      servername: door.host,
      cert: claim.certificate,
      key: claim.privateKey,
      ...(door.ca !== undefined && { ca: door.ca }),
      clientId: `claim-${thingName}`,
      protocolVersion: 5,
      reconnectPeriod: 0,
    }
    // As it does not try again, a connection that is closed before it is accepted is a failure, and not waited for.
    const client = await mqtt.connectAsync(`mqtts://${door.host}:${door.port}`, options, false)
    try {
      const issued = await ask(client, '$aws/certificates/create-from-csr/json', { certificateSigningRequest })
      await ask(client, `$aws/provisioning-templates/${templateNameOf(thingTypeName)}/provision/json`, {
        certificateOwnershipToken: issued.certificateOwnershipToken,
        parameters: { ThingName: thingName, ...attributes },
      })
      return {
        certificateId: String(issued.certificateId),
        certificatePem: String(issued.certificatePem),
      }
    } finally {
      await sayGoodbye(client)
    }
  }
}

/**
 * Asks again, later each time, where AWS IoT has too much to do: a fleet that is born at once comes faster than it takes.
 * @throws {Error} with what AWS IoT said, where it rejected the request, or nothing within half a minute
 */
async function ask(
  client: MqttClient,
  topic: string,
  request: object,
  attempt = 1,
): Promise<Readonly<Record<string, unknown>>> {
  const { isAccepted, document } = await askOnce(client, topic, request)
  if (isAccepted) return document
  if (document.errorCode !== 'Throttling' || attempt === MAX_ATTEMPTS) {
    throw new Error(`${topic} was rejected: ${String(document.errorCode)}: ${String(document.errorMessage)}`)
  }
  await pause(Math.random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt))
  return ask(client, topic, request, attempt + 1)
}

async function askOnce(
  client: MqttClient,
  topic: string,
  request: object,
): Promise<{ readonly isAccepted: boolean; readonly document: Readonly<Record<string, unknown>> }> {
  const answers = [`${topic}/accepted`, `${topic}/rejected`] as const
  const answered = Promise.withResolvers<{ readonly isAccepted: boolean; readonly payload: Buffer }>()
  const onMessage = (on: string, payload: Buffer) => {
    if (on === answers[0] || on === answers[1]) answered.resolve({ isAccepted: on === answers[0], payload })
  }
  const late = setTimeout(() => answered.reject(new Error(`nobody answered ${topic}`)), ANSWER_MS)
  const onClose = () => answered.reject(new Error(`the connection was closed before ${topic} was answered`))
  client.on('message', onMessage)
  client.on('close', onClose)
  if (!client.connected) onClose() // lost in the pause between two attempts
  try {
    // Of what was in flight when the connection was lost nobody is told what became of it: only the close says it.
    client
      .subscribeAsync([...answers], { qos: 1 })
      .then(() => client.publishAsync(topic, JSON.stringify(request), { qos: 1 }))
      .catch(answered.reject)
    const { isAccepted, payload } = await answered.promise
    const document: unknown = JSON.parse(payload.toString())
    if (!isObject(document)) throw new Error(`${topic} was answered with no object`)
    return { isAccepted, document }
  } finally {
    clearTimeout(late)
    client.removeListener('message', onMessage)
    client.removeListener('close', onClose)
  }
}
