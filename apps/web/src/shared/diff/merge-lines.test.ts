import { expect, test } from 'vitest'
import { mergeLines } from './merge-lines.ts'

const lines = (text: string) => text.split(' ').join('\n')

test.each<[base: string, mine: string, theirs: string, merged: string | undefined, why: string]>([
  ['a b c d e', 'a X c d e', 'a b c d Y', 'a X c d Y', 'lines apart'],
  ['a b c d e', 'a c d e', 'a b c d e f', 'a c d e f', 'one is gone, one is new'],
  ['a b c', 'a X c', 'a X c', 'a X c', 'both did the same'],
  ['a b c', 'a b c', 'a Y c', 'a Y c', 'mine is unchanged'],
  ['a b c', 'a X c', 'a Y c', undefined, 'the same line'],
  ['a b c', 'a b X c', 'a b Y c', undefined, 'new lines at the same place'],
  ['a b c d', 'a X c d', 'a b Y d', undefined, 'lines next to each other'],
  ['a b', 'a b X', 'Y a b', 'Y a b X', 'the ends'],
])('%j, mine %j, theirs %j: %j (%s)', (base, mine, theirs, merged) => {
  expect(mergeLines(lines(base), lines(mine), lines(theirs))).toBe(merged && lines(merged))
})

test('whatever is changed on one side alone is kept whole', () => {
  const seed = Date.now()
  let state = seed
  const random = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
  for (let round = 0; round < 300; round += 1) {
    const text = () => Array.from({ length: random(8) + 1 }, () => 'abcd'.charAt(random(4))).join('\n')
    const [base, mine] = [text(), text()]
    expect(mergeLines(base, mine, base), `seed ${seed}: ${base}|${mine}`).toBe(mine)
    expect(mergeLines(base, base, mine), `seed ${seed}: ${base}|${mine}`).toBe(mine)
    expect(mergeLines(base, mine, mine), `seed ${seed}: ${base}|${mine}`).toBe(mine)
  }
})
