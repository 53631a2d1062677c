import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { createObject, isObject, membersOf, Numbers, parseJsonValue, type Value } from '@thingdeck/rules-sql'
import { matches } from '@thingdeck/topics'
import { useEffect, useMemo, useState } from 'react'
import { api } from '../api.ts'
import { useMqtt } from '../mqtt/mqtt-context.ts'
import { useDebounced } from '../use-debounced.ts'
import { filtersLike } from './filters-like.ts'

/** What is known of messages that were really seen. */
export interface SeenMessages {
  /** For FROM: first what stands for several topics. */
  readonly topicFilters: readonly string[]
  /** A payload with the members of all those that the filter takes; Undefined where none was seen. */
  readonly sample: Value
  /** How many payloads it is made of. */
  readonly count: number
}

const MOST_SEEN = 200
const MOST_RETAINED_READ = 5
const TYPING_MS = 800
const NUMBERS = Numbers.of('2016-03-23')

/** Topics with the newest payload of each, as far as it is JSON. */
type Seen = ReadonlyMap<string, Value>

const readPayload = (payload: Uint8Array): Value => parseJsonValue(new TextDecoder().decode(payload), NUMBERS, payload)

/**
 * Topics and members of payloads for completion: of what live messages kept, of what the broker retains, and, asked for,
 * of live messages of the filter.
 */
export function useSeenMessages(topicFilter: string | undefined, isListening: boolean): SeenMessages {
  const mqtt = useMqtt()
  const filter = useDebounced(topicFilter, TYPING_MS)
  const [seen, setSeen] = useState<Seen>(new Map())
  const note = useMemo(
    () => (messages: readonly { readonly topic: string; readonly payload: Uint8Array }[]) => {
      if (messages.length === 0) return
      setSeen((before) => {
        const next = new Map(before)
        for (const { topic, payload } of messages) {
          if (next.has(topic) || next.size < MOST_SEEN) next.set(topic, readPayload(payload))
        }
        return next
      })
    },
    [],
  )
  useEffect(() => {
    let isCurrent = true
    mqtt
      .kept('#', MOST_SEEN)
      .then((messages) => isCurrent && note(messages))
      .catch(() => {}) // without it there is less to complete from
    return () => {
      isCurrent = false
    }
  }, [mqtt, note])
  useEffect(() => {
    if (!isListening || filter === undefined) return
    return mqtt.sample([{ filter, qos: 0 }], ({ messages }) => note(messages))
  }, [isListening, filter, mqtt, note])

  const retained = useQuery({
    queryKey: ['retained-messages', 'for rules'],
    queryFn: async ({ signal }) => {
      const page = await api(endpoints.listRetainedMessages, { query: { maxResults: MOST_SEEN }, signal })
      return page.retainedTopics.map(({ topic }) => topic)
    },
    staleTime: 60_000, // ms
    retry: false,
  })
  const wanted = (retained.data ?? [])
    .filter((topic) => filter !== undefined && matches(filter, topic) && !seen.has(topic))
    .slice(0, MOST_RETAINED_READ)
  const retainedPayloads = useQuery({
    queryKey: ['retained-messages', 'payloads for rules', ...wanted],
    queryFn: ({ signal }) =>
      Promise.all(
        wanted.map(async (topic) => {
          const { payload } = await api(endpoints.getRetainedMessage, { query: { topic }, signal })
          return Uint8Array.from(atob(payload), (character) => character.charCodeAt(0))
        }),
      ),
    enabled: wanted.length > 0,
    staleTime: 60_000, // ms
    retry: false,
  })

  return useMemo(() => {
    const payloads = [
      ...[...seen].flatMap(([topic, value]) => (filter === undefined || matches(filter, topic) ? [value] : [])),
      ...(retainedPayloads.data ?? []).map(readPayload),
    ].filter(isObject)
    const topics = [...new Set([...seen.keys(), ...(retained.data ?? [])])]
    return { topicFilters: filtersLike(topics), sample: united(payloads), count: payloads.length }
  }, [seen, retained.data, retainedPayloads.data, filter])
}

/** An Object with all members of all; of a member that several have, the first value, or of Objects again all members. */
function united(values: readonly Value[]): Value {
  const objects = values.filter(isObject)
  if (objects.length === 0) return undefined
  const members = new Map<string, Value[]>()
  for (const object of objects) {
    for (const [name, value] of membersOf(object)) members.set(name, [...(members.get(name) ?? []), value])
  }
  return createObject(
    Array.from(members, ([name, found]) => [name, found.every(isObject) ? united(found) : found[0]] as const),
  )
}
