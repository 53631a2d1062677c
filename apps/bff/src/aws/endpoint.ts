import { DescribeEndpointCommand, type IoTClient } from '@aws-sdk/client-iot'
import { Problem } from '../problem.ts'

/** Where the account's data plane is: its REST API, and MQTT over WebSocket on the same host. */
export interface DataPlaneEndpoint {
  /** e.g. `https://PREFIX-ats.iot.REGION.amazonaws.com/` */
  rest(): Promise<URL>
  /** e.g. `wss://PREFIX-ats.iot.REGION.amazonaws.com/mqtt` */
  mqtt(): Promise<URL>
}

/** @param configured from the standard endpoint variables; without it DescribeEndpoint is asked, once */
export function createDataPlaneEndpoint(configured: URL | undefined, iot: IoTClient): DataPlaneEndpoint {
  let asked: Promise<URL> | undefined

  async function describe(): Promise<URL> {
    const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }))
    if (!endpointAddress) throw new Problem('AWS_UNAVAILABLE', 'DescribeEndpoint answered without an address.')
    return new URL(`https://${endpointAddress}/`)
  }

  async function rest(): Promise<URL> {
    if (configured) return configured
    asked ??= describe()
    asked.catch(() => {
      asked = undefined
    })
    return asked
  }

  return {
    rest,
    async mqtt() {
      const url = new URL('/mqtt', await rest())
      url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
      return url
    },
  }
}
