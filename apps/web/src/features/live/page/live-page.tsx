import { useEffect, useState } from 'react'
import { usePageChrome } from '../../../shared/chrome/chrome.tsx'
import type { Parts } from '../../../shared/feature/parts.ts'
import type { SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import { paths } from '../../../shared/paths.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useLiveClient } from './client.ts'
import { LiveView } from './live-view.tsx'
import { InterruptedRecordings } from './recording/interrupted-recordings.tsx'
import { RecordingNotOpen } from './recording/recording-not-open.tsx'
import { useIsOpen } from './recording/use-is-open.ts'
import type { LiveSearch } from './search.ts'
import { formatSubscriptions, withMarks } from './subscriptions/subscription-list.ts'
import { TopicOffersProvider } from './subscriptions/topic-offers.ts'

const STREAM = 'main'
const NO_DEFAULTS: readonly SubscriptionRequest[] = []
const NO_THINGS: readonly string[] = []
const SUGGESTIONS = ['dt/#', '#', '$aws/events/#', '$aws/things/+/shadow/#']

/** The stream that goes on whichever page is open, until its subscriptions are removed; or a recording. */
export function LivePage({ search, setSearch, topicOffers }: SearchProps<LiveSearch> & Pick<Parts, 'topicOffers'>) {
  const isLive = search.recording === undefined
  const title = isLive ? 'Live messages' : 'Recorded messages'
  usePageChrome({
    title,
    breadcrumbs: [
      { text: 'Live messages', href: paths.live() },
      ...(isLive ? [] : [{ text: title, href: paths.live() }]),
    ],
  })
  return (
    <div>
      {/* Seen in the breadcrumbs already: the height is for messages. */}
      <h1 className="td-sr">{title}</h1>
      {search.recording === undefined ? (
        <TopicOffersProvider value={topicOffers}>
          <MainStream search={search} setSearch={setSearch} />
        </TopicOffersProvider>
      ) : (
        <RecordedStream key={search.recording} name={search.recording} search={search} setSearch={setSearch} />
      )}
    </div>
  )
}

function MainStream({ search, setSearch }: SearchProps<LiveSearch>) {
  const isRestored = useRestored(search, setSearch)
  if (!isRestored) return null
  const toRecording = (recording: string) => setSearch({ recording, q: undefined, view: undefined })
  return (
    <>
      <InterruptedRecordings onOpened={toRecording} />
      <LiveView
        stream={STREAM}
        search={search}
        setSearch={setSearch}
        defaults={NO_DEFAULTS}
        suggestions={SUGGESTIONS}
        thingNames={NO_THINGS}
        onOpenedRecording={toRecording}
      />
    </>
  )
}

function RecordedStream({ name, search, setSearch }: SearchProps<LiveSearch> & { readonly name: string }) {
  const client = useLiveClient()
  const isOpen = useIsOpen(name)
  const toLive = () => setSearch({ recording: undefined, q: undefined, s: undefined })
  if (isOpen === undefined) return null
  if (!isOpen) return <RecordingNotOpen onOpened={(recording) => setSearch({ recording })} onLive={toLive} />
  return (
    <LiveView
      stream={name}
      search={search}
      setSearch={setSearch}
      defaults={NO_DEFAULTS}
      suggestions={NO_THINGS}
      thingNames={NO_THINGS}
      onCloseRecording={() => {
        void client.call('live.close', { stream: name })
        toLive()
      }}
    />
  )
}

/** Opened without subscriptions in the URL, the page takes up the stream where it was left. */
function useRestored(search: LiveSearch, setSearch: SearchProps<LiveSearch>['setSearch']): boolean {
  const client = useLiveClient()
  const [isRestored, setIsRestored] = useState(search.s !== undefined)
  useEffect(() => {
    if (isRestored) return
    let isCurrent = true
    const restore = async () => {
      const left = await client.call('live.configuration', { stream: STREAM })
      if (!isCurrent) return
      if (left && left.subscriptions.length > 0) {
        const q = left.filterText === '' ? undefined : left.filterText
        setSearch({ s: formatSubscriptions(withMarks(left.subscriptions)), q }, { replace: true })
      }
      setIsRestored(true)
    }
    restore().catch(() => {}) // the worker was closed: the person signed out
    return () => {
      isCurrent = false
    }
  }, [client, isRestored, setSearch])
  return isRestored
}
