/** Keys that AWS IoT takes, and that WebCrypto makes (AWS IoT developer guide, "X.509 client certificates"). */
export const KEY_KINDS = ['EC P-256', 'RSA 2048'] as const
export type KeyKind = (typeof KEY_KINDS)[number]
