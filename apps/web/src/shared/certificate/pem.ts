export type PemKind = 'PRIVATE KEY' | 'PUBLIC KEY' | 'CERTIFICATE' | 'CERTIFICATE REQUEST'

/** The line that PEM of this kind begins with. */
export const pemBegin = (kind: PemKind): string => `-----BEGIN ${kind}-----`

/** DER as PEM of this kind: base64 in lines of 64 characters (RFC 7468). */
export function toPem(kind: PemKind, der: ArrayBuffer): string {
  let binary = ''
  for (const byte of new Uint8Array(der)) binary += String.fromCharCode(byte)
  const lines = btoa(binary).match(/.{1,64}/g) ?? []
  return `${pemBegin(kind)}\n${lines.join('\n')}\n-----END ${kind}-----\n`
}

/** `3A:0F:…`, as fingerprints and serial numbers are written. */
export const colonHex = (hex: string): string => (hex.toUpperCase().match(/.{1,2}/g) ?? []).join(':')

export const hexOf = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
