/** A part of a word with wildcards: a character in lower case, `*` (any run) or `?` (any one character). */
export type GlobPart =
  | { readonly type: 'character'; readonly character: string }
  | { readonly type: 'run' }
  | { readonly type: 'one' }

export type Glob = readonly GlobPart[]

/**
 * Whether a glob matches a whole text. Goes back only to the last run, so that the time is at most the product of both
 * lengths whatever the glob.
 */
export function globMatches(glob: Glob, text: string): boolean {
  const characters = [...text]
  let at = 0
  let part = 0
  let runPart = -1
  let runAt = 0
  while (at < characters.length) {
    const wanted = glob[part]
    if (wanted?.type === 'run') {
      runPart = part
      runAt = at
      part += 1
    } else if (wanted?.type === 'one' || (wanted && wanted.character === characters[at])) {
      at += 1
      part += 1
    } else if (runPart >= 0) {
      runAt += 1
      at = runAt
      part = runPart + 1
    } else {
      return false
    }
  }
  return glob.slice(part).every(({ type }) => type === 'run')
}

/** The characters before the first wildcard, and whether that is all. */
export function literalPrefix(glob: Glob): { readonly text: string; readonly isWhole: boolean } {
  let text = ''
  for (const part of glob) {
    if (part.type !== 'character') return { text, isWhole: false }
    text += part.character
  }
  return { text, isWhole: true }
}
