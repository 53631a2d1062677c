import { type ClearedTopic, endpoints, MOST_CLEARED_AT_ONCE } from '@thingdeck/contract'
import { useEffect, useRef, useState } from 'react'
import { api } from '../../shared/api.ts'
import { formatCount } from '../../shared/format.ts'
import { messageOf } from '../../shared/message-of.ts'
import { useReadAgain } from './api.ts'

/** What is to be cleared: the topic, and when its message was taken as far as that was seen. */
export interface TopicToClear {
  readonly topic: string
  readonly lastModified?: string | undefined
}

/** How far it is, and what became of each topic so far. */
export interface Clearing {
  readonly state: 'not begun' | 'running' | 'over'
  readonly total: number
  readonly results: readonly ClearedTopic[]
  /** Over, with so many that nobody asked to clear: it was stopped, or the server did not answer. */
  readonly notTried: number
}

const NOT_BEGUN: Clearing = { state: 'not begun', total: 0, results: [], notTried: 0 }

/** So few at once that it is seen to go on, and that stopping stops. */
const AT_ONCE = Math.min(50, MOST_CLEARED_AT_ONCE)

/** Clears topics part by part. What a topic of it could not, keeps no other from being cleared. Ends when its dialog is left. */
export function useClearing() {
  const readAgain = useReadAgain()
  const [clearing, setClearing] = useState(NOT_BEGUN)
  const stopped = useRef(false)
  useEffect(
    () => () => {
      stopped.current = true
    },
    [],
  )

  const run = async (topics: readonly TopicToClear[]) => {
    stopped.current = false
    const results: ClearedTopic[] = []
    const say = (state: Clearing['state']) =>
      setClearing({ state, total: topics.length, results: [...results], notTried: topics.length - results.length })
    say('running')
    for (let start = 0; start < topics.length && !stopped.current; start += AT_ONCE) {
      const { part, isAnswered } = await clearPart(topics.slice(start, start + AT_ONCE))
      results.push(...part)
      if (!isAnswered) break // nor would the next be
      say('running')
    }
    say('over')
    readAgain()
  }
  return {
    clearing,
    start: (topics: readonly TopicToClear[]) => void run(topics),
    stop: () => {
      stopped.current = true
    },
  }
}

/** A request that fails whole leaves open what of it was done: that is said of each of its topics. */
async function clearPart(topics: readonly TopicToClear[]) {
  try {
    const wanted = topics.map(({ topic, lastModified }) => ({
      topic,
      ...(lastModified !== undefined && { lastModified }),
    }))
    const answer = await api(endpoints.clearRetainedMessages, { body: { topics: wanted } })
    return { part: answer.topics, isAnswered: true }
  } catch (error) {
    const failed = { outcome: 'failed', message: messageOf(error) } as const
    return { part: topics.map(({ topic }): ClearedTopic => ({ topic, ...failed })), isAnswered: false }
  }
}

/** `3 cleared, 1 not cleared`: how many of each outcome, those that there are. */
export function outcomeWords({ results, notTried, state }: Clearing): string {
  const count = (outcome: ClearedTopic['outcome']) => results.filter((each) => each.outcome === outcome).length
  const counts = [
    [count('cleared'), 'cleared'],
    [count('none'), 'no longer retained'],
    [count('changed'), 'left alone, as published anew since you looked'],
    [count('failed'), 'not cleared'],
    [state === 'over' ? notTried : 0, 'not tried'],
  ] as const
  return counts
    .filter(([number, words]) => number > 0 || words === 'cleared')
    .map(([number, words]) => `${formatCount(number)} ${words}`)
    .join(', ')
}
