import { DescribeEndpointCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { Config } from '../config.ts'
import { once } from '../once.ts'
import { Problem } from '../problem.ts'

/** Where the account's data plane is: its REST API, and MQTT over WebSocket on the same host. */
export interface DataPlaneEndpoint {
  /** e.g. `https://PREFIX-ats.iot.REGION.amazonaws.com/` */
  rest(): Promise<URL>
  /** Of jobs and commands, e.g. `https://PREFIX.jobs.iot.REGION.amazonaws.com/` */
  jobs(): Promise<URL>
  /** e.g. `wss://PREFIX-ats.iot.REGION.amazonaws.com/mqtt` */
  mqtt(): Promise<URL>
}

/** @param configured from the standard endpoint variables; without them DescribeEndpoint is asked, once */
export function createDataPlaneEndpoint(
  configured: Pick<Config, 'dataPlaneEndpoint' | 'jobsDataPlaneEndpoint'>,
  iot: IoTClient,
): DataPlaneEndpoint {
  async function describe(endpointType: string): Promise<URL> {
    const { endpointAddress } = await iot.send(new DescribeEndpointCommand({ endpointType }))
    if (!endpointAddress) throw new Problem('AWS_UNAVAILABLE', 'DescribeEndpoint answered without an address.')
    return new URL(`https://${endpointAddress}/`)
  }

  const rest = once(async () => configured.dataPlaneEndpoint ?? describe('iot:Data-ATS'))
  const jobs = once(async () => {
    if (configured.jobsDataPlaneEndpoint) return configured.jobsDataPlaneEndpoint
    try {
      return await describe('iot:Jobs')
    } catch (error) {
      // Newer accounts have none: there, the one of data answers, too.
      if (error instanceof Error && error.name === 'InvalidRequestException') return rest()
      throw error
    }
  })
  return {
    rest,
    jobs,
    async mqtt() {
      const url = new URL('/mqtt', await rest())
      url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:'
      return url
    },
  }
}
