/** `*` stands for every element or member. */
export type PathWithStars = readonly (string | number | typeof EVERY)[]
export const EVERY = Symbol('every element')

/** What is wrong, in a sentence, and where in the text, in UTF-16 code units. */
export type PathProblem = { readonly problem: string; readonly at: number }

/** Reads `$.a["b c"][0][*]` from the beginning of a text; `[-2]` is a key of CBOR, which may be any whole number. */
export function readPath(text: string): { readonly path: PathWithStars; readonly length: number } | PathProblem {
  const path: (string | number | typeof EVERY)[] = []
  let at = 1
  while (text[at] === '.' || text[at] === '[') {
    const rest = text.slice(at)
    const name = /^\.(?:([\p{L}\p{N}_$-]+)|(\*))/u.exec(rest)
    const index = /^\[(?:(-?\d+)|(\*)|("(?:[^"\\]|\\.)*"))\]/.exec(rest)
    const found = name ?? index
    if (!found) return { problem: 'A path goes on with .name, ["name"], [0] or [*].', at }
    if (name?.[1] !== undefined) path.push(name[1])
    else if (index?.[1] !== undefined) path.push(Number(index[1]))
    else if (index?.[3] !== undefined) {
      const key = unquote(index[3])
      if (key === undefined) return { problem: 'This name is no JSON text.', at }
      path.push(key)
    } else path.push(EVERY)
    at += found[0].length
  }
  return { path, length: at }
}

/** A text that is a path and nothing else: `$`, `$.a`, `$[0]["b c"]`. */
export function readWholePath(text: string): { readonly path: PathWithStars } | PathProblem {
  if (!text.startsWith('$')) return { problem: 'A path begins with $, as in $.a or $[0].', at: 0 }
  const read = readPath(text)
  if ('problem' in read || read.length === text.length) return read
  return { problem: 'A path goes on with .name, ["name"], [0] or [*].', at: read.length }
}

/** The text that a JSON string stands for; undefined when it is none. */
export function unquote(word: string): string | undefined {
  try {
    const value: unknown = JSON.parse(word)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
