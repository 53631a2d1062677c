import './live.css'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SubscriptionRequest } from '../../shared/mqtt/message.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useLiveClient } from './client.ts'
import { MessageDetail } from './detail/message-detail.tsx'
import { FilterField } from './filter/filter-field.tsx'
import { CountersLine } from './list/counters-line.tsx'
import { type ListSelection, MessageList } from './list/message-list.tsx'
import { PaneSplitter } from './list/pane-splitter.tsx'
import { useListPreferences } from './list/use-list-preferences.ts'
import type { LiveSearch } from './search.ts'
import { StreamControls } from './stream-controls.tsx'
import { SavedSetsMenu } from './subscriptions/saved-sets-menu.tsx'
import { SubscriptionBar } from './subscriptions/subscription-bar.tsx'
import { formatSubscriptions } from './subscriptions/subscription-list.ts'
import { useFillHeight } from './use-fill-height.ts'
import { useConfiguredStream, useSubscriptions } from './use-stream.ts'
import { useWindowFeed, useWindowValue } from './use-window-feed.ts'

interface LiveViewProps extends SearchProps<LiveSearch> {
  /** Name of the stream in the worker. */
  readonly stream: string
  /** Subscriptions where the URL names none. */
  readonly defaults: readonly SubscriptionRequest[]
  readonly suggestions: readonly string[]
  /** Things whose own topics are suggested. */
  readonly thingNames: readonly string[]
}

const NOTHING_PICKED: ReadonlySet<number> = new Set()

/** A stream of messages: its subscriptions, counters, filter, list and the message that is looked at. */
export function LiveView({ stream, search, setSearch, defaults, suggestions, thingNames }: LiveViewProps) {
  const client = useLiveClient()
  const feed = useWindowFeed(stream)
  const subscriptions = useSubscriptions(search.s, defaults)
  const filterText = search.q ?? ''
  useConfiguredStream(stream, subscriptions, filterText)
  const marks = useMemo(() => subscriptions.map(({ mark }) => mark), [subscriptions])

  const [follow, setFollow] = useState(true)
  const [pausedAt, setPausedAt] = useState<number>()
  const [selected, setSelected] = useState<ListSelection>()
  const [isOpen, setIsOpen] = useState(false)
  const [picked, setPicked] = useState(NOTHING_PICKED)
  const { detailSide, detailPx } = useListPreferences()[0]

  const pick = useCallback((sequences: readonly number[], isPicked: boolean) => {
    setPicked((before) => {
      const next = new Set(before)
      for (const sequence of sequences) isPicked ? next.add(sequence) : next.delete(sequence)
      return next
    })
  }, [])
  const open = useCallback(() => setIsOpen(true), [])
  const clear = () => {
    void client.call('live.clear', { stream })
    setPausedAt(undefined)
    setSelected(undefined)
    setPicked(NOTHING_PICKED)
  }
  // Positions are those of the filtered list, so they mean other rows under another filter.
  // biome-ignore lint/correctness/useExhaustiveDependencies: forgets the selection when the filter changes
  useEffect(() => setSelected(undefined), [filterText])

  const fill = useRef<HTMLDivElement>(null)
  useFillHeight(fill)
  const hasDetail = isOpen && selected !== undefined
  return (
    <div className="td-live" ref={fill}>
      <SubscriptionBar
        stream={stream}
        feed={feed}
        subscriptions={subscriptions}
        onChange={(next) => setSearch({ s: formatSubscriptions(next) })}
        suggestions={suggestions}
        thingNames={thingNames}
      >
        <SavedSetsMenu
          present={
            subscriptions.length === 0
              ? undefined
              : { s: formatSubscriptions(subscriptions), ...(filterText === '' ? {} : { q: filterText }) }
          }
          onOpen={({ s, q }) => setSearch({ s, q })}
        />
      </SubscriptionBar>
      <div className="td-live-bar">
        <CountersLine feed={feed} isFiltered={filterText !== '' || subscriptions.some(({ muted }) => muted)} />
        <StreamControls
          stream={stream}
          feed={feed}
          pausedAt={pausedAt}
          onPausedAt={setPausedAt}
          follow={follow}
          onFollow={setFollow}
          onClear={clear}
        />
      </div>
      <div className="td-live-bar">
        <FilterField
          feed={feed}
          text={filterText}
          onChange={(q) => setSearch({ q: q === '' ? undefined : q }, { replace: true })}
          onCancel={() => void client.call('live.cancelSearch', { stream })}
        />
      </div>
      <div className="td-live-panes" data-side={detailSide}>
        <div className="td-list-area">
          <MessageList
            feed={feed}
            marks={marks}
            follow={follow}
            onFollow={setFollow}
            untilSequence={pausedAt}
            selected={selected}
            onSelect={setSelected}
            onOpen={open}
            picked={picked}
            onPick={pick}
          />
          <EmptyWords feed={feed} subscriptions={subscriptions.length} isFiltered={filterText !== ''} />
        </div>
        {hasDetail && (
          <>
            <PaneSplitter />
            <div className="td-detail-area" style={{ flexBasis: detailPx }}>
              <MessageDetail
                stream={stream}
                sequence={selected.sequence}
                form={search.form}
                onForm={(form) => setSearch({ form }, { replace: true })}
                onClose={() => setIsOpen(false)}
              />
            </div>
          </>
        )}
      </div>
    </div>
  )
}

interface EmptyWordsProps {
  readonly feed: ReturnType<typeof useWindowFeed>
  readonly subscriptions: number
  readonly isFiltered: boolean
}

function EmptyWords({ feed, subscriptions, isFiltered }: EmptyWordsProps): ReactNode {
  const isEmpty = useWindowValue(feed, (view) => view !== undefined && view.end === view.first)
  const hasKept = useWindowValue(feed, (view) => (view?.counters.kept ?? 0) > 0)
  if (!isEmpty) return null
  return <p className="td-list-empty">{emptyWords(subscriptions, isFiltered, hasKept)}</p>
}

function emptyWords(subscriptions: number, isFiltered: boolean, hasKept: boolean): string {
  if (hasKept) {
    return isFiltered ? 'No message that is kept passes the filter.' : 'Every subscription with messages is muted.'
  }
  if (subscriptions === 0) return 'Subscribe to a topic filter, and messages appear here as they are published.'
  return 'Waiting for the first message.'
}
