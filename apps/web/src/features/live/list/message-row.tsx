import { type CSSProperties, type MouseEvent, memo, type ReactNode } from 'react'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import { formatDateTime, formatSpan, formatTimeOfDay } from '../../../shared/time.tsx'
import type { MessageRowView, RowView } from '../engine/protocol.ts'
import { colourOf, labelOf } from '../subscriptions/subscription-list.ts'
import type { ColumnId } from './columns.ts'
import { markParts } from './highlight.ts'

export interface RowStyle {
  readonly columns: readonly ColumnId[]
  readonly highlight: RegExp | undefined
  /** By index of the subscription. */
  readonly marks: readonly number[]
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

/** Compared by sequence: what a row shows never changes, though each answer brings it as a new object. */
export const MessageRow = memo(
  function MessageRow({ row, topPx, rowIndex, isSelected, isPicked, look, onClick }: MessageRowProps) {
    const style = { transform: `translateY(${topPx}px)` }
    if (row.kind === 'gap') return <GapRow row={row} rowIndex={rowIndex} style={style} />
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
        <Cell title={mark === undefined ? 'No subscription of the list brought it' : `Subscription ${labelOf(mark)}`}>
          <span className="td-mark-label">{isPicked ? '✓' : mark === undefined ? '' : labelOf(mark)}</span>
        </Cell>
        {look.columns.map((column) => (
          <ColumnCell key={column} column={column} row={row} highlight={look.highlight} />
        ))}
        <Cell>
          <span className={row.isText ? undefined : 'td-weak'}>
            <Marked text={row.preview} pattern={look.highlight} />
          </span>
        </Cell>
      </div>
    )
  },
  (before, after) =>
    before.row.sequence === after.row.sequence &&
    before.topPx === after.topPx &&
    before.rowIndex === after.rowIndex &&
    before.isSelected === after.isSelected &&
    before.isPicked === after.isPicked &&
    before.look === after.look &&
    before.onClick === after.onClick &&
    subscriptionOf(before.row) === subscriptionOf(after.row),
)

const subscriptionOf = (row: RowView) => (row.kind === 'gap' ? undefined : row.subscription)

interface ColumnCellProps {
  readonly column: ColumnId
  readonly row: MessageRowView
  readonly highlight: RegExp | undefined
}

function ColumnCell({ column, row, highlight }: ColumnCellProps) {
  switch (column) {
    case 'time':
      return (
        <Cell weak title={formatDateTime(row.receivedAtMs)}>
          {formatTimeOfDay(row.receivedAtMs)}
        </Cell>
      )
    case 'own':
      return row.ownTimeMs === undefined ? (
        <Cell weak>—</Cell>
      ) : (
        <Cell weak title={`${formatDateTime(row.ownTimeMs)}, ${lagWords(row.receivedAtMs - row.ownTimeMs)}`}>
          {formatTimeOfDay(row.ownTimeMs)}
        </Cell>
      )
    case 'topic':
      return (
        <Cell title={row.topic}>
          <Marked text={row.topic} pattern={highlight} />
        </Cell>
      )
    case 'client':
      return <Cell title={row.client ?? ''}>{row.client ?? ''}</Cell>
    case 'size':
      return (
        <Cell weak end>
          {formatBytes(row.sizeBytes)}
        </Cell>
      )
    case 'qos':
      return <Cell weak>{row.qos}</Cell>
    case 'flags':
      return <FlagsCell row={row} />
  }
}

function lagWords(lagMs: number): string {
  if (Math.abs(lagMs) < 1_000) return `${Math.round(lagMs)} ms before it was received`
  return lagMs > 0
    ? `${formatSpan(lagMs)} before it was received`
    : `${formatSpan(-lagMs)} after it was received: a clock is wrong`
}

const ORDER_WORDS = {
  skipped: { short: 'skip', long: 'some before it are missing (by its sequence number)' },
  repeated: { short: 'again', long: 'the same sequence number as before' },
  late: { short: 'late', long: 'a lower sequence number than one before it' },
} as const

function FlagsCell({ row }: { readonly row: MessageRowView }) {
  const order = row.order && ORDER_WORDS[row.order]
  const words = [
    row.retain && 'R: retained',
    row.dup && 'D: sent again by the broker, perhaps received twice',
    order && `${order.short}: ${order.long}`,
  ].filter((word) => word !== false && word !== undefined)
  return (
    <Cell title={words.join('\n')} label={words.join(', ')}>
      {row.retain && <span className="td-flag">R</span>}
      {row.dup && <span className="td-flag">D</span>}
      {order && <span className="td-flag td-flag-order">{order.short}</span>}
    </Cell>
  )
}

interface CellProps {
  readonly title?: string
  /** For screen readers, where what is shown is short. */
  readonly label?: string
  readonly weak?: boolean
  readonly end?: boolean
  readonly children: ReactNode
}

function Cell({ title, label, weak, end, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: a table lays out all its rows; this one has only those on screen
    <span
      role="gridcell"
      className={[weak && 'td-cell-weak', end && 'td-cell-end'].filter(Boolean).join(' ') || undefined}
      {...(title ? { title } : {})}
      {...(label ? { 'aria-label': label } : {})}
    >
      {children}
    </span>
  )
}

/** A text in which what the filter looks for is marked. */
export function Marked({ text, pattern }: { readonly text: string; readonly pattern: RegExp | undefined }) {
  if (!pattern) return text
  return markParts(text, pattern).map(({ text: part, marked }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text are replaced together
    marked ? <mark key={index}>{part}</mark> : part,
  )
}

interface GapRowProps {
  readonly row: Extract<RowView, { kind: 'gap' }>
  readonly rowIndex: number
  readonly style: CSSProperties
}

function GapRow({ row: { gap }, rowIndex, style }: GapRowProps) {
  const span = `${formatTimeOfDay(gap.fromMs)} – ${formatTimeOfDay(gap.toMs)} (${formatSpan(gap.toMs - gap.fromMs)})`
  const words = gapWords(gap.cause ?? 'disconnected', gap.reason)
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the list
    <div
      className="td-row td-row-gap"
      role="row"
      aria-rowindex={rowIndex}
      style={style}
      data-cause={gap.cause ?? 'disconnected'}
    >
      <Cell title={`${words.what} ${span}: ${words.why}`}>{`${words.what} ${span}: ${words.why}`}</Cell>
    </div>
  )
}

type Gap = Extract<RowView, { kind: 'gap' }>['gap']

function gapWords(cause: NonNullable<Gap['cause']>, reason: string): { what: string; why: string } {
  switch (cause) {
    case 'disconnected':
      return { what: 'disconnected', why: `${reason}. What was published then at QoS 0 is not here.` }
    case 'broker-limit':
      return { what: 'at the broker’s limit', why: reason }
    case 'paused':
      return { what: 'paused', why: reason }
  }
}

/** What stands over the end of the list while it is not followed. */
export function NewBelow({ count, onFollow }: { readonly count: number; readonly onFollow: () => void }) {
  if (count <= 0) return null
  return (
    <button type="button" className="td-new-below" onClick={onFollow}>
      ▼ {formatCount(count)} new (follow is off)
    </button>
  )
}
