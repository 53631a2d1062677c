import { EVERY, type PathWithStars } from './filter/read-path.ts'

const DECODER = new TextDecoder()
const OPEN_BRACE = 0x7b
const OPEN_BRACKET = 0x5b

/** The payload as `JSON.parse` reads it; undefined when it is neither an object nor an array. */
export function plainJson(payload: Uint8Array): unknown {
  let first = 0
  while (first < payload.length && (payload[first] ?? 0) <= 0x20) first += 1
  if (payload[first] !== OPEN_BRACE && payload[first] !== OPEN_BRACKET) return undefined
  try {
    return JSON.parse(DECODER.decode(payload))
  } catch {
    return undefined
  }
}

/** What stands at the path in a payload, numbers as doubles; undefined where there is nothing. */
export function plainAt(payload: Uint8Array, path: PathWithStars): unknown {
  return stepInto(plainJson(payload), path)
}

export function stepInto(value: unknown, path: PathWithStars): unknown {
  let current = value
  for (const step of path) {
    if (step === EVERY || typeof current !== 'object' || current === null) return undefined
    if (Array.isArray(current) !== (typeof step === 'number') || !Object.hasOwn(current, step)) return undefined
    current = (current as Record<string | number, unknown>)[step]
  }
  return current
}
