import { unescaped } from './query-tokens.ts'

/** Characters that the query syntax has no place for in a value, though attributes may hold some of them. */
const UNSUPPORTED = /[`@#%\\/';,]/gu
/** Fleet indexing quotas: at most so many `?` a term. */
const MAX_SINGLE_WILDCARDS = 5
/** Words that are operators. */
const OPERATOR = /^(?:AND|OR|NOT|TO|&&|\|\|)$/u

const isUnsupported = (character: string): boolean => character.search(UNSUPPORTED) >= 0

/** The characters of a value that the syntax has no place for, each once: a query matches others in their stead. */
export const unsupportedIn = (value: string): readonly string[] => [...new Set(value.match(UNSUPPORTED))]

/**
 * A value in the syntax of queries. What has a meaning there is escaped; what has no place in it matches any character.
 * @param kind a part is looked for anywhere, unless it says with wildcards of its own where
 * @see AWS IoT developer guide, "Query syntax"
 */
export function formatValue(kind: 'whole' | 'beginning' | 'part', value: string): string {
  if (kind === 'whole') return whole(value)
  if (kind === 'beginning') return beginning(value)
  return /[*?]/u.test(value) ? pattern(value) : `*${word(value)}*`
}

/** The text as one word. */
function word(text: string): string {
  return text.replaceAll(/[^\w.-]|^-/g, (character) => (isUnsupported(character) ? '?' : `\\${character}`))
}

/** The text with its wildcards. */
const pattern = (text: string): string => text.replaceAll(/[^*?]+/gu, word)

function whole(text: string): string {
  const unsupported = text.match(UNSUPPORTED)?.length ?? 0
  if (unsupported > 0) {
    const isWord = unsupported <= MAX_SINGLE_WILDCARDS && !isUnsupported(text.charAt(0))
    return isWord ? word(text) : beginning(text)
  }
  // In quotation marks words such as AND are ordinary, and so are blanks.
  if (/^[\p{L}\p{N}_.][\p{L}\p{N}_.-]*$/u.test(text) && !OPERATOR.test(text)) return text
  return `"${text.replaceAll('"', '\\"')}"`
}

/** Values that begin with the text, or with as much of it as there are wildcards for; none can be in front. */
function beginning(text: string): string {
  if (text === '' || isUnsupported(text.charAt(0))) return '*'
  const parts = text.split(UNSUPPORTED)
  if (parts.length - 1 <= MAX_SINGLE_WILDCARDS) return `${word(text)}*`
  return `${parts
    .slice(0, MAX_SINGLE_WILDCARDS + 1)
    .map(word)
    .join('?')}*`
}

/** A word with wildcards as a person types it, without backslashes; undefined where one of its wildcards is escaped. */
export function patternOf(raw: string): string | undefined {
  return /\\[*?]/u.test(raw) ? undefined : unescaped(raw)
}
