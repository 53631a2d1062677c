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
 * DescribeEndpoint: every endpoint is this server.
 * @param host its name; like AWS's answer without a port
 */
export function endpointHandlers(host: string) {
  return {
    DescribeEndpoint: ({ endpointType = 'iot:Data' }) => {
      if (!ENDPOINT_TYPES.has(endpointType.toLowerCase())) {
        throw new AwsError('InvalidRequestException', `Endpoint type ${endpointType} not recognized.`)
      }
      return { endpointAddress: host }
    },
  } satisfies Handlers<typeof sdk, unknown>
}
