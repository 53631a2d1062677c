/** A source of numbers in [0, 1). */
export type Random = () => number

/**
 * The same seed gives the same numbers on every machine, so that a fleet can be run again as it was.
 * Source: the public-domain generator "mulberry32" (32 bits of state, period 2^32).
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Uniform between `low` and `high`. */
export const between = (random: Random, low: number, high: number): number => low + (high - low) * random()

/** `digits` decimals, as a sensor would print them. */
export const rounded = (value: number, digits = 1): number => Number(value.toFixed(digits))
