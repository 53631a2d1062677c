import { readFileSync } from 'node:fs'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import {
  AttachPolicyCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateProvisioningTemplateCommand,
  type CreateProvisioningTemplateCommandInput,
  IoTClient,
  SetV2LoggingOptionsCommand,
} from '@aws-sdk/client-iot'
import type { IotLogEntry } from '@thingdeck/contract'
import mqtt from 'mqtt'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { parsedEntry } from '../src/shared/rule-failures/parsed-entry.test-support.ts'

const ACCOUNT_ROLES = 'arn:aws:iam::123456789012:role'
/** May do all that templates say. */
export const ROLE = `${ACCOUNT_ROLES}/provisioning`
/** May make no thing. */
export const POOR_ROLE = `${ACCOUNT_ROLES}/provisioning-without-things`

const document = (statement: object | readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statement })

/** A certificate with its key. */
export interface Claim {
  readonly certificateId: string
  readonly cert: string
  readonly key: string
}

/** What a device was answered. */
export interface Answer {
  readonly isAccepted: boolean
  readonly document: Readonly<Record<string, unknown>>
}

/** An embedded server that logs, with roles for provisioning, and devices that come with claims. */
export async function startProvisioningServer() {
  const server = await startEmbeddedServer()
  const iot = new IoTClient(server.sdk)
  const logs = new CloudWatchLogsClient(server.sdk)
  const iam = new IAMClient(server.sdk)
  await iot.send(
    new SetV2LoggingOptionsCommand({
      roleArn: `${ACCOUNT_ROLES}/logging`,
      defaultLogLevel: 'INFO',
      // That a certificate is not active is logged where somebody asks for it.
      eventConfigurations: [{ eventType: 'Connection.AuthNError', logLevel: 'ERROR' }],
    }),
  )
  const AssumeRolePolicyDocument = document({
    Effect: 'Allow',
    Principal: { Service: 'iot.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  for (const [arn, statement] of [
    [ROLE, { Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
    [
      POOR_ROLE,
      [
        { Effect: 'Allow', Action: 'iot:*', Resource: '*' },
        { Effect: 'Deny', Action: 'iot:CreateThing', Resource: '*' },
      ],
    ],
  ] as const) {
    const RoleName = arn.slice(ACCOUNT_ROLES.length + 1)
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'rights', PolicyDocument: document(statement) }))
  }
  iam.destroy()
  let policies = 0

  const connect = ({ cert, key }: Claim, clientId: string) =>
    mqtt.connectAsync(
      server.mqtts,
      {
        clientId,
        protocolVersion: 5,
        reconnectPeriod: 0,
        ca: readFileSync(server.rootCaPath),
        cert,
        key,
      },
      false, // who is not let in is not to wait
    )

  return {
    server,
    iot,
    createTemplate: (templateName: string, body: object, more: Partial<CreateProvisioningTemplateCommandInput> = {}) =>
      iot.send(
        new CreateProvisioningTemplateCommand({
          templateName,
          templateBody: JSON.stringify(body),
          provisioningRoleArn: ROLE,
          enabled: true,
          ...more,
        }),
      ),

    /** A certificate with a policy of this document. */
    async makeClaim(policyDocument: string): Promise<Claim> {
      policies += 1
      const policyName = `claim-${policies}`
      const made = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
      await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
      await iot.send(new AttachPolicyCommand({ policyName, target: made.certificateArn ?? '' }))
      return {
        certificateId: made.certificateId ?? '',
        cert: made.certificatePem ?? '',
        key: made.keyPair?.PrivateKey ?? '',
      }
    },

    connect,

    /** Has a device provisioned, as far as it gets. */
    async provision(
      claim: Claim,
      templateName: string,
      parameters: Readonly<Record<string, string>>,
      clientId = 'line-1-device',
    ): Promise<Answer> {
      const device = await connect(claim, clientId)
      try {
        const ask = async (topic: string, body: object): Promise<Answer> => {
          await device.subscribeAsync([`${topic}/accepted`, `${topic}/rejected`], { qos: 1 })
          const answered = new Promise<Answer>((resolve, reject) => {
            device.on('message', (from, payload) => {
              if (!from.startsWith(`${topic}/`)) return
              resolve({ isAccepted: from.endsWith('/accepted'), document: JSON.parse(payload.toString()) })
            })
            device.on('close', () => reject(new Error('the connection was closed')))
          })
          await device.publishAsync(topic, JSON.stringify(body), { qos: 1 })
          return await answered
        }
        const made = await ask('$aws/certificates/create/json', {})
        const { certificateOwnershipToken } = made.document
        return await ask(`$aws/provisioning-templates/${templateName}/provision/json`, {
          certificateOwnershipToken,
          parameters,
        })
      } finally {
        await device.endAsync(true)
      }
    },

    /** What was logged by now, the newest first. */
    async entries(filterPattern: string): Promise<readonly IotLogEntry[]> {
      const { events = [] } = await logs.send(
        new FilterLogEventsCommand({ logGroupName: 'AWSIotLogsV2', filterPattern }),
      )
      return events.map(({ message = '{}', eventId }) => parsedEntry(message, eventId)).toReversed()
    },

    async [Symbol.asyncDispose]() {
      iot.destroy()
      logs.destroy()
      await server[Symbol.asyncDispose]()
    },
  }
}
