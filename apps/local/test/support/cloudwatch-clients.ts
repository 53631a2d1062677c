import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { AwsQueryProtocol } from '@aws-sdk/core/protocols'
import { SmithyRpcV2CborProtocol } from '@smithy/core/cbor'
import type { Local } from '../../src/index.ts'

/** The SDK's client in each of the protocols that clients of CloudWatch speak, by their age and language. */
export function cloudwatchClients({ sdk }: Pick<Local, 'sdk'>) {
  return {
    'AWS JSON': new CloudWatchClient(sdk),
    // Its protocol says the length of a body before that is compressed, and the request never ends.
    CBOR: new CloudWatchClient({ ...sdk, protocol: SmithyRpcV2CborProtocol, disableRequestCompression: true }),
    Query: new CloudWatchClient({ ...sdk, protocol: AwsQueryProtocol }),
  }
}
