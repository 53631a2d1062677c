import { md5, sha1 } from '@noble/hashes/legacy.js'
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { RuleFunction } from '../rule-function.ts'
import { encodeUtf8 } from '../utf8.ts'
import { define } from './define.ts'
import { md2 } from './md2.ts'
import { textOf } from './text-arguments.ts'

/** A hash costs as much as reading its text so many times; MD2 is slow by design. */
const READS = 5
const READS_OF_MD2 = 200

/**
 * Hashes of a text's UTF-8 bytes, as hexadecimal digits in lower case. What is no String is converted to one. Source:
 * AWS IoT developer guide, "Hashing functions".
 */
export const HASHING_FUNCTIONS: readonly RuleFunction[] = Object.entries({
  md2,
  md5,
  sha1,
  sha224,
  sha256,
  sha384,
  sha512,
}).map(([name, hash]) =>
  define(name, 1, ([value], context) => {
    const text = textOf(value, context)
    if (text === undefined) return undefined
    context.spend(Math.floor((text.length * (hash === md2 ? READS_OF_MD2 : READS)) / 1000))
    return bytesToHex(hash(encodeUtf8(text)))
  }),
)
