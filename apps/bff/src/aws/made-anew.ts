import { Problem } from '../problem.ts'

/**
 * For who changes what they saw: of what was deleted and made anew, versions begin at 1 once more, and say nothing.
 * @param what 'pump-7', for the words
 * @param expected its id as it was seen; undefined: whichever is meant
 * @throws {Problem} MADE_ANEW
 */
export function ensureSame(what: string, id: string | undefined, expected: string | undefined): void {
  if (expected !== undefined && id !== expected)
    throw new Problem('MADE_ANEW', `${what} is another than the one that was seen: look at what is there now.`)
}
