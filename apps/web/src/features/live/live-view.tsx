import Button from '@cloudscape-design/components/button'
import Input, { type InputProps } from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import ToggleButton from '@cloudscape-design/components/toggle-button'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SubscriptionRequest } from '../../shared/mqtt/message.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useShortcut } from '../../shared/shortcuts/shortcuts.tsx'
import { useLiveClient } from './client.ts'
import { CountersLine } from './components/counters-line.tsx'
import { MessageDetail } from './components/message-detail.tsx'
import { type ListRange, MessageList, NewBelow } from './components/message-list.tsx'
import { SubscriptionBar } from './components/subscription-bar.tsx'
import type { RowView } from './engine/protocol.ts'
import type { LiveSearch } from './search.ts'
import { formatSubscriptions, parseSubscriptions } from './subscriptions.ts'
import { useFillHeight } from './use-fill-height.ts'
import { useLiveWindow } from './use-live-window.ts'

interface LiveViewProps extends SearchProps<LiveSearch> {
  /** Name of the stream in the worker. */
  readonly stream: string
  /** Subscriptions where the URL names none. */
  readonly defaults: readonly SubscriptionRequest[]
  readonly suggestions: readonly string[]
}

/** A stream of messages: its subscriptions, counters, filter, list and the message that is looked at. */
export function LiveView({ stream, search, setSearch, defaults, suggestions }: LiveViewProps) {
  const client = useLiveClient()
  const key = search.s?.join('\n')
  const subscriptions = useMemo(
    () => (key === undefined ? defaults : parseSubscriptions(key.split('\n'))),
    [key, defaults],
  )
  const filterText = search.q ?? ''
  useEffect(() => {
    void client.call('live.configure', { stream, subscriptions, filterText })
  }, [client, stream, subscriptions, filterText])

  const [follow, setFollow] = useState(true)
  const [pausedAt, setPausedAt] = useState<number>()
  const [range, setRange] = useState<ListRange>({ from: 'end', count: 60 })
  const [selected, setSelected] = useState<{ readonly position: number; readonly sequence: number }>()
  const [isOpen, setIsOpen] = useState(false)
  const view = useLiveWindow(stream, { ...range, untilSequence: pausedAt })

  const [seenEnd, setSeenEnd] = useState(0)
  const changeFollow = useCallback(
    (next: boolean) => {
      setFollow(next)
      setSeenEnd(view?.end ?? 0)
    },
    [view?.end],
  )
  const select = useCallback((position: number, row: RowView) => {
    if (row.kind !== 'message') return
    setSelected({ position, sequence: row.sequence })
    setIsOpen(true)
  }, [])
  const clear = () => {
    void client.call('live.clear', { stream })
    setPausedAt(undefined)
    setSelected(undefined)
  }
  const pause = () => setPausedAt(pausedAt === undefined ? view?.nextSequence : undefined)
  useShortcut('p', 'Pause or resume the stream', pause)
  useShortcut('f', 'Follow the stream', () => changeFollow(!follow))

  const fill = useRef<HTMLDivElement>(null)
  useFillHeight(fill)
  const keptBack = pausedAt === undefined || view === undefined ? 0 : view.nextSequence - pausedAt

  return (
    <div className="td-live" ref={fill}>
      <SubscriptionBar
        subscriptions={subscriptions}
        live={view?.subscriptions ?? []}
        onChange={(next) => setSearch({ s: formatSubscriptions(next) })}
        suggestions={suggestions}
      />
      <div className="td-live-bar">
        <FilterField
          text={filterText}
          onChange={(q) => {
            setSelected(undefined) // positions are those of the filtered list
            setSearch({ q: q === '' ? undefined : q }, { replace: true })
          }}
        />
        <SpaceBetween direction="horizontal" size="xs">
          <Button iconName={pausedAt === undefined ? 'pause' : 'play'} onClick={pause} disabled={view === undefined}>
            {pausedAt === undefined ? 'Pause' : `Resume${keptBack > 0 ? ` (${keptBack} new)` : ''}`}
          </Button>
          <ToggleButton
            pressed={follow}
            iconName="angle-down"
            pressedIconName="angle-down"
            onChange={({ detail }) => changeFollow(detail.pressed)}
          >
            Follow
          </ToggleButton>
          <Button onClick={clear}>Clear</Button>
        </SpaceBetween>
        {view && <CountersLine view={view} isFiltered={filterText !== ''} />}
      </div>
      <div className="td-live-panes" data-detail={isOpen && selected !== undefined}>
        <div className="td-list-frame">
          <MessageList
            view={view}
            follow={follow}
            onFollow={changeFollow}
            onRange={setRange}
            selected={selected?.position}
            onSelect={select}
            onOpen={() => setIsOpen(true)}
          />
          {view !== undefined && view.end === view.first && (
            <p className="td-list-empty">{emptyWords(subscriptions.length, filterText !== '', view.counters.kept)}</p>
          )}
          {!follow && <NewBelow count={(view?.end ?? 0) - seenEnd} onFollow={() => changeFollow(true)} />}
        </div>
        {isOpen && selected !== undefined && (
          <MessageDetail stream={stream} sequence={selected.sequence} onClose={() => setIsOpen(false)} />
        )}
      </div>
    </div>
  )
}

function emptyWords(subscriptions: number, isFiltered: boolean, kept: number): string {
  if (isFiltered && kept > 0) return 'No message that is kept passes the filter.'
  if (subscriptions === 0) return 'Subscribe to a topic filter, and messages appear here as they are published.'
  return 'Waiting for the first message.'
}

/** Writes to the URL once the person stops typing. */
function FilterField({ text, onChange }: { readonly text: string; readonly onChange: (text: string) => void }) {
  const [draft, setDraft] = useState(text)
  const field = useRef<InputProps.Ref>(null)
  useShortcut('/', 'Filter the messages', () => field.current?.focus())
  const latest = useRef(onChange)
  useEffect(() => {
    latest.current = onChange
  })
  useEffect(() => setDraft(text), [text])
  useEffect(() => {
    if (draft === text) return
    const timer = setTimeout(() => latest.current(draft), 200)
    return () => clearTimeout(timer)
  }, [draft, text])
  return (
    <div className="td-live-filter">
      <Input
        ref={field}
        type="search"
        value={draft}
        onChange={({ detail }) => setDraft(detail.value)}
        ariaLabel="Filter messages"
        placeholder="Filter by text in topic or payload"
        clearAriaLabel="Clear filter"
      />
    </div>
  )
}
