import Button from '@cloudscape-design/components/button'
import { useEffect, useMemo, useState } from 'react'
import type { SearchProps } from '../../../shared/search-props.ts'
import { Loading } from '../../../shared/ui/loading.tsx'
import { useLiveClient } from './client.ts'
import { LiveView } from './live-view.tsx'
import { LeaveRecording } from './recording/leave-recording.tsx'
import type { LiveSearch } from './search.ts'
import { type ThingTopics, thingSubscriptions, useThingTopics, wordsOf } from './subscriptions/thing-topics.ts'
import { ThingTopicsDialog } from './subscriptions/thing-topics-dialog.tsx'

interface ThingLiveProps extends SearchProps<LiveSearch> {
  readonly thingName: string
}

/** One thing's own messages: where they are, an admin says by its type. The stream begins with the tab and ends when it is left. */
export function ThingLive(props: ThingLiveProps) {
  const topics = useThingTopics(props.thingName)
  return topics ? <KnownThingLive {...props} topics={topics} /> : <Loading what="topics of the thing" />
}

function KnownThingLive({ thingName, topics, search, setSearch }: ThingLiveProps & { readonly topics: ThingTopics }) {
  const client = useLiveClient()
  const stream = `thing:${thingName}`
  const key = topics.templates.join('\n')
  const defaults = useMemo(() => thingSubscriptions(thingName, key.split('\n')), [thingName, key])
  const suggestions = useMemo(() => defaults.map(({ filter }) => filter), [defaults])
  const thingNames = useMemo(() => [thingName], [thingName])
  const [isSetting, setSetting] = useState(false)
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
        acts={
          <Button onClick={() => setSetting(true)}>
            {topics.thingTypeName === undefined ? 'Topics' : 'Topics of the type'}
          </Button>
        }
        whyThese={search.s === undefined ? wordsOf(topics) : undefined}
      />
      {isSetting && <ThingTopicsDialog topics={topics} onClose={() => setSetting(false)} />}
      <LeaveRecording stream={stream} />
    </>
  )
}
