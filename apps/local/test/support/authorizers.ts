import { createSign, generateKeyPairSync } from 'node:crypto'
import {
  CreateAuthorizerCommand,
  type CreateAuthorizerCommandInput,
  CreateDomainConfigurationCommand,
  type CreateDomainConfigurationCommandInput,
  DescribeDomainConfigurationCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import { AddPermissionCommand } from '@aws-sdk/client-lambda'
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { Local } from '../../src/index.ts'
import { FunctionClient } from './functions.ts'
import { opened, type TestClient } from './mqtt-client.ts'

const ACCOUNT = 'us-east-1:123456789012'

/** Keys of a token issuer. */
export const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})

/** Base64, as a token issuer signs. */
export const signToken = (token: string): string =>
  createSign('RSA-SHA256').update(token).sign(KEYS.privateKey, 'base64')

/** A function that says yes to the password `secret`, and lets the client do all with topics of its own. */
export const BY_PASSWORD = `
const allow = (Action, Resource) => ({ Effect: 'Allow', Action, Resource: Resource.map((tail) => 'arn:aws:iot:${ACCOUNT}:' + tail) })
export const handler = async (event) => {
  const { password = '' } = event.protocolData.mqtt ?? {}
  return {
    isAuthenticated: Buffer.from(password, 'base64').toString() === 'secret',
    principalId: 'pump7',
    refreshAfterInSeconds: 300,
    disconnectAfterInSeconds: 86400,
    policyDocuments: [{
      Version: '2012-10-17',
      Statement: [
        allow('iot:Connect', ['client/\${iot:ClientId}']),
        allow(['iot:Publish', 'iot:Receive'], ['topic/own/\${iot:ClientId}/*']),
        allow('iot:Subscribe', ['topicfilter/own/\${iot:ClientId}/*']),
      ],
    }],
  }
}`

/** A function that answers what its code says, with the event at hand. */
export const answering = (expression: string): string => `export const handler = async (event) => (${expression})`

/** An answer that lets everything. */
export const EVERYTHING = `{
  isAuthenticated: true,
  principalId: 'anybody',
  disconnectAfterInSeconds: 86400,
  refreshAfterInSeconds: 300,
  policyDocuments: ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iot:*","Resource":"*"}]}'],
}`

/** Authorizers, their functions and domains, by the official clients. */
export class AuthorizerClient implements Disposable {
  readonly iot: IoTClient
  readonly functions: FunctionClient
  readonly #local: Pick<Local, 'sdk'>

  constructor(local: Pick<Local, 'sdk'>) {
    this.#local = local
    this.iot = new IoTClient(local.sdk)
    this.functions = new FunctionClient(this.#local)
  }

  /** An ACTIVE authorizer without signing, unless said otherwise, whose function it may invoke. @param code of `index.mjs` */
  async create(name: string, code: string, more: Partial<CreateAuthorizerCommandInput> = {}): Promise<void> {
    await this.functions.create(name, code)
    await this.permit(name, `authorizer/${name}`)
    await this.iot.send(
      new CreateAuthorizerCommand({
        authorizerName: name,
        authorizerFunctionArn: functionArn(name),
        status: 'ACTIVE',
        signingDisabled: true,
        ...more,
      }),
    )
  }

  /** Lets AWS IoT invoke a function on behalf of a resource. */
  async permit(functionName: string, resource: string): Promise<void> {
    await this.functions.lambda.send(
      new AddPermissionCommand({
        FunctionName: functionName,
        StatementId: `iot-${resource.replace(/\W/g, '-')}`,
        Action: 'lambda:InvokeFunction',
        Principal: 'iot.amazonaws.com',
        SourceArn: `arn:aws:iot:${ACCOUNT}:${resource}`,
      }),
    )
  }

  /** @returns the domain's name */
  async domain(
    domainConfigurationName: string,
    more: Partial<CreateDomainConfigurationCommandInput> = {},
  ): Promise<string> {
    await this.iot.send(new CreateDomainConfigurationCommand({ domainConfigurationName, ...more }))
    const { domainName = '' } = await this.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName }))
    return domainName
  }

  [Symbol.dispose](): void {
    this.iot.destroy()
    this.functions[Symbol.dispose]()
  }
}

export const functionArn = (name: string): string => `arn:aws:lambda:${ACCOUNT}:function:${name}`

/** The package hands on what it does not know itself to TLS. */
type Options = Omit<IClientOptions, 'protocol'>

/** MQTT over TLS by user name and password, as on AWS's port 443 with ALPN. */
export function startWithPassword(local: Pick<Local, 'urls' | 'rootCa'>, options: Options): MqttClient {
  const { port } = new URL(local.urls.https)
  return connect({
    protocolVersion: 5,
    reconnectPeriod: 0,
    connectTimeout: 60_000, // many at once have to wait for each other's handshakes
    host: 'localhost',
    port: Number(port),
    servername: 'localhost',
    ca: local.rootCa,
    ALPNProtocols: ['mqtt'],
    ...options,
    protocol: 'mqtts',
  })
}

/** Waits for CONNACK. */
export const connectWithPassword = (local: Pick<Local, 'urls' | 'rootCa'>, options: Options): Promise<TestClient> =>
  opened(startWithPassword(local, options))

/** That a connection is closed. */
export const closed = (mqtt: MqttClient) => new Promise<void>((resolve) => mqtt.once('close', () => resolve()))
