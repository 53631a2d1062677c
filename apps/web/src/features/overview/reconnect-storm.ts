/** So many connects in a minute are few, whatever the fleet is like. */
const FEW = 20
/** A minute is out of the ordinary with so many times as many as the middle one of the hour. */
const OUT_OF_THE_ORDINARY = 5
/** A part of the fleet that does not come at once by chance. */
const PART_OF_FLEET = 0.1
/** Each thing as often in a minute: they come, and go, and come. */
const ROUNDS = 2

export interface ReconnectStorm {
  readonly connects: number
  readonly minutesAgo: number
}

/**
 * The worst minute of the last hour in which clients came all at once, as after an outage, or again and again.
 * Undefined: there was none.
 * @param connects by the minute, the one that runs last; `null` where nothing is known
 * @param things how many there are
 */
export function reconnectStorm(connects: readonly (number | null)[], things: number): ReconnectStorm | undefined {
  const known = connects.filter((count) => count !== null)
  const usual = known.toSorted((one, other) => one - other)[Math.floor(known.length / 2)] ?? 0
  const most = Math.max(0, ...known)
  const isAtOnce = most >= OUT_OF_THE_ORDINARY * usual && most >= PART_OF_FLEET * things
  const isRoundAndRound = most >= ROUNDS * things
  if (most < FEW || !(isAtOnce || isRoundAndRound)) return undefined
  return { connects: most, minutesAgo: connects.length - 1 - connects.lastIndexOf(most) }
}
