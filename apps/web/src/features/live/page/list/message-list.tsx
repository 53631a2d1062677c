import './list.css'
import { type CSSProperties, type KeyboardEvent, type MouseEvent, useCallback, useEffect, useMemo, useRef } from 'react'
import { useShortcut } from '../../../../shared/shortcuts/shortcuts.tsx'
import { useElementSize } from '../../../../shared/use-element-size.ts'
import type { RowPlace, RowView } from '../../protocol/stream.ts'
import { useLiveClient } from '../client.ts'
import { useFeedView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { COLUMNS, fittingColumns, gridTemplate, HEAD_PX } from './columns.ts'
import { lengthToFit } from './fit-text.ts'
import { highlightPattern } from './highlight.ts'
import { MessageRow, type RowStyle } from './message-row.tsx'
import { NewBelow } from './new-below.tsx'
import { OpenGap } from './open-gap.tsx'
import type { Reading } from './reading-place.ts'
import { TopicResizer } from './topic-resizer.tsx'
import { useCellTitles } from './use-cell-titles.ts'
import { useListPreferences } from './use-list-preferences.ts'
import { useListScroll } from './use-list-scroll.ts'
import type { Picks } from './use-picked.ts'
import { usePressedRow } from './use-pressed-row.ts'
import { useReadingPlace } from './use-reading-place.ts'

/** Every row is as tall, so a row's place follows from its position. px, as in the style sheet. */
export const ROW_PX = 24
const OVERSCAN_ROWS = 10
/** While the end is followed each of them is drawn with each frame, for the moment in which one scrolls up. */
const OVERSCAN_ROWS_FOLLOWING = 2
const SIZE_BEFORE = { widthPx: 1_000, heightPx: 600 }

interface MessageListProps {
  readonly stream: string
  readonly feed: WindowFeed
  /** Numbers of the subscriptions, by their index. */
  readonly marks: readonly number[]
  /** Of a recording nothing new comes. */
  readonly isLive: boolean
  /** The newest rows stay in view; scrolling up lets go. */
  readonly follow: boolean
  readonly onFollow: (follow: boolean) => void
  /** Where in the list it is read, also after other views. */
  readonly reading: Reading
  /** Paused: rows from this sequence on are not shown. */
  readonly untilSequence: number | undefined
  /** A row to be brought into view, once for each object. */
  readonly target: RowPlace | undefined
  /** Sequence of the row that is looked at. */
  readonly selected: number | undefined
  readonly onSelect: (sequence: number) => void
  readonly onOpen: () => void
  readonly onPause: () => void
  /** Messages picked for an export. */
  readonly picks: Picks
  readonly onCopy: () => void
}

/**
 * The stream as a list of fixed-height rows, newest last. Only what is on screen is in the page; the rows come from the
 * worker by position, so the cost is that of the screen.
 */
export function MessageList({
  stream,
  feed,
  marks,
  isLive,
  follow,
  onFollow,
  reading,
  untilSequence,
  target,
  selected,
  onSelect,
  onOpen,
  onPause,
  picks,
  onCopy,
}: MessageListProps) {
  const client = useLiveClient()
  const view = useFeedView(feed)
  const { columns: chosen, topicPx, ownTimePath } = useListPreferences()[0]
  const scroller = useRef<HTMLDivElement>(null)
  const payloadHead = useRef<HTMLSpanElement>(null)
  const { widthPx, heightPx: scrollerPx } = useElementSize(scroller, SIZE_BEFORE)
  const previewLength = lengthToFit(useElementSize(payloadHead, SIZE_BEFORE).widthPx)
  const heightPx = Math.max(0, scrollerPx - HEAD_PX)
  const columns = useMemo(() => fittingColumns(chosen, widthPx), [chosen, widthPx])
  const onPointerOver = useCellTitles(view)
  const first = view?.first ?? 0
  const end = view?.end ?? 0
  const ownTime = columns.includes('own') ? ownTimePath : undefined

  const highlights = view?.filter?.highlights.join('\n') ?? ''
  const markKey = marks.join()
  const look = useMemo(
    (): RowStyle => ({
      columns,
      highlight: highlightPattern(highlights.split('\n')),
      marks: markKey === '' ? [] : markKey.split(',').map(Number),
      previewLength,
    }),
    [columns, highlights, markKey, previewLength],
  )

  const changeFollow = useCallback(
    (next: boolean) => {
      if (next === follow) return
      onFollow(next)
    },
    [follow, onFollow],
  )
  const isMoved = useRef(false)
  const onMoved = useCallback(() => {
    isMoved.current = true
  }, [])
  const scroll = useListScroll({
    scroller,
    rowPx: ROW_PX,
    viewPx: heightPx,
    first,
    end,
    follow,
    onFollow: changeFollow,
    onMoved,
  })
  const inView = Math.ceil(heightPx / ROW_PX)
  const shownEnd = scroll.topPosition + Math.floor(heightPx / ROW_PX)
  const seenEnd = follow ? end : Math.min(end, Math.max(reading.seenEnd, shownEnd)) // a filter leaves fewer rows
  useEffect(() => {
    reading.seenEnd = seenEnd
  }, [reading, seenEnd])
  const slots = inView + 2 * OVERSCAN_ROWS
  const count = follow ? inView + OVERSCAN_ROWS_FOLLOWING : slots // below the end there is nothing
  const from = follow ? 'end' : scroll.topPosition - OVERSCAN_ROWS
  useEffect(() => {
    feed.show({
      from,
      count,
      ...(untilSequence === undefined ? {} : { untilSequence }),
      ...(ownTime === undefined ? {} : { ownTime }),
    })
  }, [feed, from, count, untilSequence, ownTime])

  const { centre } = scroll
  const latestCentre = useRef(centre)
  useEffect(() => {
    latestCentre.current = centre
  })
  useEffect(() => {
    if (target) latestCentre.current(target.position)
  }, [target])

  const isGap = async (sequence: number) => {
    const row = view?.rows.find((each) => each.sequence === sequence)
    return row ? row.kind === 'gap' : (await client.call('live.gap', { stream, sequence })) !== undefined
  }
  /** To the row before or after the one that is looked at, wherever that stands. */
  const move = async (by: 1 | -1, isExtending: boolean) => {
    if (!view) return
    const index = view.rows.findIndex(({ sequence }) => sequence === selected)
    const direction = by === 1 ? 'next' : 'previous'
    const locate = (sequence: number) => client.call('live.locate', { stream, sequence, direction })
    let to: { readonly position: number; readonly sequence: number | undefined } | undefined =
      selected === undefined
        ? { position: end - 1, sequence: view.rows.at(-1)?.sequence }
        : index >= 0
          ? { position: view.from + index + by, sequence: view.rows[index + by]?.sequence }
          : await locate(selected + by)
    const isPicking = isExtending || picks.picked.size > 0 // of messages: a gap is none
    while (isPicking && to?.sequence !== undefined && (await isGap(to.sequence))) to = await locate(to.sequence + by)
    if (to?.sequence === undefined) return
    if (isExtending) picks.extendTo(to.sequence)
    else picks.beginAt(to.sequence)
    onSelect(to.sequence)
    scroll.reveal(to.position)
  }
  useReadingPlace({ stream, view, reading, follow, selected, heightPx, rowPx: ROW_PX, scroll, isMoved })
  const pickSelected = async () => {
    if (selected !== undefined && !(await isGap(selected))) picks.toggle(selected)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.altKey) return
    const isCopy = event.key === 'c' && (event.ctrlKey || event.metaKey) && getSelection()?.isCollapsed !== false
    if (isCopy) onCopy()
    else if (event.ctrlKey || event.metaKey) return
    else if (event.key === 'Enter') onOpen()
    else if (event.key === ' ') onPause()
    else if (event.key === 'ArrowDown') void move(1, event.shiftKey)
    else if (event.key === 'ArrowUp') {
      changeFollow(false)
      void move(-1, event.shiftKey)
    } else if (event.key === 'x') void pickSelected()
    else if (event.key === 'End') changeFollow(true)
    else if (event.key === 'Home') {
      changeFollow(false)
      scroll.scrollToFirst()
    } else if (event.key === 'PageUp') {
      changeFollow(false)
      scroll.scrollBy(-heightPx)
    } else if (event.key === 'PageDown') scroll.scrollBy(heightPx)
    else return
    event.preventDefault()
  }
  const { picked, toggle, extendTo, beginAt } = picks
  const { onPointerDown, pressedRow } = usePressedRow(() => view?.rows ?? [])
  const onRowClick = useCallback(
    (clicked: RowView, event: MouseEvent) => {
      const row = pressedRow(clicked, event)
      if (row.kind === 'message' && (event.ctrlKey || event.metaKey)) toggle(row.sequence)
      else if (event.shiftKey) extendTo(row.sequence)
      else {
        beginAt(row.sequence)
        onSelect(row.sequence)
        onOpen()
      }
    },
    [pressedRow, toggle, extendTo, beginAt, onSelect, onOpen],
  )

  // The keys of the list, for the list of shortcuts. Those that are more than a letter are only told there.
  useShortcut(
    '↑',
    'In the list: the message before; with Shift all from here to there are picked',
    () => void move(-1, false),
  )
  useShortcut('↓', 'In the list: the message after', () => void move(1, false))
  useShortcut('⏎', 'In the list: open the message', onOpen)
  useShortcut('Space', 'In the list: pause or resume', onPause)
  useShortcut('x', 'Pick the message, for an export or replay', () => void pickSelected())
  useShortcut('Ctrl+C', 'In the list: copy what is picked, else the message', onCopy)

  const visible = COLUMNS.filter(({ id }) => columns.includes(id))
  const style: CSSProperties & Record<'--td-columns', string> = { '--td-columns': gridTemplate(columns, topicPx) }
  return (
    <div className="td-list-frame">
      <div className="td-list" style={style}>
        {/* biome-ignore lint/a11y/useSemanticElements: a table lays out all its rows; this one has only those on screen */}
        <div
          ref={scroller}
          className="td-list-body"
          role="grid"
          aria-label="Messages"
          aria-rowcount={end - first + 1}
          aria-multiselectable="true"
          tabIndex={0}
          aria-activedescendant={selected === undefined ? undefined : `row-${selected}`}
          onKeyDown={onKeyDown}
          onMouseDown={keepFromSelectingText}
          onPointerDown={onPointerDown}
          onScroll={scroll.onScroll}
          onPointerOver={onPointerOver}
        >
          {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above; the rows take the focus as one */}
          <div className="td-list-head" role="row" aria-rowindex={1}>
            {/* biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above */}
            <span role="columnheader">
              <span className="td-sr">Subscription</span>
            </span>
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
            <span role="columnheader" ref={payloadHead}>
              Payload
            </span>
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div className="td-list-space" role="rowgroup" style={{ height: scroll.spacePx }}>
            {view?.rows.map((row, index) => {
              const position = view.from + index
              return (
                <MessageRow
                  key={follow ? end - position : position % slots}
                  row={row}
                  topPx={scroll.placeOf(position)}
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
        {!follow && isLive && <NewBelow count={end - seenEnd} onFollow={() => changeFollow(true)} />}
        {isLive && <OpenGap />}
      </div>
    </div>
  )
}

/** A click with Shift picks a range; the browser would select all the text between. */
function keepFromSelectingText(event: MouseEvent<HTMLElement>): void {
  if (!event.shiftKey) return
  event.preventDefault()
  event.currentTarget.focus()
}
