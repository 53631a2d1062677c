import { useEffect, useState } from 'react'
import { useLiveClient } from '../client.ts'

const COUNT = 12
const PAUSE_MS = 120

/** Topics seen that go with what is typed, and filters that would take in several of them. */
export function useTopicSuggestions(stream: string | undefined, typed: string, isWanted: boolean): readonly string[] {
  const client = useLiveClient()
  const [topics, setTopics] = useState<readonly string[]>([])
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    const timer = setTimeout(() => {
      client
        .call('live.suggestTopics', { ...(stream === undefined ? {} : { stream }), text: typed, count: COUNT })
        .then((found) => {
          if (isCurrent) setTopics(found)
        })
        .catch(() => {}) // suggestions help, and are not missed
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [client, stream, typed, isWanted])
  return topics
}
