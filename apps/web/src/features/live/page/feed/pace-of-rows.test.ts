import { expect, test, vi } from 'vitest'
import type { RowView } from '../../protocol/stream.ts'
import { paceOfRows } from './pace-of-rows.ts'

const GAP = { fromMs: 0, toMs: 1, reason: 'gone' }
/** Rows from one sequence to before another. */
const rows = (from: number, to: number) => ({
  rows: Array.from({ length: to - from }, (_, index): RowView => ({ kind: 'gap', sequence: from + index, gap: GAP })),
})

test.each([
  ['the first answer', rows(0, 9), undefined, 1],
  ['some rows as before', rows(8, 17), rows(0, 9), 1],
  ['the same rows', rows(0, 9), rows(0, 9), 1],
  ['none before', rows(0, 9), rows(0, 0), 1],
  ['newer rows alone', rows(9, 18), rows(0, 9), 2],
  ['older rows alone', rows(0, 9), rows(9, 18), 2],
])('%s: as many frames as it takes', async (_, view, before, frames) => {
  let asked = 0
  vi.stubGlobal('requestAnimationFrame', (action: () => void) => {
    asked += 1
    action()
  })
  await paceOfRows(view, before)
  vi.unstubAllGlobals()
  expect(asked).toBe(frames)
})
