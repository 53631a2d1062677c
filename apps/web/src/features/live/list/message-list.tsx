import './list.css'
import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useLiveClient } from '../client.ts'
import type { RowView } from '../engine/protocol.ts'
import { useFeedView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { COLUMNS, gridTemplate } from './columns.ts'
import { highlightPattern } from './highlight.ts'
import { MessageRow, NewBelow, type RowStyle } from './message-row.tsx'
import { afterScroll, isScaled, scaleOf, toScrollTop } from './scroll-scale.ts'
import { TopicResizer } from './topic-resizer.tsx'
import { useElementHeight } from './use-element-height.ts'
import { useListPreferences } from './use-list-preferences.ts'

/** Every row is as tall, so a row's place follows from its position. px, as in the style sheet. */
export const ROW_PX = 24
const OVERSCAN_ROWS = 10
/** How long after the last movement the scroll bar of a very long list is set right. */
const SCROLL_REST_MS = 200

interface MessageListProps {
  readonly stream: string
  readonly feed: WindowFeed
  /** Numbers of the subscriptions, by their index. */
  readonly marks: readonly number[]
  /** The newest rows stay in view; scrolling up lets go. */
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
  /** Paused: rows from this sequence on are not shown. */
  readonly untilSequence: number | undefined
  /** Sequence of the row that is looked at. */
  readonly selected: number | undefined
  readonly onSelect: (sequence: number) => void
  readonly onOpen: () => void
  readonly onPause: () => void
  /** Sequences picked for an export. */
  readonly picked: ReadonlySet<number>
  readonly onPick: (sequences: readonly number[], isPicked: boolean) => void
}

/**
 * The stream as a list of fixed-height rows, newest last. Only what is on screen is in the page; the rows come from the
 * worker by position, so the cost is that of the screen.
 */
export function MessageList({
  stream,
  feed,
  marks,
  follow,
  onFollow,
  untilSequence,
  selected,
  onSelect,
  onOpen,
  onPause,
  picked,
  onPick,
}: MessageListProps) {
  const client = useLiveClient()
  const view = useFeedView(feed)
  const { columns, topicPx, ownTimePath } = useListPreferences()[0]
  const scroller = useRef<HTMLDivElement>(null)
  const heightPx = useElementHeight(scroller, 600)
  const place = useRef({ topPx: 0, first: 0, scrollTop: 0 })
  const [topPx, setTopPx] = useState(0)
  const [seenEnd, setSeenEnd] = useState(0)
  const first = view?.first ?? 0
  const end = view?.end ?? 0
  const scale = scaleOf(end - first, ROW_PX, heightPx)
  const ownTime = columns.includes('own') ? ownTimePath : undefined

  const highlights = view?.filter?.highlights.join('\n') ?? ''
  const markKey = marks.join()
  const look = useMemo(
    (): RowStyle => ({
      columns,
      highlight: highlightPattern(highlights.split('\n')),
      marks: markKey === '' ? [] : markKey.split(',').map(Number),
    }),
    [columns, highlights, markKey],
  )

  const topRow = first + Math.floor(topPx / ROW_PX)
  useEffect(() => {
    const count = Math.ceil(heightPx / ROW_PX) + 2 * OVERSCAN_ROWS
    feed.show({
      from: follow ? 'end' : Math.max(0, topRow - OVERSCAN_ROWS),
      count,
      ...(untilSequence === undefined ? {} : { untilSequence }),
      ...(ownTime === undefined ? {} : { ownTime }),
    })
  }, [feed, follow, topRow, heightPx, untilSequence, ownTime])

  // Before the paint: following shows the end; otherwise what is read stays where it is while older rows age out.
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const now = place.current
    if (follow) {
      element.scrollTop = element.scrollHeight
      now.topPx = Math.max(0, scale.fullPx - scale.viewPx)
    } else if (first !== now.first) {
      now.topPx = Math.max(0, now.topPx - (first - now.first) * ROW_PX)
      if (!isScaled(scale)) element.scrollTop = now.topPx
    }
    now.first = first
    now.scrollTop = element.scrollTop
    if (now.topPx !== topPx) setTopPx(now.topPx)
  })

  // The bar of a very long list stands for more pixels than it has, so it drifts while the wheel turns.
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(rest.current), [])
  const settle = () => {
    const element = scroller.current
    if (!element || !isScaled(scale)) return
    element.scrollTop = toScrollTop(scale, place.current.topPx)
    place.current.scrollTop = element.scrollTop
    setTopPx(place.current.topPx + 0.001) // rows stand relative to the bar, so they are placed again
  }

  const changeFollow = useCallback(
    (next: boolean) => {
      setSeenEnd(feed.view()?.end ?? 0)
      onFollow(next)
    },
    [feed, onFollow],
  )

  const onScroll = () => {
    const element = scroller.current
    if (!element) return
    const now = place.current
    const before = now.scrollTop
    const { scrollTop } = element
    now.topPx = afterScroll(scale, now.topPx, before, scrollTop)
    now.scrollTop = scrollTop
    const isAtEnd = now.topPx + scale.viewPx >= scale.fullPx - ROW_PX
    if (follow && scrollTop < before - 1) changeFollow(false)
    else if (!follow && isAtEnd && scrollTop > before) changeFollow(true)
    setTopPx(now.topPx)
    clearTimeout(rest.current)
    if (isScaled(scale) && !follow) rest.current = setTimeout(settle, SCROLL_REST_MS)
  }

  /** Scrolls so that the list begins at this pixel. */
  const scrollTo = (px: number) => {
    const element = scroller.current
    if (!element) return
    const to = Math.min(Math.max(px, 0), Math.max(0, scale.fullPx - scale.viewPx))
    place.current.topPx = to
    element.scrollTop = toScrollTop(scale, to)
    place.current.scrollTop = element.scrollTop
    setTopPx(to)
  }

  const reveal = (position: number) => {
    const rowTopPx = (position - first) * ROW_PX
    const current = place.current.topPx
    if (rowTopPx < current) scrollTo(rowTopPx)
    else if (rowTopPx + ROW_PX > current + heightPx) scrollTo(rowTopPx + ROW_PX - heightPx)
  }
  /** To the row before or after the one that is looked at, wherever that stands. */
  const move = async (by: 1 | -1, isExtending: boolean) => {
    if (!view) return
    const index = view.rows.findIndex(({ sequence }) => sequence === selected)
    const direction = by === 1 ? 'next' : 'previous'
    const to =
      selected === undefined
        ? { position: end - 1, sequence: view.rows.at(-1)?.sequence }
        : index >= 0
          ? { position: view.from + index + by, sequence: view.rows[index + by]?.sequence }
          : await client.call('live.locate', { stream, sequence: selected + by, direction })
    if (to?.sequence === undefined) return
    if (isExtending) onPick(selected === undefined ? [to.sequence] : [selected, to.sequence], true)
    onSelect(to.sequence)
    reveal(to.position)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') onOpen()
    else if (event.key === ' ') onPause()
    else if (event.key === 'ArrowDown') void move(1, event.shiftKey)
    else if (event.key === 'ArrowUp') {
      changeFollow(false)
      void move(-1, event.shiftKey)
    } else if (event.key === 'x' && selected !== undefined) onPick([selected], !picked.has(selected))
    else if (event.key === 'End') changeFollow(true)
    else if (event.key === 'Home') {
      changeFollow(false)
      scrollTo(0)
    } else if (event.key === 'PageUp') {
      changeFollow(false)
      scrollTo(place.current.topPx - heightPx)
    } else if (event.key === 'PageDown') scrollTo(place.current.topPx + heightPx)
    else return
    event.preventDefault()
  }
  const onRowClick = useCallback(
    (row: RowView, event: MouseEvent) => {
      if (row.kind === 'gap') return
      if (event.ctrlKey || event.metaKey) onPick([row.sequence], !picked.has(row.sequence))
      else {
        onSelect(row.sequence)
        onOpen()
      }
    },
    [onPick, onSelect, onOpen, picked],
  )

  const visible = COLUMNS.filter(({ id }) => columns.includes(id))
  const barPx = isScaled(scale) && scroller.current ? topPx - scroller.current.scrollTop : 0
  const style: CSSProperties & Record<'--td-columns', string> = { '--td-columns': gridTemplate(columns, topicPx) }
  return (
    <div className="td-list-frame">
      {/* biome-ignore lint/a11y/useSemanticElements: a table lays out all its rows; this one has only those on screen */}
      <div
        className="td-list"
        role="grid"
        aria-label="Messages"
        aria-rowcount={end - first + 1}
        aria-multiselectable="true"
        tabIndex={0}
        aria-activedescendant={selected === undefined ? undefined : `row-${selected}`}
        onKeyDown={onKeyDown}
        style={style}
      >
        {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; the rows take the focus as one */}
        <div className="td-list-head" role="row" aria-rowindex={1}>
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
          <span role="columnheader" aria-label="Subscription" />
          {visible.map(({ id, label, description }) => (
            // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
            <span
              key={id}
              role="columnheader"
              className={id === 'size' ? 'td-cell-end' : undefined}
              title={description || undefined}
            >
              {label}
              {id === 'topic' && <TopicResizer />}
            </span>
          ))}
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
          <span role="columnheader">Payload</span>
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div ref={scroller} className="td-list-body" role="rowgroup" onScroll={onScroll}>
          <div className="td-list-space" style={{ height: scale.spacePx }}>
            {view?.rows.map((row, index) => {
              const position = view.from + index
              return (
                <MessageRow
                  key={row.sequence}
                  row={row}
                  topPx={(position - first) * ROW_PX - barPx}
                  rowIndex={position - first + 2}
                  isSelected={row.sequence === selected}
                  isPicked={picked.has(row.sequence)}
                  look={look}
                  onClick={onRowClick}
                />
              )
            })}
          </div>
        </div>
      </div>
      {!follow && <NewBelow count={end - seenEnd} onFollow={() => changeFollow(true)} />}
    </div>
  )
}
