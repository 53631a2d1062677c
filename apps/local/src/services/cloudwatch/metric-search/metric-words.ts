import type { Dimension } from '../dimensions.ts'

/** A metric as a search looks at it. */
export interface SearchedMetric {
  readonly namespace: string
  readonly name: string
  readonly dimensions: readonly Dimension[]
}

/** Runs of capitals, words, digits. */
const PARTS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\sA-Za-z0-9\p{P}\p{S}]+/gu

/**
 * The parts of a name, as they begin with capitals and digits, or stand between other characters:
 * `Project2-trial333` → Project, 2, trial, 333.
 * @see Amazon CloudWatch User Guide, "CloudWatch search expressions: Tokenization"
 */
export function partsOf(name: string): readonly string[] {
  return name.match(PARTS) ?? []
}

/**
 * Whether a word that is searched is found in a name: a single part whatever its capitals, or several that follow each
 * other as they are. So is the whole name.
 * @see Amazon CloudWatch User Guide, "CloudWatch search expressions: Partial matches"
 */
export function isWordIn(word: string, name: string): boolean {
  const searched = partsOf(word)
  if (searched.length === 0) return name.includes(word)
  const parts = partsOf(name)
  if (parts.join('').toLowerCase() === word.toLowerCase()) return true
  const [first, ...others] = searched
  if (others.length === 0) return parts.some((part) => part.toLowerCase() === first?.toLowerCase())
  const composite = `\0${searched.map((part) => part.toLowerCase()).join('\0')}\0`
  return `\0${parts.map((part) => part.toLowerCase()).join('\0')}\0`.includes(composite)
}
