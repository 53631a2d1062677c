import { heardIn, SAME_MS } from './heard.ts'
import { endOf, type Moment } from './moment.ts'

/**
 * The moment that a link leads to. It may have become a part of another one since the link was made: of a run, of a
 * fight, or of what the log has by now of a lifecycle event that was heard before.
 */
export function findMoment(moments: readonly Moment[], id: string): Moment | undefined {
  return (
    moments.find((moment) => moment.id === id) ??
    moments.find(({ parts }) => parts?.includes(id)) ??
    findHeard(moments, id)
  )
}

function findHeard(moments: readonly Moment[], id: string): Moment | undefined {
  const heard = heardIn(id)
  if (!heard) return undefined
  const { eventType, atMs } = heard
  let nearest: Moment | undefined
  let nearestMs = SAME_MS
  for (const moment of moments) {
    for (const fact of moment.log) {
      const apartMs = Math.abs(fact.atMs - atMs)
      if (fact.eventType !== eventType || apartMs > nearestMs) continue
      nearest = moment
      nearestMs = apartMs
    }
  }
  // Of a run or a fight only the first and the last entry are told.
  return nearest ?? moments.find((moment) => isAmid(moment, atMs))
}

const isAmid = (moment: Moment, atMs: number) =>
  (moment.kind === 'connection' || moment.kind === 'conflict') && moment.atMs <= atMs && atMs <= endOf(moment)
