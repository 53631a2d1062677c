import { type PathProblem, unquote } from '../../protocol/read-path.ts'

export type Operator = '=' | '!=' | '>' | '>=' | '<' | '<='

export interface Comparison {
  readonly operator: Operator
  readonly value:
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'string'; readonly text: string }
    | { readonly kind: 'literal'; readonly value: boolean | null }
}

/** Reads ` > 20`, `="on"` or nothing, from `at`. `length` counts from the beginning of the text. */
export function readComparison(
  text: string,
  at: number,
): { readonly comparison: Comparison; readonly length: number } | PathProblem | undefined {
  const sign = /^\s*(==?|!=|>=|<=|>|<)\s*/.exec(text.slice(at))
  if (!sign) {
    return /^\s|^$/.test(text.slice(at)) ? undefined : { problem: 'Expected =, !=, >, >=, < or <= after the path.', at }
  }
  const operator = (sign[1] === '==' ? '=' : sign[1]) as Operator // the pattern has no others
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
