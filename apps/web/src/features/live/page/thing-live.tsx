import { useEffect, useMemo } from 'react'
import type { SearchProps } from '../../../shared/search-props.ts'
import { useLiveClient } from './client.ts'
import { LiveView } from './live-view.tsx'
import { LeaveRecording } from './recording/leave-recording.tsx'
import type { LiveSearch } from './search.ts'
import { thingSubscriptions } from './subscriptions/subscription-list.ts'

/** One thing's own messages. The stream begins with the tab and ends when it is left. */
export function ThingLive({ thingName, search, setSearch }: SearchProps<LiveSearch> & { readonly thingName: string }) {
  const client = useLiveClient()
  const stream = `thing:${thingName}`
  const defaults = useMemo(() => thingSubscriptions(thingName), [thingName])
  const suggestions = useMemo(() => defaults.map(({ filter }) => filter), [defaults])
  const thingNames = useMemo(() => [thingName], [thingName])
  useEffect(() => () => void client.call('live.close', { stream }), [client, stream])
  return (
    <>
      <LiveView
        stream={stream}
        search={search}
        setSearch={setSearch}
        defaults={defaults}
        suggestions={suggestions}
        thingNames={thingNames}
      />
      <LeaveRecording stream={stream} />
    </>
  )
}
