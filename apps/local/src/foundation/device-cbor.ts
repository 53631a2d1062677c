import { AwsError, type CborOptions, decodeCbor } from '@thingdeck/aws-api'

/**
 * Reads what a device sent as CBOR; it may begin with the tag that says that it is.
 * @param refusal what a device is told whose bytes are no such item
 * @throws what `refusal` makes
 */
export function readDeviceCbor(
  payload: Uint8Array,
  refusal: () => Error,
  options: Pick<CborOptions, 'maxDepth' | 'uniqueKeys'> = {},
): unknown {
  try {
    return decodeCbor(payload, { ...options, maySayThatItIs: true })
  } catch (error) {
    if (error instanceof AwsError) throw refusal()
    throw error
  }
}
