import './counters.css'
import './live.css'
import './rows.css'
import '../../../shared/chart/series.css'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { LiveViewContent } from '@thingdeck/contract'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import { SavedViewsMenu } from '../../../shared/saved-views/saved-views-menu.tsx'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useShortcut } from '../../../shared/shortcuts/shortcuts.tsx'
import type { FullMessage } from '../protocol/stream.ts'
import type { TreeRow } from '../protocol/tree.ts'
import { BarToggle } from './bar-button.tsx'
import { ChartBoard } from './charts/chart-board.tsx'
import { addPin, formatPins } from './charts/pins.ts'
import { usePins } from './charts/use-pins.ts'
import { useLiveClient } from './client.ts'
import { MessageDetail } from './detail/message-detail.tsx'
import { useGivenTypes } from './detail/protobuf/given-types.ts'
import { useWindowFeed } from './feed/use-window-feed.ts'
import { FilterField } from './filter/filter-field.tsx'
import { CountersLine } from './list/counters-line.tsx'
import { EmptyWords } from './list/empty-words.tsx'
import { ListPreferencesButton } from './list/list-preferences-button.tsx'
import { MessageList } from './list/message-list.tsx'
import { PaneSplitter } from './list/pane-splitter.tsx'
import { useReading } from './list/reading-place.ts'
import { useFollow } from './list/use-follow.ts'
import { useGaps } from './list/use-gaps.ts'
import { useListPreferences } from './list/use-list-preferences.ts'
import { usePicked } from './list/use-picked.ts'
import { draftLike } from './publish/draft-like.ts'
import { PublishDrawer, useWhyNotPublish } from './publish/publish-drawer.tsx'
import { draftPreference } from './publish/saved-messages.ts'
import { ClearButton } from './recording/clear-button.tsx'
import { RecordButton } from './recording/record-button.tsx'
import { RecordingBanner } from './recording/recording-banner.tsx'
import { ReplayDialog } from './recording/replay-dialog.tsx'
import { StreamMenu } from './recording/stream-menu.tsx'
import { useClear } from './recording/use-clear.ts'
import { useCopyMessages } from './recording/use-copy-messages.ts'
import type { LiveSearch } from './search.ts'
import { SpreadNotice } from './spread/spread-notice.tsx'
import { StreamControls } from './stream-controls.tsx'
import { LIVE_VIEWS } from './subscriptions/live-views.ts'
import { SubscriptionBar } from './subscriptions/subscription-bar.tsx'
import { addSubscription, formatSubscriptions, type ShownSubscription } from './subscriptions/subscription-list.ts'
import { filterOfRow, termOfRow } from './tree/topic-terms.ts'
import { TopicTree } from './tree/topic-tree.tsx'
import { useEscape } from './use-escape.ts'
import { useFillHeight } from './use-fill-height.ts'
import { usePause } from './use-pause.ts'
import { useConfiguredStream, useSubscriptions } from './use-stream.ts'
import { ViewSwitch } from './view-switch.tsx'

interface LiveViewProps extends SearchProps<LiveSearch> {
  /** Name of the stream in the worker. */
  readonly stream: string
  /** Subscriptions where the URL names none. */
  readonly defaults: readonly SubscriptionRequest[]
  readonly suggestions: readonly string[]
  /** Things whose own topics are suggested. */
  readonly thingNames: readonly string[]
  /** What else concerns its subscriptions, beside those that are saved. */
  readonly acts?: ReactNode
  /** Why it is these topics that are subscribed to: said where nothing has come on them. */
  readonly whyThese?: string | undefined
  /** The stream is a recording, which this closes: it is looked at, and subscribes to nothing. */
  readonly onCloseRecording?: () => void
  /** A recording was opened, as the stream of this name. Left out where none can be. */
  readonly onOpenedRecording?: (stream: string) => void
}

/** As the URL says it. */
const NO_SUBSCRIPTIONS = formatSubscriptions([])

