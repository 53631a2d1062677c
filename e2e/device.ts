import {
  AttachPolicyCommand,
  AttachThingPrincipalCommand,
  CreateKeysAndCertificateCommand,
  CreatePolicyCommand,
  CreateThingCommand,
  IoTClient,
} from '@aws-sdk/client-iot'
import mqtt, { type MqttClient } from 'mqtt'
import type { EmbeddedServer } from '../scripts/run/embedded-server.ts'
import { stack } from './stack.ts'

/** A real device: a thing with a certificate of its own on a real TLS connection. */
export interface TestDevice extends AsyncDisposable {
  readonly thingName: string
  readonly client: MqttClient
}

/** Where a device connects to, and who may register it: the shared stack, or an embedded server of a spec's own. */
export type DeviceServer = Pick<EmbeddedServer, 'http' | 'mqtts' | 'sdk'>

const SHARED: DeviceServer = { http: stack.http, mqtts: `mqtts://localhost:${stack.mqttPort}`, sdk: stack.sdk }

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
  const policyName = `e2e-${certificateId.slice(0, 16)}`
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }],
  })
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument }))
  await iot.send(new AttachPolicyCommand({ policyName, target: certificateArn }))
  await iot.send(new AttachThingPrincipalCommand({ thingName, principal: certificateArn }))
  const client = await mqtt.connectAsync({
    protocol: 'mqtts',
    host: 'localhost',
    port: Number(new URL(mqtts).port),
    ca: await (await fetch(`${http}/_local/root-ca.pem`)).text(),
    cert: certificatePem,
    key: keyPair.PrivateKey,
    clientId,
    protocolVersion: 5,
  })
  return {
    thingName,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.endAsync()
    },
  }
}
