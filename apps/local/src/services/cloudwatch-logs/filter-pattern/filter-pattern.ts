import { takeJsonPattern } from './json-pattern.ts'
import type { Literal } from './literal.ts'
import { Scanner } from './scanner.ts'
import { takeSpacePattern } from './space-pattern.ts'
import { takeTermPattern } from './term-pattern.ts'

/** Whether a message is one that a pattern means. */
export interface MessageTest {
  (message: string): boolean
  readonly literal?: Literal
}

/**
 * Reads a filter pattern of CloudWatch Logs: terms, `{ … }` for messages of JSON, `[ … ]` for those of fields. The empty
 * pattern means every message. Regular expressions (`%…%`) take
 * time of the message's length, whatever they are.
 * @see Amazon CloudWatch Logs user guide, "Filter pattern syntax"
 * @throws {FilterPatternError}
 */
export function parseFilterPattern(pattern: string): MessageTest {
  const scanner = new Scanner(pattern)
  scanner.skipSpace()
  if (scanner.isAtEnd) return () => true
  if (scanner.take('{')) {
    const test = takeJsonPattern(scanner)
    expectEnd(scanner)
    const isMeant = (message: string) => {
      const document = parsed(message)
      return document !== undefined && test.holds(document)
    }
    return Object.assign(isMeant, { literal: test.literal })
  }
  if (scanner.take('[')) {
    const test = takeSpacePattern(scanner)
    expectEnd(scanner)
    return test
  }
  return takeTermPattern(scanner)
}

function expectEnd(scanner: Scanner): void {
  scanner.skipSpace()
  if (!scanner.isAtEnd) scanner.fail('Expected the end of the pattern')
}

/** Undefined for what is no JSON. */
function parsed(message: string): unknown {
  try {
    return JSON.parse(message)
  } catch {
    return undefined
  }
}
