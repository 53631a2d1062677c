/** Bytes as hexadecimal digits without spaces: `7b2261`. */
export const hexText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
