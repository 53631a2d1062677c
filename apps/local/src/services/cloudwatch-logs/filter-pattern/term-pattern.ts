import type { Scanner } from './scanner.ts'

/**
 * Words of a message: all that bear no mark must be in it, with `-` none, of those with `?` one is enough where all of
 * the pattern's words bear it; beside other words they say nothing. Upper and lower case differ.
 * @throws {FilterPatternError}
 */
export function takeTermPattern(scanner: Scanner): (message: string) => boolean {
  const terms = { '': [] as string[], '-': [] as string[], '?': [] as string[] }
  for (scanner.skipSpace(); !scanner.isAtEnd; scanner.skipSpace()) {
    const mark = scanner.take('-') ? '-' : scanner.take('?') ? '?' : ''
    terms[mark].push(takeTerm(scanner))
  }
  const { '': needed, '-': excluded, '?': optional } = terms
  const isAnyEnough = needed.length === 0 && excluded.length === 0 && optional.length > 0
  return (message) =>
    isAnyEnough
      ? optional.some((term) => message.includes(term))
      : needed.every((term) => message.includes(term)) && !excluded.some((term) => message.includes(term))
}

function takeTerm(scanner: Scanner): string {
  if (scanner.peek() === '%') scanner.fail('Regular expressions are not supported here')
  if (scanner.peek() === '"') return scanner.takeQuoted()
  const term = scanner.takeWhile(/[\p{L}\p{N}_]/u)
  if (!scanner.isAtEnd && !/\s/.test(scanner.peek())) {
    scanner.fail(`Invalid character(s) in term '${term}${scanner.takeWhile(/\S/)}': put it in quotes`)
  }
  if (term === '') scanner.fail('Expected a term')
  return term
}
