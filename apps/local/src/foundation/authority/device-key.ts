import type { KeyObject } from 'node:crypto'

/** Of the RSA keys that AWS IoT makes itself, and the least that it takes. */
export const MIN_RSA_BITS = 2048
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

/**
 * Whether AWS IoT takes a device's public key: RSA of at least 2048 bits, or on P-256, P-384 or P-521.
 * @see AWS IoT Core developer guide, "X.509 client certificates"
 */
export function isDeviceKey({ asymmetricKeyType: type, asymmetricKeyDetails: details }: KeyObject): boolean {
  if (type === 'rsa') return (details?.modulusLength ?? 0) >= MIN_RSA_BITS
  return type === 'ec' && CURVES.has(details?.namedCurve ?? '')
}
