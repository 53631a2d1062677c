import type { BlockRequest } from './delivery-request.ts'

/**
 * Ids of the blocks that a request is answered with: those that there are, in their order, as many as one answer takes.
 * @see AWS IoT developer guide, "Build a bitmap for a GetStream request"
 */
export function blocksOf(
  { blockBytes, offset, count, bitmap }: Pick<BlockRequest, 'blockBytes' | 'offset' | 'count' | 'bitmap'>,
  fileBytes: number,
): number[] {
  const end = Math.ceil(fileBytes / blockBytes)
  const blocks: number[] = []
  const last = bitmap ? offset + bitmap.byteLength * 8 : offset + count
  for (let block = offset; block < Math.min(last, end) && blocks.length < count; block += 1) {
    if (!bitmap || isSet(bitmap, block - offset)) blocks.push(block)
  }
  return blocks
}

/** The first byte has bits 7 to 0, the second one bits 15 to 8. */
const isSet = (bitmap: Uint8Array, bit: number): boolean => ((bitmap[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0
