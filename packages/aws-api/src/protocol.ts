import { parseAmzTarget } from './aws-json.ts'
import type { Protocol, RequestHead, ServiceTraits } from './types.ts'

/** What `Smithy-Protocol` says in requests and answers of rpcV2Cbor. */
export const RPC_V2_CBOR = 'rpc-v2-cbor'

/**
 * The protocol in which a request speaks to a service: its clients choose among those that it has, by their age and
 * language.
 * @see Smithy 2.0, "Smithy RPC v2 CBOR protocol", "AWS JSON 1.0 protocol", "AWS query protocol"
 */
export function protocolOf({ protocol, otherProtocols }: ServiceTraits, head: RequestHead): Protocol {
  if (!otherProtocols) return protocol
  const spoken = spokenIn(head)
  return [protocol, ...otherProtocols].find((candidate) => spoken.includes(candidate)) ?? protocol
}

function spokenIn({ method, headers }: RequestHead): readonly Protocol[] {
  if (headers['smithy-protocol'] === RPC_V2_CBOR) return ['rpcV2Cbor']
  if (parseAmzTarget(headers['x-amz-target'])) return ['awsJson1_0', 'awsJson1_1']
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '')
  return isForm || method === 'GET' ? ['awsQuery'] : []
}