/** A stream of messages: its subscriptions and counters, and it itself as a list, as a tree of topics or as charts. */
export function LiveView({
  stream,
  search,
  setSearch,
  defaults,
  suggestions,
  thingNames,
  acts,
  whyThese,
  onCloseRecording,
  onOpenedRecording,
}: LiveViewProps) {
  const client = useLiveClient()
  const feed = useWindowFeed(stream)
  const isLive = onCloseRecording === undefined
  const subscriptions = useSubscriptions(isLive ? search.s : NO_SUBSCRIPTIONS, defaults)
  const filterText = search.q ?? ''
  useGivenTypes()
  useConfiguredStream(stream, subscriptions, filterText)
  const pins = usePins(stream, search.pin)
  const pause = usePause(stream, feed)
  const picks = usePicked(stream)
  const copyMessages = useCopyMessages(stream)
  const { detailSide, detailPx } = useListPreferences()[0]
  const marks = useMemo(() => subscriptions.map(({ mark }) => mark), [subscriptions])

  const reading = useReading(client, stream, isLive)
  const [follow, setFollow] = useFollow(reading)
  /** Sequence of the message that is looked at. */
  const [selected, setSelected] = useState<number>()
  const [topic, setTopic] = useState<string>()
  const [isOpen, setIsOpen] = useState(false)
  const open = useCallback(() => {
    setIsOpen(true)
    setFollow('while open')
  }, [setFollow])
  const close = () => {
    setIsOpen(false)
    setFollow('as before')
  }

  const [isReplaying, setIsReplaying] = useState(false)
  const whyNotPublish = useWhyNotPublish()
  const isFiltered = filterText !== '' || subscriptions.some(({ muted }) => muted)

  const lookAtGap = useCallback(
    (sequence: number) => {
      setFollow(false)
      setSelected(sequence)
    },
    [setFollow],
  )
  const gaps = useGaps(stream, selected, lookAtGap)

  const viewName = search.view ?? 'list'
  useEffect(() => {
    if (viewName !== 'list') feed.show({ from: 'end', count: 0 }) // counters and subscriptions only
  }, [feed, viewName])
  const step = async () => {
    const sequence = await pause.step()
    if (sequence !== undefined) setSelected(sequence)
  }
  const clear = useClear(stream, feed, () => {
    pause.end()
    setSelected(undefined)
    picks.forget()
  })
  const copy = () => {
    if (picks.picked.size > 0) void copyMessages([...picks.picked])
    else if (selected !== undefined) void copyMessages([selected])
  }
  const subscribeTo = (row: TreeRow) =>
    setSearch({ s: formatSubscriptions(addSubscription(subscriptions, { filter: filterOfRow(row), qos: 0 })) })
  const lookAtTopic = useCallback((row: TreeRow) => {
    setTopic(row.path)
    setSelected(row.lastSequence)
    setIsOpen(true)
  }, [])

  const openPublish = (isWanted: boolean) => setSearch({ publish: isWanted ? '1' : undefined }, { replace: true })
  useShortcut('m', 'Publish a message', () => openPublish(search.publish !== '1'))
  const publishLike = (message: FullMessage) => {
    draftPreference.set(draftLike(message))
    openPublish(true)
  }

  const fill = useRef<HTMLDivElement>(null)
  useFillHeight(fill)
  const viewSwitch = <ViewSwitch search={search} setSearch={setSearch} />
  const hasDetail = isOpen && selected !== undefined && viewName !== 'charts'
  const panes = useRef<HTMLDivElement>(null)
  const onEscape = useEscape(
    hasDetail,
    () => {
      setIsOpen(false)
      panes.current?.querySelector<HTMLElement>('[role="grid"], [role="treegrid"]')?.focus()
    },
    panes,
  )
  return (
    <div className="td-live" ref={fill}>
      {isLive ? (
        <SubscriptionBar
          stream={stream}
          feed={feed}
          subscriptions={subscriptions}
          onChange={(next) => setSearch({ s: formatSubscriptions(next) })}
          suggestions={suggestions}
          thingNames={thingNames}
        >
          <div className="td-subscription-acts">
            {acts}
            <SavedViewsMenu
              kind={LIVE_VIEWS}
              whyNothing="There is no subscription to save."
              present={subscriptions.length === 0 ? undefined : contentOf(subscriptions, search)}
              onOpen={({ s, q, view, pin }) => setSearch({ s, q, view: view === 'list' ? undefined : view, pin })}
            />
            <BarToggle icon="send" words="Publish" pressed={search.publish === '1'} onChange={openPublish} />
          </div>
        </SubscriptionBar>
      ) : (
        <RecordingBanner feed={feed} onClose={onCloseRecording} />
      )}
      {isLive && <SpreadNotice />}
      <div className="td-live-bar">
        <CountersLine feed={feed} isFiltered={isFiltered} onGap={viewName === 'list' ? gaps.step : undefined} />
        <SpaceBetween direction="horizontal" size="xs">
          {viewName === 'list' && isLive && (
            <StreamControls feed={feed} pause={pause} onStep={() => void step()} follow={follow} onFollow={setFollow} />
          )}
          {isLive && <ClearButton stream={stream} feed={feed} onClear={clear} />}
          {isLive && <RecordButton stream={stream} feed={feed} hasSubscriptions={subscriptions.length > 0} />}
          <StreamMenu
            stream={stream}
            isFiltered={isFiltered}
            picked={picks.picked}
            onForgetPicked={picks.forget}
            onReplay={() => setIsReplaying(true)}
            whyNotPublish={whyNotPublish}
            onOpened={onOpenedRecording}
          />
          {viewName === 'list' && <ListPreferencesButton />}
        </SpaceBetween>
      </div>
      {viewName === 'list' && (
        <div className="td-live-bar">
          {viewSwitch}
          <FilterField
            feed={feed}
            text={filterText}
            subscribed={subscriptions.map(({ filter }) => filter)}
            onChange={(q) => setSearch({ q: q === '' ? undefined : q }, { replace: true })}
            onCancel={() => void client.call('live.cancelSearch', { stream })}
          />
        </div>
      )}
      <div className="td-live-stage">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears the key that what is within does not take */}
        <div className="td-live-panes" data-side={detailSide} ref={panes} onKeyDown={onEscape}>
          <div className="td-list-area">
            {viewName === 'list' && (
              <>
                <MessageList
                  stream={stream}
                  feed={feed}
                  marks={marks}
                  isLive={isLive}
                  follow={follow}
                  onFollow={setFollow}
                  reading={reading}
                  untilSequence={pause.untilSequence}
                  target={gaps.target}
                  selected={selected}
                  onSelect={setSelected}
                  onOpen={open}
                  onPause={pause.toggle}
                  picks={picks}
                  onCopy={copy}
                />
                <EmptyWords
                  feed={feed}
                  isWaiting={subscriptions.length > 0 || !isLive}
                  lookedFor={isLive ? subscriptions.map(({ filter }) => filter) : []}
                  whyThese={whyThese}
                  isFiltered={filterText !== ''}
                />
              </>
            )}
            {viewName === 'tree' && (
              <TopicTree
                stream={stream}
                lead={viewSwitch}
                search={search}
                setSearch={setSearch}
                selected={topic}
                onSelect={lookAtTopic}
                onOpenInList={(row) => setSearch({ view: undefined, q: termOfRow(row) })}
                onSubscribe={isLive ? subscribeTo : undefined}
              />
            )}
            {viewName === 'charts' && (
              <ChartBoard stream={stream} lead={viewSwitch} pins={pins} search={search} setSearch={setSearch} />
            )}
          </div>
          {hasDetail && (
            <>
              <PaneSplitter />
              <div className="td-detail-area" style={detailPx === undefined ? undefined : { flexBasis: detailPx }}>
                <MessageDetail
                  stream={stream}
                  sequence={selected}
                  form={search.form}
                  onForm={(form) => setSearch({ form }, { replace: true })}
                  onClose={close}
                  onPublishLike={isLive ? publishLike : undefined}
                  onChart={(ofTopic, path) =>
                    setSearch({ view: 'charts', pin: formatPins(addPin(pins, ofTopic, path)) })
                  }
                />
              </div>
            </>
          )}
        </div>
        {search.publish === '1' && isLive && (
          <PublishDrawer stream={stream} thingName={thingNames[0]} onClose={() => openPublish(false)} />
        )}
      </div>
      {isReplaying && (
        <ReplayDialog
          stream={stream}
          isFiltered={isFiltered}
          picked={picks.picked}
          onClose={() => setIsReplaying(false)}
        />
      )}
    </div>
  )
}

/** What is kept of a view: what it is of, and how it is looked at. */
function contentOf(subscriptions: readonly ShownSubscription[], { q, view, pin }: LiveSearch): LiveViewContent {
  return {
    s: [...formatSubscriptions(subscriptions)],
    ...(q !== undefined && { q }),
    ...(view !== undefined && { view }),
    ...(pin !== undefined && pin.length > 0 && { pin: [...pin] }),
  }
}
