/** Height of the row of headings, which stays at the top of what is scrolled. px, as in the style sheet. */
export const HEAD_PX = 25

/** The columns of the stream in their order. The mark of the subscription always comes first, the payload last. */
export const COLUMNS = [
  { id: 'time', label: 'Time', width: '96px', description: 'When the console received it' },
  { id: 'own', label: 'Own time', width: '96px', description: 'The time that the message itself says' },
  { id: 'topic', label: 'Topic', width: 'minmax(160px, 2fr)', description: '' },
  { id: 'client', label: 'Client', width: 'minmax(80px, 1fr)', description: 'Where the message says it' },
  { id: 'size', label: 'Size', width: '60px', description: '' },
  { id: 'qos', label: 'QoS', width: '30px', description: '' },
  { id: 'flags', label: 'Flags', width: '60px', description: 'Retained, sent again, out of order' },
] as const

export type ColumnId = (typeof COLUMNS)[number]['id']

export const DEFAULT_COLUMNS: readonly ColumnId[] = ['time', 'topic', 'size', 'qos', 'flags']

/** Class names of the cells. What is not topic or payload stands back. */
export const CELL_CLASSES: Readonly<Record<ColumnId, string>> = {
  time: 'td-cell-weak',
  own: 'td-cell-weak',
  topic: '',
  client: '',
  size: 'td-cell-weak td-cell-end',
  qos: 'td-cell-weak',
  flags: '',
}

const MARK_WIDTH = '20px'

/** Columns that a narrow list leaves out, the least important first, and the width below which it does. */
const LEFT_OUT: readonly (readonly [ColumnId, belowPx: number])[] = [
  ['client', 900],
  ['own', 820],
  ['flags', 680],
  ['qos', 620],
  ['size', 560],
]

/** Those of the chosen columns that there is room for. */
export function fittingColumns(chosen: readonly ColumnId[], widthPx: number): readonly ColumnId[] {
  const out = new Set(LEFT_OUT.filter(([, belowPx]) => widthPx < belowPx).map(([id]) => id))
  return chosen.filter((id) => !out.has(id))
}

/**
 * The widths as `grid-template-columns`. None depends on what the rows hold, so nothing moves sideways as messages
 * come. `topicPx` is the width that somebody dragged the topic's column to.
 */
export function gridTemplate(visible: readonly ColumnId[], topicPx: number | undefined): string {
  const widths = COLUMNS.filter(({ id }) => visible.includes(id)).map(({ id, width }) =>
    id === 'topic' && topicPx !== undefined ? `${topicPx}px` : width,
  )
  return [MARK_WIDTH, ...widths, 'minmax(0, 3fr)'].join(' ')
}
