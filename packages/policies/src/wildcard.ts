/**
 * A pattern in which `*` stands for any run of characters and `?` for one, made ready for matching: UTF-16 code units,
 * {@link ONE} and {@link ANY}.
 */
export type Wildcard = readonly number[]

/** `?`: one character, which may take two code units. */
export const ONE = -1
/** `*`: any number of characters. */
export const ANY = -2

/** The pattern that matches `text` and nothing else. */
export function literalWildcard(text: string): Wildcard {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}

/** The pattern as written, with `*` and `?`. */
export function parseWildcard(text: string): Wildcard {
  return Array.from({ length: text.length }, (_, index) =>
    text[index] === '*' ? ANY : text[index] === '?' ? ONE : text.charCodeAt(index),
  )
}

/**
 * Whether the pattern matches all of `text`. Two positions walk forward; after a mismatch only the last `*` seen takes
 * one character more, because whatever an earlier one could do differently, the last can do as well. So the time is at
 * most the product of both lengths, and no pattern makes it worse:
 *
 *     a*b*c  on  aXbYbZc      * takes X; * takes Y, meets b, not c; takes Yb, meets Z; takes YbZ, meets c
 */
export function matchesWildcard(pattern: Wildcard, text: string): boolean {
  let at = 0
  let from = 0 // in the text, both
  let starEnd = -1 // in the pattern, behind the last *
  let next = 0
  while (at < text.length) {
    const unit = next < pattern.length ? pattern[next] : undefined
    if (unit === ANY) {
      next++
      starEnd = next
      from = at
    } else if (unit === ONE) {
      next++
      at += widthAt(text, at)
    } else if (unit === text.charCodeAt(at)) {
      next++
      at++
    } else if (starEnd >= 0) {
      from += widthAt(text, from)
      at = from
      next = starEnd
    } else return false
  }
  while (next < pattern.length && pattern[next] === ANY) next++
  return next === pattern.length
}

function widthAt(text: string, index: number): 1 | 2 {
  const unit = text.charCodeAt(index)
  if (unit < 0xd800 || unit > 0xdbff) return 1
  const low = text.charCodeAt(index + 1)
  return low >= 0xdc00 && low <= 0xdfff ? 2 : 1
}
