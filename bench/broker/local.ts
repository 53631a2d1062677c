import { readFileSync } from 'node:fs'
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreateTopicRuleCommand,
  IoTClient,
  type LogLevel,
  RegisterCertificateWithoutCACommand,
  SetV2LoggingOptionsCommand,
} from '@aws-sdk/client-iot'
import { startEmbeddedServer } from '../../scripts/run/embedded-server.ts'
import type { CertificateFiles } from './certificates.ts'
import type { Peer } from './peer.ts'

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: policy variables, not template literals
const DOCUMENT = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'iot:Connect', Resource: 'arn:aws:iot:*:*:client/${iot:ClientId}' },
    {
      Effect: 'Deny',
      Action: 'iot:*',
      Resource: ['arn:aws:iot:*:*:topic/secret/*', 'arn:aws:iot:*:*:topicfilter/secret/*'],
    },
    { Effect: 'Allow', Action: 'iot:Publish', Resource: 'arn:aws:iot:*:*:topic/bench/${iot:ClientId}/*' },
    { Effect: 'Allow', Action: 'iot:Subscribe', Resource: 'arn:aws:iot:*:*:topicfilter/bench/*' },
    { Effect: 'Allow', Action: 'iot:Receive', Resource: 'arn:aws:iot:*:*:topic/bench/*' },
  ],
}
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above

export interface LocalPeerOptions {
  /** Of the account's log of what happened, which is off otherwise. */
  readonly defaultLogLevel?: LogLevel
  /** So many topic rules, of which the first is for every message of the load. */
  readonly rules?: number
  /** Whether that one republishes each message. */
  readonly isRepublishing?: boolean
}

/** The embedded server as it is started by its users, but for the limits of AWS on single connections and on rules. */
export async function startLocalPeer(
  certificates: CertificateFiles,
  { defaultLogLevel, rules = 0, isRepublishing = false }: LocalPeerOptions = {},
): Promise<Peer> {
  const rates = ['inboundPublishesPerSecond', 'outboundPublishesPerSecond', 'inboundBytesPerSecond']
  const server = await startEmbeddedServer({
    limits: rates.map((name) => `${name}=off`),
    args: ['--rule-evaluations-per-second', 'off'],
  })
  const iot = new IoTClient(server.sdk)
  const certificate = await iot.send(
    new RegisterCertificateWithoutCACommand({
      certificatePem: readFileSync(certificates.clientCert, 'utf8'),
      status: 'ACTIVE',
    }),
  )
  await iot.send(new CreatePolicyCommand({ policyName: 'bench', policyDocument: JSON.stringify(DOCUMENT) }))
  await iot.send(new AttachPolicyCommand({ policyName: 'bench', target: certificate.certificateArn }))
  if (defaultLogLevel !== undefined) {
    const roleArn = 'arn:aws:iam::123456789012:role/logging' // which nobody has defined, and so may write
    await iot.send(new SetV2LoggingOptionsCommand({ roleArn, defaultLogLevel }))
  }
  for (let index = 0; index < rules; index += 1) {
    const filter = index === 0 ? 'bench/+/temperature' : `plant/${index}/+/data`
    const republish = { topic: 'rules/out', roleArn: 'arn:aws:iam::123456789012:role/rules' }
    const actions = isRepublishing ? [{ republish }] : []
    const topicRulePayload = { sql: `SELECT * FROM '${filter}' WHERE topic(1) = 'bench'`, actions }
    await iot.send(new CreateTopicRuleCommand({ ruleName: `rule_${index}`, topicRulePayload }))
  }
  iot.destroy()
  const { service, mqtts, rootCaPath } = server
  return {
    pid: service.pid,
    ports: { tcp: undefined, tls: Number(new URL(mqtts).port) },
    ca: rootCaPath,
    stop: () => service.kill(),
  }
}
