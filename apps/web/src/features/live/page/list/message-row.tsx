import { Fragment, type MouseEvent, memo, type ReactNode } from 'react'
import { formatBytes } from '../../../../shared/format.ts'
import { visible } from '../../../../shared/text/visible.tsx'
import { formatTimeOfDay } from '../../../../shared/time.tsx'
import type { MessageRowView, RowView } from '../../protocol/stream.ts'
import { colourOf, labelOf } from '../subscriptions/subscription-list.ts'
import { CELL_CLASSES, type ColumnId } from './columns.ts'
import { fitText } from './fit-text.ts'
import { markParts } from './highlight.ts'
import { ENCODING_WORDS, gapSentence, ORDER_WORDS } from './row-words.ts'

export interface RowStyle {
  readonly columns: readonly ColumnId[]
  readonly highlight: RegExp | undefined
  /** By index of the subscription. */
  readonly marks: readonly number[]
  /** As much of a payload as is written into its cell. */
  readonly previewLength: number
}

interface MessageRowProps {
  readonly row: RowView
  readonly topPx: number
  readonly rowIndex: number
  readonly isSelected: boolean
  readonly isPicked: boolean
  readonly look: RowStyle
  readonly onClick: (row: RowView, event: MouseEvent) => void
}

/**
 * One row. At thousands of messages a second every row is another one with every frame, so it consists of elements
 * only, without components inside, and what a cell tells on hover is made when that happens.
 * Compared by sequence: what a row shows does not change, though each answer brings it as a new object; but the payload's
 * type may be given meanwhile.
 */
export const MessageRow = memo(
  function MessageRow({ row, topPx, rowIndex, isSelected, isPicked, look, onClick }: MessageRowProps) {
    // Moved by `top`, and without paint containment, Chromium leaves rows unpainted after a while of following the end.
    const style = { transform: `translateY(${topPx}px)` }
    if (row.kind === 'gap') {
      return (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and the keys
        <div
          id={`row-${row.sequence}`}
          className="td-row td-row-gap"
          role="row"
          aria-rowindex={rowIndex}
          aria-selected={isSelected}
          data-current={isSelected}
          title={gapSentence(row.gap)}
          onClick={(event) => onClick(row, event)}
          style={style}
          data-cause={row.gap.cause ?? 'disconnected'}
        >
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the list */}
          <span role="gridcell">{gapSentence(row.gap)}</span>
        </div>
      )
    }
    const mark = look.marks[row.subscription]
    return (
      // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and the keys
      <div
        id={`row-${row.sequence}`}
        role="row"
        aria-rowindex={rowIndex}
        aria-selected={isSelected || isPicked}
        className="td-row"
        data-series={mark === undefined ? undefined : colourOf(mark)}
        data-current={isSelected}
        data-picked={isPicked}
        style={style}
        onClick={(event) => onClick(row, event)}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the list */}
        <span role="gridcell" className="td-mark-label" data-column="mark">
          {isPicked ? '✓' : mark === undefined ? '' : labelOf(mark)}
        </span>
        {look.columns.map((column) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the list
          <span key={column} role="gridcell" className={CELL_CLASSES[column]} data-column={column}>
            {cellContent(column, row, look.highlight)}
          </span>
        ))}
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the list */}
        <span
          role="gridcell"
          className={row.isText && row.sizeBytes > 0 ? undefined : 'td-cell-weak'}
          data-column="payload"
        >
          {row.encoding && <abbr>{ENCODING_WORDS[row.encoding]}</abbr>}
          {row.sizeBytes === 0 ? '(empty)' : marked(fitText(row.preview, look.previewLength), look.highlight)}
        </span>
      </div>
    )
  },
  (before, after) =>
    before.row.sequence === after.row.sequence &&
    previewOf(before.row) === previewOf(after.row) &&
    before.topPx === after.topPx &&
    before.isSelected === after.isSelected &&
    before.isPicked === after.isPicked &&
    before.look === after.look &&
    before.onClick === after.onClick &&
    subscriptionOf(before.row) === subscriptionOf(after.row),
)

const previewOf = (row: RowView) => (row.kind === 'gap' ? undefined : row.preview)
const subscriptionOf = (row: RowView) => (row.kind === 'gap' ? undefined : row.subscription)

function cellContent(column: ColumnId, row: MessageRowView, highlight: RegExp | undefined): ReactNode {
  switch (column) {
    case 'time':
      return `${row.notBeforeMs === undefined ? '' : '≤'}${formatTimeOfDay(row.receivedAtMs)}`
    case 'own':
      if (row.ownTimeWithoutZone !== undefined) return `${row.ownTimeWithoutZone.slice(11)} ?`
      return row.ownTimeMs === undefined ? '—' : formatTimeOfDay(row.ownTimeMs)
    case 'topic':
      return marked(row.topic, highlight)
    case 'client':
      return visible(row.client ?? '')
    case 'size':
      return formatBytes(row.sizeBytes)
    case 'qos':
      return row.qos
    case 'flags':
      return flags(row)
  }
}

/** Most messages have none: then there is nothing to draw. */
function flags({ retain, dup, order }: MessageRowView): ReactNode {
  if (!retain && !dup && order === undefined) return null
  return (
    <>
      {retain && <abbr title="Retained">R</abbr>}
      {dup && <abbr title="Sent again by the broker">D</abbr>}
      {order !== undefined && (
        <abbr className="td-flag-order" title={ORDER_WORDS[order].long}>
          {ORDER_WORDS[order].short}
        </abbr>
      )}
    </>
  )
}

/** A text in which what the filter looks for is marked. */
function marked(text: string, pattern: RegExp | undefined): ReactNode {
  if (!pattern) return visible(text)
  return markParts(text, pattern).map(({ text: part, marked: isMarked }, index) => {
    const Part = isMarked ? 'mark' : Fragment
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text are replaced together
    return <Part key={index}>{visible(part)}</Part>
  })
}
