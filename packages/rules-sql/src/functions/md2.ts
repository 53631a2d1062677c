import { hexToBytes } from '@noble/hashes/utils.js'

const BLOCK = 16
const ROUNDS = 18

/** A permutation of all bytes, made from the digits of pi. Source: RFC 1319 §3.2. */
const SUBSTITUTION = hexToBytes(
  [
    '292e43c9a2d87c013d3654a1ecf0061362a705f3c0c7738c98932bd9bc4c82ca1e9b573cfdd4e01667426f188a17e512',
    'be4ec4d6da9ede49a0fbf58ebb2fee7aa968799115b2073f94c210890b225f21807f5d9a5a903227353ecce7bff79703',
    'ff1930b348a5b5d1d75e922aac56aac64fb838d296a47db676fc6be29c7404f1459d705964718720865bcf65e62da802',
    '1b6025adaeb0b9f61c46616934407e0f5547a323dd51af3ac35cf9cebac5ea262c530d6e85288409d3dfcdf441814d52',
    '6adc37c86cc1abfa24e17b080cbdb14a7888958be363e86de9cbd5fe3b001d39f2efb70e6658d0e4a67772f8eb754b0a',
    '314450b48fed1f1adb998d339f118314',
  ].join(''),
)

/** MD2, which neither OpenSSL nor libraries have any more. It protects nothing. Source: RFC 1319. */
export function md2(message: Uint8Array): Uint8Array {
  const padding = BLOCK - (message.length % BLOCK)
  const padded = new Uint8Array(message.length + padding + BLOCK).fill(padding)
  padded.set(message)
  padded.set(checksum(padded.subarray(0, message.length + padding)), message.length + padding)
  const state = new Uint8Array(3 * BLOCK)
  for (let start = 0; start < padded.length; start += BLOCK) {
    for (let index = 0; index < BLOCK; index += 1) {
      const byte = padded[start + index] ?? 0
      state[BLOCK + index] = byte
      state[2 * BLOCK + index] = byte ^ (state[index] ?? 0)
    }
    let carry = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let index = 0; index < state.length; index += 1) {
        carry = (state[index] ?? 0) ^ substitute(carry)
        state[index] = carry
      }
      carry = (carry + round) & 0xff
    }
  }
  return state.slice(0, BLOCK)
}

function checksum(padded: Uint8Array): Uint8Array {
  const sum = new Uint8Array(BLOCK)
  let last = 0
  for (const [index, byte] of padded.entries()) {
    const place = index % BLOCK
    last = (sum[place] ?? 0) ^ substitute(byte ^ last)
    sum[place] = last
  }
  return sum
}

function substitute(byte: number): number {
  return SUBSTITUTION[byte] ?? 0
}
