import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blocksOf } from './blocks.ts'

// Source: AWS IoT developer guide, "Build a bitmap for a GetStream request".
test('the bitmap of the guide, 0x130080 from block 20 on, is blocks 20, 21, 24 and 43', () => {
  const bitmap = Buffer.from('130080', 'hex')
  expect(blocksOf({ blockBytes: 256, offset: 20, count: 32, bitmap }, 1_000_000)).toEqual([20, 21, 24, 43])
})

test('blocks are those that were asked for and are there, in their order, and no more than so many', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(200)),
      fc.nat(50),
      fc.nat(40),
      fc.nat(60_000),
      fc.constantFrom(256, 300, 4096),
      (wanted, offset, count, fileBytes, blockBytes) => {
        const bitmap = new Uint8Array(26)
        for (const bit of wanted) bitmap[bit >> 3] = (bitmap[bit >> 3] ?? 0) | (1 << (bit & 7))
        const there = (block: number) => block * blockBytes < fileBytes
        const blocks = wanted.map((bit) => bit + offset).filter(there)
        const expected = blocks.toSorted((a, b) => a - b).slice(0, count)
        expect(blocksOf({ blockBytes, offset, count, bitmap }, fileBytes)).toEqual(expected)
        const behind = Array.from({ length: count }, (_, index) => offset + index).filter(there)
        expect(blocksOf({ blockBytes, offset, count, bitmap: undefined }, fileBytes)).toEqual(behind)
      },
    ),
  )
})
