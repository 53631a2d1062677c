import { validateTopicFilter } from '@thingdeck/topics'
import { escapePattern } from '../../../../shared/text/escape-pattern.ts'
import type { FilterProblem, FilterTerm } from '../../protocol/filter.ts'
import { type PathWithStars, readPath, unquote } from '../../protocol/read-path.ts'
import { sqlBegins } from '../../protocol/sql-in-filter.ts'
import { BytePattern, textTest } from '../pattern/byte-pattern.ts'
import type { ByteTest } from '../pattern/literal-bytes.ts'
import { PatternError, parsePattern } from '../pattern/pattern-syntax.ts'
import { type Comparison, readComparison } from './read-comparison.ts'
import { readSql, type SqlTerm } from './sql-term.ts'
import { readLast, readTimeRange } from './time-range.ts'

/** What one term asks of a message. Patterns are compiled: one of them may be used by one filter only. */
export type TermTest =
  | { readonly kind: 'pattern'; readonly pattern: ByteTest; readonly highlight: string }
  | { readonly kind: 'topic'; readonly filter: string }
  | { readonly kind: 'path'; readonly path: PathWithStars; readonly comparison?: Comparison }
  | { readonly kind: 'time'; readonly fromMs: number; readonly toMs: number }
  | { readonly kind: 'last'; readonly spanMs: number }
  | { readonly kind: 'sql'; readonly term: SqlTerm }

export interface ParsedTerm extends FilterTerm {
  readonly test: TermTest
}

/** A filter text read. With a problem, `terms` are those before it. */
export interface ParsedFilter {
  readonly terms: readonly ParsedTerm[]
  readonly problem?: FilterProblem
}

class FilterError extends Error {
  readonly from: number
  readonly to: number

  constructor(message: string, from: number, to: number) {
    super(message)
    this.from = from
    this.to = to
  }
}

/**
 * Reads a filter text: the languages are described at `FilterLanguage`. Never throws.
 * @param nowMs what `time:` without a date is relative to
 */
export function parseFilter(text: string, nowMs: number): ParsedFilter {
  const terms: ParsedTerm[] = []
  let offset = 0
  try {
    for (;;) {
      while (/\s/.test(text[offset] ?? '')) offset += 1
      if (offset >= text.length) return { terms }
      const term = readTerm(text, offset, nowMs)
      terms.push(term)
      offset = term.to
    }
  } catch (error) {
    if (!(error instanceof FilterError)) throw error
    return { terms, problem: { from: error.from, to: error.to, message: error.message } }
  }
}

