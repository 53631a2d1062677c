/**
 * Members of a gzip file (RFC 1952 §2.2), one behind the other, each with its own length in an extra field, as BGZF has
 * it: a file can be written member by member, what is written of it is whole at any time, and a reader that takes one
 * member at a time, as `DecompressionStream` does, finds where the next begins. Every gunzip reads such a file.
 *
 *     1f 8b 08 04 mtime×4 xfl os | 08 00 | 54 44 04 00 length×4 | deflated data | crc32 isize
 *     fixed part, FEXTRA set     | XLEN  | 'T' 'D', 4 bytes     |
 */
const FIXED_BYTES = 10
const FLAGS_AT = 3
const FEXTRA = 4
const EXTRA_HEAD = [8, 0, 0x54, 0x44, 4, 0] as const
const LENGTH_AT = FIXED_BYTES + EXTRA_HEAD.length
/** As much of a member's beginning as tells its length. */
export const MEMBER_HEAD_BYTES = LENGTH_AT + 4

/** Compresses parts of a text into one member. */
export async function gzipMember(parts: readonly Uint8Array<ArrayBuffer>[]): Promise<Uint8Array<ArrayBuffer>> {
  const plain = new Uint8Array(await new Response(compressed(parts)).arrayBuffer())
  const member = new Uint8Array(plain.length + EXTRA_HEAD.length + 4)
  member.set(plain.subarray(0, FIXED_BYTES))
  member[FLAGS_AT] = FEXTRA
  member.set(EXTRA_HEAD, FIXED_BYTES)
  new DataView(member.buffer).setUint32(LENGTH_AT, member.length, true)
  member.set(plain.subarray(FIXED_BYTES), MEMBER_HEAD_BYTES)
  return member
}

/** Not by a Blob, which a browser hands to another of its processes and back. */
function compressed(parts: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
  return source.pipeThrough(new CompressionStream('gzip'))
}

/** Bytes of the member that begins so; undefined for one that does not tell. */
export function memberLength(head: Uint8Array): number | undefined {
  if (head.length < MEMBER_HEAD_BYTES || head[FLAGS_AT] !== FEXTRA) return undefined
  if (EXTRA_HEAD.some((byte, index) => head[FIXED_BYTES + index] !== byte)) return undefined
  return new DataView(head.buffer, head.byteOffset).getUint32(LENGTH_AT, true)
}
