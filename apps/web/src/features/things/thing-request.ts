/** What one may come to a thing for. */
export type ThingPlace = 'shadow' | 'live' | 'changes'

/** What a person typed, as far as it is about things: words that a name has all of, and what of these things is wanted. */
export interface ThingRequest {
  readonly words: readonly string[]
  readonly place: ThingPlace | undefined
}

const PLACES: Readonly<Record<string, ThingPlace>> = {
  shadow: 'shadow',
  shadows: 'shadow',
  message: 'live',
  messages: 'live',
  live: 'live',
  watch: 'live',
  change: 'changes',
  changes: 'changes',
  activity: 'changes',
}

/** Words between the others that no name is looked for by. */
const BETWEEN = new Set(['of', 'the', 'for', 'to', 'from', 'open', 'go', 'thing', 'things', 'device'])

/**
 * `shadow of pump-3` → `pump-3`, its shadow; `3 pump` → both words, in any order. A word that is alone is part of a name,
 * whatever it is: there may be a thing named `live`.
 */
export function readThingRequest(text: string): ThingRequest {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const placeWord = words.find((word) => Object.hasOwn(PLACES, word))
  const names = words.filter((word) => word !== placeWord && !BETWEEN.has(word))
  if (words.length < 2 || names.length === 0) return { words, place: undefined }
  return { words: names, place: placeWord === undefined ? undefined : PLACES[placeWord] }
}

/** The word to ask AWS for: of the longest the fewest names have. */
export const askedWord = (words: readonly string[]): string =>
  words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')

export const hasWords = (thingName: string, words: readonly string[]): boolean =>
  words.every((word) => thingName.toLowerCase().includes(word))
