import { useQueries } from '@tanstack/react-query'
import type { PolicyReach, PolicyTarget } from '@thingdeck/contract'
import { useState } from 'react'
import { policyReachQuery } from './api.ts'

/** So many targets are looked at at first: each costs AWS's time. */
const AT_FIRST = 20

export interface Reach {
  /** Those that were looked at, by target. */
  readonly byTarget: ReadonlyMap<string, PolicyReach>
  /** Why one could not be looked at, by target. */
  readonly errors: ReadonlyMap<string, Error>
  /** So many targets are to be looked at now, of all that there are. */
  readonly wanted: number
  readonly isOver: boolean
  /** Undefined: all are looked at. */
  readonly lookFurther: (() => void) | undefined
}

/** Whom a policy holds for through these targets, one after the other; known ones are there at once. */
export function useReach(policyName: string, targets: readonly PolicyTarget[]): Reach {
  const [wanted, setWanted] = useState(AT_FIRST)
  const [done, setDone] = useState(0)
  const looked = targets.slice(0, wanted)
  const answers = useQueries({
    queries: looked.map(({ target }, index) => ({
      ...policyReachQuery(policyName, target),
      enabled: index <= done,
    })),
  })
  const firstOpen = answers.findIndex(({ isPending, isError }) => isPending && !isError)
  const settled = firstOpen === -1 ? answers.length : firstOpen
  if (settled !== done) setDone(settled)
  const byTarget = new Map<string, PolicyReach>()
  const errors = new Map<string, Error>()
  for (const [index, { data, error }] of answers.entries()) {
    const target = looked[index]?.target ?? ''
    if (data) byTarget.set(target, data)
    if (error) errors.set(target, error)
  }
  return {
    byTarget,
    errors,
    wanted: looked.length,
    isOver: settled === looked.length,
    lookFurther: targets.length > looked.length ? () => setWanted((before) => before + AT_FIRST) : undefined,
  }
}

export interface ReachSum {
  readonly things: readonly string[]
  /** Client ids. */
  readonly connected: readonly string[]
  readonly hasMore: boolean
  /** Of some nobody could tell whether they are connected. */
  readonly isUnsure: boolean
}

/** Each thing once, though it may be reached in two ways. */
export function sumOf(reaches: Iterable<PolicyReach>): ReachSum {
  const all = [...reaches]
  const things = new Map(all.flatMap((reach) => reach.things.map((thing) => [thing.thingName, thing] as const)))
  const named = [...things.values()]
  return {
    things: [...things.keys()],
    connected: named.flatMap(({ thingName, connected, clientId }) => (connected ? [clientId ?? thingName] : [])),
    hasMore: all.some(({ hasMore }) => hasMore),
    isUnsure: named.some(({ connected }) => connected === undefined),
  }
}
