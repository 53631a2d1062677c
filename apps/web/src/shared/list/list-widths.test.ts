import { expect, test } from 'vitest'
import type { ListColumn } from './list-column.ts'
import { columnWidths } from './list-widths.ts'

const column = (id: string, widths: Pick<ListColumn<string>, 'width' | 'minWidth'>): ListColumn<string> => ({
  id,
  header: id,
  cell: String,
  ...widths,
})
const NAME = column('name', { width: 200 })
const TELLS = column('tells', { width: 300, minWidth: 160 })
const ACTIONS = column('actions', { width: 90 })
const OPEN = column('open', { minWidth: 100 })

test.each<[string, ListColumn<string>[], Record<string, number>, object]>([
  [
    'the widest',
    [NAME, TELLS, ACTIONS],
    {},
    { name: { width: 200 }, tells: { minWidth: 160 }, actions: { width: 90 } },
  ],
  [
    'what has no width',
    [NAME, OPEN, ACTIONS],
    {},
    { name: { width: 200 }, open: { minWidth: 100 }, actions: { width: 90 } },
  ],
  ['never less than it asked for', [NAME, ACTIONS], {}, { name: { minWidth: 200 }, actions: { width: 90 } }],
  [
    'nothing that somebody drew',
    [NAME, TELLS],
    { tells: 150 },
    { name: { minWidth: 200 }, tells: { width: 150, minWidth: 160 } },
  ],
  ['nothing where all were drawn', [NAME], { name: 120 }, { name: { width: 120 } }],
])('what is left is taken by %s', (_, visible, drawn, expected) => {
  expect(Object.fromEntries(columnWidths(visible, drawn))).toEqual(expected)
})
