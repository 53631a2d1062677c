import type * as sdk from '@aws-sdk/client-iot'
import { AwsError, type Handlers } from '@thingdeck/aws-api'

/** In lower case: AWS takes them in any. Accounts of today are refused `iot:Data` and `iot:Jobs`, which older ones have. */
const ENDPOINT_TYPES = new Set([
  'iot:data',
  'iot:data-ats',
  'iot:credentialprovider',
  'iot:jobs',
  'iot:deviceadvisor',
  'iot:data-beta',
])

/**
 * DescribeEndpoint: every endpoint is this server, by the name that the caller knows it by. What is in a container has one
 * for those outside and one for its neighbours, and neither can reach it by the other's.
 * @param host its name; like AWS's answer without a port
 * @param otherHosts its other names: whoever asks by one of them is answered that one
 */
export function endpointHandlers(host: string, otherHosts: readonly string[]) {
  const others = new Set(otherHosts.map((name) => name.toLowerCase()))
  return {
    DescribeEndpoint: ({ endpointType = 'iot:Data' }, { request }) => {
      if (!ENDPOINT_TYPES.has(endpointType.toLowerCase())) {
        throw new AwsError('InvalidRequestException', `Endpoint type ${endpointType} not recognized.`)
      }
      const addressed = URL.parse(`http://${request.headers.host}`)?.hostname ?? ''
      return { endpointAddress: others.has(addressed) ? addressed : host }
    },
  } satisfies Handlers<typeof sdk, unknown>
}
