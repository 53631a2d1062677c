import type * as sdk from '@aws-sdk/client-iot'
import { AwsError, type Handlers } from '@thingdeck/aws-api'

const ENDPOINT_TYPES = new Set([
  'iot:Data',
  'iot:Data-ATS',
  'iot:CredentialProvider',
  'iot:Jobs',
  'iot:DeviceAdvisor',
  'iot:Data-Beta',
])

/**
 * DescribeEndpoint: every endpoint is this server.
 * @param host its name; like AWS's answer without a port
 */
export function endpointHandlers(host: string) {
  return {
    DescribeEndpoint: ({ endpointType = 'iot:Data' }) => {
      if (!ENDPOINT_TYPES.has(endpointType)) {
        throw new AwsError('InvalidRequestException', `Unknown endpoint type: ${endpointType}`)
      }
      return { endpointAddress: host }
    },
  } satisfies Handlers<typeof sdk, unknown>
}
