import { thingOfResource } from '@thingdeck/contract'
import { shadowNameOf } from './log-words.ts'
import { endOf, type Moment } from './moment.ts'

/** The same refusal again within this time is one moment with the one before. */
const RUN_MS = 60_000
/** How far a write's own time and that of its log entry may be apart: clocks of two servers, and the way between them. */
const SAME_WRITE_MS = 3_000

/**
 * The same again and again as one moment: a device that is refused each second would hide everything else.
 * @param moments oldest first
 */
export function inRuns(moments: readonly Moment[]): readonly Moment[] {
  const merged: Moment[] = []
  const runs = new Map<string, number>() // where the last of each stands in `merged`
  const parts = new Map<string, string[]>() // by the id of the run
  for (const moment of moments) {
    const key = runKey(moment)
    const index = key === undefined ? undefined : runs.get(key)
    const before = index === undefined ? undefined : merged[index]
    if (index !== undefined && before && moment.atMs - endOf(before) <= RUN_MS) {
      const ids = parts.get(before.id) ?? []
      parts.set(before.id, ids)
      ids.push(moment.id)
      merged[index] = {
        ...before,
        parts: ids,
        untilMs: endOf(moment),
        times: before.times + moment.times,
        log: [...before.log.slice(0, 1), ...moment.log.slice(-1)],
      }
    } else {
      if (key !== undefined) runs.set(key, merged.length)
      merged.push(moment)
    }
  }
  return merged
}

/** Only what is wrong repeats itself without news. */
function runKey({ kind, title, why, activity }: Moment): string | undefined {
  return (kind === 'refusal' || kind === 'rule') && activity.length === 0 ? `${kind}\n${title}\n${why}` : undefined
}

/**
 * A write of a person's is in the activity trail and in the log: it is one moment, said in the trail's words, which
 * know who it was and what changed. Where it is not sure which two belong together, both stay.
 */
export function withWritesJoined(log: readonly Moment[], activity: readonly Moment[]): readonly Moment[] {
  const writes = Map.groupBy(
    log.filter(({ kind }) => kind === 'shadow'),
    shadowKey,
  )
  const taken = new Set<Moment>()
  const joined = activity.map((moment): Moment => {
    const near = (writes.get(shadowKey(moment)) ?? []).filter(
      (write) => Math.abs(write.atMs - moment.atMs) <= SAME_WRITE_MS && !taken.has(write),
    )
    const [only, ...others] = near
    if (moment.kind !== 'shadow' || moment.tone === 'error' || !only || others.length > 0) return moment
    taken.add(only)
    return { ...moment, atMs: only.atMs, log: only.log, parts: [only.id] }
  })
  return [...log.filter((moment) => !taken.has(moment)), ...joined]
}

/** Which shadow, and whether it was deleted. */
function shadowKey({ log: [fact], activity: [entry] }: Moment): string {
  if (fact) return `${fact.eventType} ${shadowNameOf(fact.topicName) ?? ''}`
  const resource = entry?.resource
  return `${entry?.action} ${(resource && thingOfResource(resource)?.shadowName) ?? ''}`
}
