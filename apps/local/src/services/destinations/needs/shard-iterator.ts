import { createDecipheriv } from 'node:crypto'

/**
 * How the server of Kinesis writes its iterators, which it takes back as they were: eight bytes, and behind them
 * `TIME/STREAM/SHARD/SEQUENCE/PADDING` under a key that stands in its sources and keeps no secret
 * (`ShardIterator` of `kinesis-local`).
 */
const KEY = Buffer.from('1133a5a833666b49abf28c8ba302930f0b2fb240dccd43cf4dfbc0ca91f17751', 'hex')
const INITIALIZATION_VECTOR = Buffer.from('7bf139dbabbea2d9995d6fcae1dff7da', 'hex')
const HEAD_BYTES = 8

/** The stream that an iterator reads of, and no other: AWS asks about that one. Undefined for what is no iterator. */
export function streamOfIterator(iterator: string): string | undefined {
  try {
    const cipher = createDecipheriv('aes-256-cbc', KEY, INITIALIZATION_VECTOR)
    const encrypted = Buffer.from(iterator, 'base64').subarray(HEAD_BYTES)
    const parts = Buffer.concat([cipher.update(encrypted), cipher.final()])
      .toString()
      .split('/')
    return parts.length === 5 && /^[\w.-]{1,128}$/.test(parts[1] ?? '') ? parts[1] : undefined
  } catch {
    return undefined
  }
}
