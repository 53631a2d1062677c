/** `*` stands for every element or member. */
export type PathWithStars = readonly (string | number | typeof EVERY)[]
export const EVERY = Symbol('every element')

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<='

export interface Comparison {
  readonly operator: Operator
  readonly value:
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'string'; readonly text: string }
    | { readonly kind: 'literal'; readonly value: boolean | null }
}

type Problem = { readonly problem: string; readonly at: number }

/** Reads `$.a["b c"][0][*]` from the beginning of a text. */
export function readPath(text: string): { readonly path: PathWithStars; readonly length: number } | Problem {
  const path: (string | number | typeof EVERY)[] = []
  let at = 1
  while (text[at] === '.' || text[at] === '[') {
    const rest = text.slice(at)
    const name = /^\.(?:([\p{L}\p{N}_$-]+)|(\*))/u.exec(rest)
    const index = /^\[(?:(\d+)|(\*)|("(?:[^"\\]|\\.)*"))\]/.exec(rest)
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

/** Reads ` > 20`, `="on"` or nothing, from `at`. `length` counts from the beginning of the text. */
export function readComparison(
  text: string,
  at: number,
): { readonly comparison: Comparison; readonly length: number } | Problem | undefined {
  const sign = /^\s*(==?|!=|>=|<=|>|<)\s*/.exec(text.slice(at))
  if (!sign) {
    return /^\s|^$/.test(text.slice(at)) ? undefined : { problem: 'Expected =, !=, >, >=, < or <= after the path.', at }
  }
  const operator = (sign[1] === '==' ? '=' : sign[1]) as Operator
  const start = at + sign[0].length
  const word = /^(?:"(?:[^"\\]|\\.)*"|\S+)/.exec(text.slice(start))?.[0]
  if (word === undefined) return { problem: `Expected a value after ${operator}.`, at: start }
  const value = readValue(word)
  if (!value) return { problem: 'The quotation mark at the end is missing.', at: start }
  const isOrder = operator !== '=' && operator !== '!='
  if (isOrder && value.kind === 'literal') {
    return { problem: `${operator} compares numbers and texts; ${word} is neither.`, at: start }
  }
  return { comparison: { operator, value }, length: start + word.length }
}

/** A number, `true`, `false`, `null`, a text in quotation marks, or any other word as a text. */
function readValue(word: string): Comparison['value'] | undefined {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return { kind: 'number', text: word }
  if (word === 'true' || word === 'false') return { kind: 'literal', value: word === 'true' }
  if (word === 'null') return { kind: 'literal', value: null }
  if (!word.startsWith('"')) return { kind: 'string', text: word }
  const text = unquote(word)
  return text === undefined ? undefined : { kind: 'string', text }
}

function unquote(word: string): string | undefined {
  try {
    const value: unknown = JSON.parse(word)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
