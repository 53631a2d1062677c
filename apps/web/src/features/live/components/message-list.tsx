import { type KeyboardEvent, memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import { formatDateTime, formatSpan, formatTimeOfDay } from '../../../shared/time.tsx'
import type { RowView, WindowView } from '../engine/protocol.ts'

/** Every row is as tall, so a row's place follows from its position. px, as in the style sheet. */
export const ROW_PX = 24
const OVERSCAN_ROWS = 10

/** What the list wants to see: how many rows fit, and where it stands. */
export interface ListRange {
  readonly from: number | 'end'
  readonly count: number
}

interface MessageListProps {
  readonly view: WindowView | undefined
  /** The newest rows stay in view; scrolling up lets go. */
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
  readonly onRange: (range: ListRange) => void
  /** Position of the selected row. */
  readonly selected: number | undefined
  readonly onSelect: (position: number, row: RowView) => void
  readonly onOpen: () => void
}

/**
 * The stream as a list of fixed-height rows, newest last. Only what is on screen is in the page; the rows come from the
 * worker by position, so the cost is that of the screen.
 */
export function MessageList({ view, follow, onFollow, onRange, selected, onSelect, onOpen }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const heightPx = useHeight(scroller)
  const lastTopPx = useRef(0)
  const lastFirst = useRef(0)
  const [topRow, setTopRow] = useState(0)
  const visibleRows = Math.ceil(heightPx / ROW_PX)
  const first = view?.first ?? 0
  const total = view === undefined ? 0 : view.end - view.first

  useEffect(() => {
    const count = visibleRows + 2 * OVERSCAN_ROWS
    onRange(follow ? { from: 'end', count } : { from: Math.max(0, first + topRow - OVERSCAN_ROWS), count })
  }, [onRange, follow, first, topRow, visibleRows])

  // Before the paint: following shows the end; otherwise what is read stays where it is while older rows age out.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    if (follow) element.scrollTop = element.scrollHeight
    else if (first !== lastFirst.current) element.scrollTop -= (first - lastFirst.current) * ROW_PX
    lastFirst.current = first
    lastTopPx.current = element.scrollTop
  })

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const atEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - ROW_PX
    if (follow && element.scrollTop < lastTopPx.current - 1) onFollow(false)
    else if (!follow && atEnd && element.scrollTop > lastTopPx.current) onFollow(true)
    lastTopPx.current = element.scrollTop
    setTopRow(Math.floor(element.scrollTop / ROW_PX))
  }

  const rowAt = (position: number) => view?.rows[position - view.from]
  const move = (position: number) => {
    const row = rowAt(position)
    const element = scroller.current
    if (!row || !element) return
    onSelect(position, row)
    const topPx = (position - first) * ROW_PX
    if (topPx < element.scrollTop) element.scrollTop = topPx
    else if (topPx + ROW_PX > element.scrollTop + element.clientHeight) {
      element.scrollTop = topPx + ROW_PX - element.clientHeight
    }
  }
  const scrollBy = (px: number) => {
    if (scroller.current) scroller.current.scrollTop = Math.max(0, scroller.current.scrollTop + px)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const last = (view?.end ?? 0) - 1
    if (event.key === 'Enter') onOpen()
    else if (event.key === 'ArrowDown') move(selected === undefined ? last : Math.min(selected + 1, last))
    else if (event.key === 'ArrowUp') {
      onFollow(false)
      move(selected === undefined ? last : Math.max(selected - 1, first))
    } else if (event.key === 'End') onFollow(true)
    else if (event.key === 'Home') scrollBy(Number.NEGATIVE_INFINITY)
    else if (event.key === 'PageUp') scrollBy(-heightPx)
    else if (event.key === 'PageDown') scrollBy(heightPx)
    else return
    event.preventDefault()
  }
  const select = useCallback((position: number, row: RowView) => onSelect(position, row), [onSelect])

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table lays out all its rows; this one has only those on screen
    <div
      className="td-list"
      role="grid"
      aria-label="Messages"
      aria-rowcount={total + 1}
      tabIndex={0}
      aria-activedescendant={selected === undefined ? undefined : `row-${selected}`}
      onKeyDown={onKeyDown}
    >
      {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; the rows take the focus as one */}
      <div className="td-list-head" role="row" aria-rowindex={1}>
        {['Time', 'Topic', 'Size', 'QoS', 'Flags', 'Payload'].map((name) => (
          // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
          <span key={name} role="columnheader">
            {name}
          </span>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div ref={scroller} className="td-list-body" role="rowgroup" onScroll={onScroll}>
        <div className="td-list-space" style={{ height: total * ROW_PX }}>
          {view?.rows.map((row, index) => {
            const position = view.from + index
            return (
              <MessageRow
                key={row.sequence}
                row={row}
                position={position}
                topPx={(position - first) * ROW_PX}
                rowIndex={position - first + 2}
                isSelected={position === selected}
                onSelect={select}
              />
            )
          })}
        </div>
      </div>
    </div>
  )
}

interface MessageRowProps {
  readonly row: RowView
  readonly position: number
  readonly topPx: number
  readonly rowIndex: number
  readonly isSelected: boolean
  readonly onSelect: (position: number, row: RowView) => void
}

/** Compared by sequence: what a row shows never changes, though each answer brings it as a new object. */
const MessageRow = memo(
  function MessageRow({ row, position, topPx, rowIndex, isSelected, onSelect }: MessageRowProps) {
    const style = { transform: `translateY(${topPx}px)` }
    if (row.kind === 'gap') return <GapRow row={row} rowIndex={rowIndex} style={style} />
    const { receivedAtMs, topic, sizeBytes, qos, retain, dup, preview, isText, subscription } = row
    return (
      // biome-ignore lint/a11y/useSemanticElements lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the focus and the keys
      <div
        id={`row-${position}`}
        role="row"
        aria-rowindex={rowIndex}
        aria-selected={isSelected}
        className="td-row"
        data-series={subscription < 0 ? undefined : subscription % 8}
        style={style}
        onClick={() => onSelect(position, row)}
      >
        <Cell title={formatDateTime(receivedAtMs)}>{formatTimeOfDay(receivedAtMs)}</Cell>
        <Cell title={topic}>{topic}</Cell>
        <Cell>{formatBytes(sizeBytes)}</Cell>
        <Cell>{qos}</Cell>
        <Cell title={[retain && 'retained', dup && 'sent again'].filter(Boolean).join(', ')}>
          {retain && 'R'}
          {dup && 'D'}
        </Cell>
        <Cell>{isText ? preview : <span className="td-weak">{preview}</span>}</Cell>
      </div>
    )
  },
  (before, after) =>
    before.row.sequence === after.row.sequence &&
    before.topPx === after.topPx &&
    before.rowIndex === after.rowIndex &&
    before.isSelected === after.isSelected &&
    before.position === after.position &&
    subscriptionOf(before.row) === subscriptionOf(after.row),
)

const subscriptionOf = (row: RowView) => (row.kind === 'gap' ? undefined : row.subscription)

function Cell({ title, children }: { readonly title?: string; readonly children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the list
    <span role="gridcell" {...(title ? { title } : {})}>
      {children}
    </span>
  )
}

function GapRow({
  row: { gap },
  rowIndex,
  style,
}: {
  readonly row: Extract<RowView, { kind: 'gap' }>
  readonly rowIndex: number
  readonly style: { transform: string }
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as in the list
    <div className="td-row td-row-gap" role="row" aria-rowindex={rowIndex} style={style}>
      <Cell>
        {`disconnected ${formatTimeOfDay(gap.fromMs)} – ${formatTimeOfDay(gap.toMs)} (${formatSpan(gap.toMs - gap.fromMs)}): `}
        {`${gap.reason}. What was published then at QoS 0 is not here.`}
      </Cell>
    </div>
  )
}

/** How tall the element is, as it changes. */
function useHeight(ref: React.RefObject<HTMLElement | null>): number {
  const [heightPx, setHeightPx] = useState(600)
  useEffect(() => {
    const element = ref.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(() => setHeightPx(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return heightPx
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
