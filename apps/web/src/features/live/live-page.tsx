import Header from '@cloudscape-design/components/header'
import { useEffect, useState } from 'react'
import { usePageChrome } from '../../shared/chrome/chrome.tsx'
import type { SubscriptionRequest } from '../../shared/mqtt/message.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useLiveClient } from './client.ts'
import { LiveView } from './live-view.tsx'
import type { LiveSearch } from './search.ts'
import { formatSubscriptions, withMarks } from './subscriptions/subscription-list.ts'

const STREAM = 'main'
const NO_DEFAULTS: readonly SubscriptionRequest[] = []
const NO_THINGS: readonly string[] = []
const SUGGESTIONS = ['dt/#', '#', '$aws/events/#', '$aws/things/+/shadow/#']

/** The stream that goes on whichever page is open, until its subscriptions are removed. */
export function LivePage({ search, setSearch }: SearchProps<LiveSearch>) {
  usePageChrome({ title: 'Live messages', breadcrumbs: [{ text: 'Live messages', href: paths.live() }] })
  const isRestored = useRestored(search, setSearch)
  return (
    <div>
      <Header variant="h1">Live messages</Header>
      {isRestored && (
        <LiveView
          stream={STREAM}
          search={search}
          setSearch={setSearch}
          defaults={NO_DEFAULTS}
          suggestions={SUGGESTIONS}
          thingNames={NO_THINGS}
        />
      )}
    </div>
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