function readTerm(text: string, from: number, nowMs: number): ParsedTerm {
  // `-5` is a number that someone looks for, `- a` a dash.
  const negated = text[from] === '-' && /[^\s\d.-]/.test(text[from + 1] ?? ' ')
  const start = negated ? from + 1 : from
  const rest = text.slice(start)
  const make = (language: FilterTerm['language'], length: number, test: TermTest): ParsedTerm => ({
    language,
    from,
    to: start + length,
    negated,
    test,
  })
  const fail = (message: string, at = 0, length = wordLength(rest)): never => {
    throw new FilterError(message, start + at, start + Math.max(length, at + 1))
  }

  const prefix = /^(topic|time|last):/.exec(rest)?.[1]
  if (prefix === 'topic') return readTopicTerm(rest, make, fail)
  if (prefix === 'time') {
    const word = rest.slice(5, wordLength(rest))
    const range = readTimeRange(word, nowMs)
    if (typeof range === 'string') return fail(range, 5)
    return make('time', 5 + word.length, { kind: 'time', ...range })
  }
  if (prefix === 'last') {
    const word = rest.slice(5, wordLength(rest))
    const spanMs = readLast(word)
    if (spanMs === undefined) return fail('Say how long: last:30s, last:5m, last:2h or last:1d.', 5)
    if (negated) return fail('What is older is time:..12:00, with the time up to which it is.')
    return make('time', 5 + word.length, { kind: 'last', spanMs })
  }
  const sqlAt = sqlBegins(rest)
  if (sqlAt !== undefined) {
    const term = readSql(rest.slice(sqlAt))
    if ('message' in term) return fail(term.message, sqlAt + term.from, sqlAt + term.to)
    return make('sql', rest.length, { kind: 'sql', term })
  }
  if (/^\$[.[]/.test(rest)) return readPathTerm(rest, make, fail)
  if (rest.startsWith('/')) return readRegex(rest, make, fail)
  const quoted = rest.startsWith('"')
  const end = quoted ? rest.indexOf('"', 1) : wordLength(rest)
  if (end < 0) return fail('The quotation mark at the end is missing.', 0, rest.length)
  const needle = quoted ? rest.slice(1, end) : rest.slice(0, end)
  if (needle === '') return fail('There is nothing between the quotation marks.', 0, 2)
  const pattern = textTest(needle, true)
  return make('text', quoted ? end + 1 : end, { kind: 'pattern', pattern, highlight: escapePattern(needle) })
}

/** `topic:dt/#`, or with a topic filter that has blanks `topic:"hall 2/#"`, in which `\\"` is a quotation mark. */
function readTopicTerm(rest: string, make: Make, fail: Fail): ParsedTerm {
  const start = 'topic:'.length
  const isQuoted = rest[start] === '"'
  const word = isQuoted
    ? (/^"(?:[^"\\]|\\.)*"/.exec(rest.slice(start))?.[0] ??
      fail('The quotation mark at the end is missing.', start, rest.length))
    : rest.slice(start, wordLength(rest))
  const filter = isQuoted ? unquote(word) : word
  if (filter === undefined)
    return fail('Between quotation marks \\ begins an escape: write \\\\ for one, \\" for a mark.', start)
  if (word === '') return fail('Write the topic filter right behind topic: without a blank, as in topic:dt/#.', 0)
  const end = start + word.length
  if (isQuoted && /\S/.test(rest[end] ?? ' ')) fail('There must be a blank behind the quotation mark.', end)
  const problem = validateTopicFilter(filter)
  if (problem) fail(`${problem.message}.`, start)
  return make('topic', end, { kind: 'topic', filter })
}

type Make = (language: FilterTerm['language'], length: number, test: TermTest) => ParsedTerm
type Fail = (message: string, at?: number, length?: number) => never

function readPathTerm(rest: string, make: Make, fail: Fail): ParsedTerm {
  const path = readPath(rest)
  if ('problem' in path) return fail(path.problem, path.at, path.at + 1)
  const comparison = readComparison(rest, path.length)
  if (comparison && 'problem' in comparison) return fail(comparison.problem, comparison.at, rest.length)
  if (!comparison) return make('path', path.length, { kind: 'path', path: path.path })
  return make('path', comparison.length, { kind: 'path', path: path.path, comparison: comparison.comparison })
}

/** `/` ends it where no `\` stands before it and no class is open. */
function readRegex(rest: string, make: Make, fail: Fail): ParsedTerm {
  let end = 1
  for (let inClass = false; end < rest.length && (inClass || rest[end] !== '/'); end++) {
    if (rest[end] === '\\') end += 1
    else if (rest[end] === '[') inClass = true
    else if (rest[end] === ']') inClass = false
  }
  if (end >= rest.length) return fail('The / that ends the regular expression is missing.', 0, rest.length)
  const flags = /^\S*/.exec(rest.slice(end + 1))?.[0] ?? ''
  const unknown = /[^imsu]/.exec(flags)
  if (unknown) {
    fail(`${unknown[0]} is no flag; i, m, s and u are. To look for the text, put it in quotation marks.`, end + 1)
  }
  const source = rest.slice(1, end)
  if (source === '') return fail('There is nothing between the slashes.', 0, 2)
  try {
    const syntax = parsePattern(source, {
      ignoreCase: flags.includes('i'),
      multiline: flags.includes('m'),
      dotAll: flags.includes('s'),
    })
    const test: TermTest = { kind: 'pattern', pattern: new BytePattern(syntax), highlight: source }
    return make('regex', end + 1 + flags.length, test)
  } catch (error) {
    if (error instanceof PatternError) return fail(error.message, 1 + error.offset, end)
    throw error
  }
}

const wordLength = (text: string) => /^\S*/.exec(text)?.[0].length ?? 0
