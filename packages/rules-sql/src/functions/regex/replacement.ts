import type { Pattern } from './parse-pattern.ts'
import { RegexError } from './regex-error.ts'
import type { Captures } from './search.ts'

/** Text, or the number of a group. */
type Part = string | number

/** What replaces a match: text in which `$1` and `${name}` stand for what groups of the match hold. */
export class Replacement {
  readonly #parts: readonly Part[]

  private constructor(parts: readonly Part[]) {
    this.#parts = parts
  }

  /**
   * As java.util.regex.Matcher reads it: `\` takes the meaning from what follows; of `$12` the longest number that is a
   * group counts.
   * @throws {RegexError}
   */
  static parse(text: string, pattern: Pattern): Replacement {
    const parts: Part[] = []
    let index = 0
    for (;;) {
      const special = text.slice(index).search(/[\\$]/)
      if (special === -1) break
      if (special > 0) parts.push(text.slice(index, index + special))
      index += special
      if (text[index] === '\\') {
        if (index + 1 === text.length) throw new RegexError('INVALID', 'A \\ ends the replacement; write \\\\', index)
        parts.push(text.slice(index + 1, index + 2))
        index += 2
        continue
      }
      const [group, length] = groupAt(text, index, pattern)
      if (pattern.unkeptGroups.has(group))
        throw new RegexError('UNSUPPORTED', 'What a group in a lookahead or lookbehind holds is not kept', index)
      parts.push(group)
      index += length
    }
    if (index < text.length) parts.push(text.slice(index))
    return new Replacement(parts)
  }

  /** The groups that it names, at most. */
  get lastGroup(): number {
    return this.#parts.reduce<number>((last, part) => (typeof part === 'number' ? Math.max(last, part) : last), 0)
  }

  /** @throws {RegexError} `TOO_LARGE` where it makes more characters than `maxLength` */
  apply(text: string, captures: Captures, maxLength: number): string {
    let result = ''
    for (const part of this.#parts) {
      if (typeof part === 'string') result += part
      else if ((captures[2 * part] ?? -1) >= 0) result += text.slice(captures[2 * part], captures[2 * part + 1])
      if (result.length > maxLength) throw tooLong(maxLength)
    }
    return result
  }
}

export function tooLong(maxLength: number): RegexError {
  return new RegexError('TOO_LARGE', `The result has more than ${maxLength} characters`)
}

/** The group that is named at `index`, and how long its name is. */
function groupAt(text: string, index: number, { groupCount, groupNames }: Pattern): readonly [number, number] {
  const name = /^\$\{([A-Za-z][A-Za-z0-9]*)\}/.exec(text.slice(index, index + 200))
  if (name) {
    const group = groupNames.get(name[1] ?? '')
    if (group === undefined) throw new RegexError('INVALID', `No group is named ${name[1]}`, index)
    return [group, name[0].length]
  }
  const digits = /^\$(\d{1,6})/.exec(text.slice(index, index + 7))?.[1]
  if (digits === undefined)
    throw new RegexError('INVALID', 'A $ names a group: $1 or ${name}; a $ itself is written \\$', index)
  let length = 1
  if (Number(digits[0]) > groupCount) throw new RegexError('INVALID', `There is no group ${digits[0]}`, index)
  while (length < digits.length && Number(digits.slice(0, length + 1)) <= groupCount) length += 1
  return [Number(digits.slice(0, length)), length + 1]
}
