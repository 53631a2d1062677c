import { parseRegex } from './regular-expression.ts'
import type { Scanner } from './scanner.ts'

type TermTest = (message: string) => boolean

/**
 * Words, and regular expressions between `%`, of a message: all that bear no mark must be in it, with `-` none, of those with `?` one is enough where all of
 * the pattern's words bear it; beside other words they say nothing. Upper and lower case differ.
 * @throws {FilterPatternError}
 */
export function takeTermPattern(scanner: Scanner): (message: string) => boolean {
  const terms = { '': [] as TermTest[], '-': [] as TermTest[], '?': [] as TermTest[] }
  for (scanner.skipSpace(); !scanner.isAtEnd; scanner.skipSpace()) {
    const mark = scanner.take('-') ? '-' : scanner.take('?') ? '?' : ''
    terms[mark].push(takeTerm(scanner))
  }
  const { '': needed, '-': excluded, '?': optional } = terms
  const isAnyEnough = needed.length === 0 && excluded.length === 0 && optional.length > 0
  return (message) =>
    isAnyEnough
      ? optional.some((isIn) => isIn(message))
      : needed.every((isIn) => isIn(message)) && !excluded.some((isIn) => isIn(message))
}

function takeTerm(scanner: Scanner): TermTest {
  if (scanner.peek() === '%') {
    const { source, position } = scanner.takeRegexSource()
    return parseRegex(source, position)
  }
  const term = scanner.peek() === '"' ? scanner.takeQuoted() : takePlainTerm(scanner)
  return (message) => message.includes(term)
}

function takePlainTerm(scanner: Scanner): string {
  const term = scanner.takeWhile(/[\p{L}\p{N}_]/u)
  if (!scanner.isAtEnd && !/\s/.test(scanner.peek())) {
    scanner.fail(`Invalid character(s) in term '${term}${scanner.takeWhile(/\S/)}': put it in quotes`)
  }
  if (term === '') scanner.fail('Expected a term')
  return term
}
