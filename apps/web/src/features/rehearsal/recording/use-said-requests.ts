import { useMemo } from 'react'
import type { PartiesSearch } from '../search.ts'
import { type Party, type RecordedRequests, recordedRequests } from './recorded-requests.ts'
import type { RecordedTopics } from './recorded-topics.ts'
import { DEFAULT_PATTERN } from './thing-pattern.ts'

/** What recorded messages were asked for, were they of the things that the address says. */
export function useSaidRequests({ topics }: RecordedTopics, search: PartiesSearch): RecordedRequests {
  const { by, byTopic, byThing, to, toTopic, toThing } = search
  return useMemo(
    () => recordedRequests(topics, partyOf(by ?? 'topic', byTopic, byThing), partyOf(to ?? 'nobody', toTopic, toThing)),
    [topics, by, byTopic, byThing, to, toTopic, toThing],
  )
}

function partyOf(kind: Party['kind'], pattern = DEFAULT_PATTERN, thingName = ''): Party {
  if (kind === 'topic') return { kind, pattern }
  return kind === 'thing' && thingName !== '' ? { kind, thingName } : { kind: 'nobody' }
}
