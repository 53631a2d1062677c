import { readFileSync } from 'node:fs'
import { DescribeEndpointCommand, IoTClient } from '@aws-sdk/client-iot'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'

/** Where the run goes. AWS is what the standard variables of AWS say, as for any other program. */
export interface Target {
  readonly account: string
  readonly region: string
  /** Where devices connect, `mqtts://HOST:8883`. */
  readonly mqtts: URL
  /** MQTT over WebSocket, to be signed: `wss://HOST/mqtt`. */
  readonly webSocket: URL
  /** Where data and shadows are over HTTPS; undefined where the SDK is told by AWS_ENDPOINT_URL. */
  readonly data: string | undefined
  readonly jobs: string | undefined
  readonly credentialsUrl: URL | undefined
  /** What devices trust beside Node's own authorities, PEM. */
  readonly rootCa: string | undefined
}

type Environment = Readonly<Record<string, string | undefined>>

/** AWS could not be asked whose account it is. */
export class TargetError extends Error {
  override readonly name = 'TargetError'
}

/**
 * Finds out whose credentials these are, and where the account's endpoints are. `AWS_ENDPOINT_URL`, `DEVICE_MQTT_URL`,
 * `DEVICE_CREDENTIALS_URL` and `NODE_EXTRA_CA_CERTS` say otherwise, as for the console.
 * @throws {TargetError} where there are no credentials, no region or no way there
 */
export async function findTarget(environment: Environment): Promise<Target> {
  const iot = new IoTClient({})
  const sts = new STSClient({})
  try {
    const [region, { Account: account = '' }, { endpointAddress = '' }] = await Promise.all([
      iot.config.region(),
      sts.send(new GetCallerIdentityCommand({})),
      iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' })),
    ])
    const { AWS_ENDPOINT_URL: own, DEVICE_MQTT_URL: mqtts = `mqtts://${endpointAddress}:8883` } = environment
    const { DEVICE_CREDENTIALS_URL: credentials, NODE_EXTRA_CA_CERTS: ca } = environment
    const webSocket = new URL('/mqtt', own ?? `https://${endpointAddress}`)
    webSocket.protocol = webSocket.protocol === 'http:' ? 'ws:' : 'wss:'
    return {
      account,
      region,
      mqtts: new URL(mqtts),
      webSocket,
      data: own === undefined ? `https://${endpointAddress}` : undefined,
      jobs: own === undefined ? await jobsEndpoint(iot, endpointAddress) : undefined,
      credentialsUrl: credentials === undefined ? undefined : new URL(credentials),
      rootCa: ca === undefined ? undefined : readFileSync(ca, 'utf8'),
    }
  } catch (error) {
    throw new TargetError(`AWS cannot be asked whose account it is: ${(error as Error).message}`, { cause: error })
  } finally {
    iot.destroy()
    sts.destroy()
  }
}

/** Newer accounts have none of their own: there, that of data answers, too. */
async function jobsEndpoint(iot: IoTClient, dataAddress: string): Promise<string> {
  try {
    const { endpointAddress = dataAddress } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Jobs' }))
    return `https://${endpointAddress}`
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidRequestException') return `https://${dataAddress}`
    throw error
  }
}
