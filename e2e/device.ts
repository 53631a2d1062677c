import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  DescribeEndpointCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt'
import { deployment } from './deployment.ts'
import { DEPLOYMENT_PREFIX } from './fresh-name.ts'
import { type SdkConfig, stack } from './stack.ts'

/** A real device: a thing with a certificate of its own on a real TLS connection. */
export interface TestDevice extends AsyncDisposable {
  readonly thingName: string
  readonly client: MqttClient
}

/** Where a device connects to, and who may register it: the shared stack, or an embedded server of a spec's own. */
export interface DeviceServer {
  /** Left out for one whose certificate everybody trusts. */
  readonly http?: string
  /** Left out where DescribeEndpoint says it. */
  readonly mqtts?: string
  readonly sdk: SdkConfig
}

const SHARED: DeviceServer =
  deployment === undefined
    ? { http: stack.http, mqtts: `mqtts://localhost:${stack.mqttPort}`, sdk: stack.sdk }
    : { sdk: stack.sdk, ...(deployment.mqtts !== undefined && { mqtts: deployment.mqtts }) }
/** In an account, a new certificate and its policy may take a while to be known everywhere. */
const ATTEMPTS = deployment === undefined ? 1 : 20

/**
 * Registers a thing that may do everything, and connects it under its own name, or another client id.
 * @param allowed the only action that it may do
 */
export async function connectDevice(
  thingName: string,
  clientId = thingName,
  allowed = 'iot:*',
  { http, mqtts, sdk }: DeviceServer = SHARED,
): Promise<TestDevice> {
  const iot = new IoTClient(sdk)
  const {
    certificateArn,
    certificateId = '',
    certificatePem,
    keyPair,
  } = await iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }))
  if (!certificateArn || !certificatePem || !keyPair?.PrivateKey) throw new Error('No certificate was made')
  await iot.send(new CreateThingCommand({ thingName }))
  // Of this certificate alone, so that a spec can be run again on the same account.
  const policyName = `${deployment === undefined ? 'e2e-' : DEPLOYMENT_PREFIX}${certificateId.slice(0, 16)}`
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }],
  })
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }))
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  const address = new URL(mqtts ?? (await describeEndpoint(iot)))
  const client = await connect(
    {
      protocol: 'mqtts',
      host: address.hostname,
      port: Number(address.port),
      ...(http !== undefined && { ca: await (await fetch(`${http}/_local/root-ca.pem`)).text() }),
      cert: certificatePem,
      key: keyPair.PrivateKey,
      clientId,
      protocolVersion: 5,
    },
    ATTEMPTS,
  )
  return {
    thingName,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.endAsync()
    },
  }
}

async function describeEndpoint(iot: IoTClient): Promise<string> {
  const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))
  return `mqtts://${endpointAddress}:8883`
}

/** A refused attempt is answered at once, so that the next one waits a little. */
async function connect(options: IClientOptions, attempts: number): Promise<MqttClient> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await mqtt.connectAsync(options)
    } catch (error) {
      if (attempt === attempts) throw error
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
}
