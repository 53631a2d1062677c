import {
  ANY,
  type CodePoints,
  complementOf,
  DIGITS,
  foldCase,
  LINE_ENDS,
  SPACE,
  unicodeProperty,
  unionOf,
  WORD,
} from './code-points.ts'

/** What a pattern says. Groups do not capture and repetitions are neither greedy nor lazy: only whether it matches counts. */
export type PatternNode =
  | { readonly kind: 'set'; readonly set: CodePoints }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  /** `max` may be Infinity. */
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: 'assertion'; readonly assertion: Assertion }

export type Assertion = 'text-start' | 'line-start' | 'text-end' | 'line-end' | 'boundary' | 'no-boundary'

export interface PatternFlags {
  readonly ignoreCase: boolean
  /** `^` and `$` at the lines' ends too. */
  readonly multiline: boolean
  /** `.` takes in line ends. */
  readonly dotAll: boolean
}

/** `offset` into the pattern, in UTF-16 code units. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly offset: number

  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

const MAX_REPEAT = 1_000
const MAX_DEPTH = 100
const CONTROLS = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['v', 0x0b],
  ['f', 0x0c],
  ['r', 0x0d],
  ['0', 0x00],
])

/** What is found word for word. */
export function literalPattern(text: string, ignoreCase: boolean): PatternNode {
  const parts = Array.from(text, (character): PatternNode => {
    const point = character.codePointAt(0) ?? 0
    const set: CodePoints = [[point, point]]
    return { kind: 'set', set: ignoreCase ? foldCase(set) : set }
  })
  return { kind: 'sequence', parts }
}

/**
 * Parses ECMAScript's regular expressions, read as with flag `u` but for `{`, `}` and `]`, which may stand for
 * themselves. Left out is what cannot be matched in linear time: back references, and looking ahead and behind.
 * @throws {PatternError}
 */
export function parsePattern(source: string, flags: PatternFlags): PatternNode {
  return new Parser(source, flags).pattern()
}

class Parser {
  readonly #source: string
  readonly #flags: PatternFlags
  #offset = 0
  #depth = 0

  constructor(source: string, flags: PatternFlags) {
    this.#source = source
    this.#flags = flags
  }

  pattern(): PatternNode {
    const node = this.#choice()
    if (this.#offset < this.#source.length) throw new PatternError('This ) closes no group.', this.#offset)
    return node
  }

  #choice(): PatternNode {
    const options = [this.#sequence()]
    while (this.#take('|')) options.push(this.#sequence())
    return options.length === 1 && options[0] ? options[0] : { kind: 'choice', options }
  }

  #sequence(): PatternNode {
    const parts: PatternNode[] = []
    while (this.#offset < this.#source.length && !this.#sees('|') && !this.#sees(')')) parts.push(this.#repeated())
    return { kind: 'sequence', parts }
  }

  #repeated(): PatternNode {
    const part = this.#atom()
    const start = this.#offset
    const bounds = this.#quantifier()
    if (!bounds) return part
    if (part.kind === 'assertion') throw new PatternError('There is nothing before it to repeat.', start)
    this.#take('?') // lazy: the same for whether it matches
    const again = this.#offset
    if (this.#quantifier())
      throw new PatternError('What is repeated already needs a group to be repeated again.', again)
    return { kind: 'repeat', part, ...bounds }
  }

  #quantifier(): { min: number; max: number } | undefined {
    if (this.#take('*')) return { min: 0, max: Number.POSITIVE_INFINITY }
    if (this.#take('+')) return { min: 1, max: Number.POSITIVE_INFINITY }
    if (this.#take('?')) return { min: 0, max: 1 }
    const braces = /^\{(\d+)(,(\d*))?\}/.exec(this.#source.slice(this.#offset))
    if (!braces) return undefined
    const [whole, from = '', rest, to] = braces
    const min = Number(from)
    const max = rest === undefined ? min : to === '' ? Number.POSITIVE_INFINITY : Number(to)
    if (min > MAX_REPEAT || (max > MAX_REPEAT && Number.isFinite(max))) {
      throw new PatternError(`At most ${MAX_REPEAT} repetitions can be counted.`, this.#offset)
    }
    if (max < min) throw new PatternError('The numbers are in the wrong order.', this.#offset)
    this.#offset += whole.length
    return { min, max }
  }

  #atom(): PatternNode {
    const start = this.#offset
    const character = this.#character()
    const { multiline, dotAll } = this.#flags
    switch (character) {
      case '(':
        return this.#group(start)
      case '[':
        return { kind: 'set', set: this.#class(start) }
      case '.':
        return { kind: 'set', set: dotAll ? ANY : complementOf(LINE_ENDS) }
      case '^':
        return { kind: 'assertion', assertion: multiline ? 'line-start' : 'text-start' }
      case '$':
        return { kind: 'assertion', assertion: multiline ? 'line-end' : 'text-end' }
      case '*':
      case '+':
      case '?':
        throw new PatternError('There is nothing before it to repeat.', start)
      case '\\':
        if (this.#take('b')) return { kind: 'assertion', assertion: 'boundary' }
        if (this.#take('B')) return { kind: 'assertion', assertion: 'no-boundary' }
        return { kind: 'set', set: this.#folded(this.#escape(start, false)) }
      default:
        return { kind: 'set', set: this.#folded(only(character)) }
    }
  }

  #group(start: number): PatternNode {
    if (this.#take('?')) {
      const isNamed = /^<[\p{L}_$][\p{L}\p{N}_$]*>/u.exec(this.#source.slice(this.#offset))
      if (isNamed) this.#offset += isNamed[0].length
      else if (!this.#take(':')) {
        throw new PatternError('Only (…), (?:…) and (?<name>…) are known; looking ahead or behind is not.', start)
      }
    }
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new PatternError('The groups are nested too deep.', start)
    const node = this.#choice()
    this.#depth -= 1
    if (!this.#take(')')) throw new PatternError('This group is not closed.', start)
    return node
  }

  #class(start: number): CodePoints {
    const negated = this.#take('^')
    const sets: CodePoints[] = []
    while (!this.#take(']')) {
      if (this.#offset >= this.#source.length) throw new PatternError('This class is not closed.', start)
      sets.push(this.#classItem())
    }
    const set = this.#folded(unionOf(...sets))
    return negated ? complementOf(set) : set
  }

  #classItem(): CodePoints {
    const start = this.#offset
    const from = this.#classAtom()
    const before = this.#offset
    if (!this.#take('-') || this.#sees(']') || this.#offset >= this.#source.length) {
      this.#offset = before
      return from
    }
    const to = this.#classAtom()
    const first = from[0]?.[0] ?? 0
    const last = to[0]?.[1] ?? 0
    if (!isOne(from) || !isOne(to)) throw new PatternError('A range needs a character at each end.', start)
    if (last < first) throw new PatternError('This range is in the wrong order.', start)
    return [[first, last]]
  }

  #classAtom(): CodePoints {
    const start = this.#offset
    const character = this.#character()
    return character === '\\' ? this.#escape(start, true) : only(character)
  }

  #escape(start: number, inClass: boolean): CodePoints {
    const letter = this.#character()
    switch (letter) {
      case '':
        throw new PatternError('The \\ at the end escapes nothing.', start)
      case 'd':
        return DIGITS
      case 'D':
        return complementOf(DIGITS)
      case 'w':
        return WORD
      case 'W':
        return complementOf(WORD)
      case 's':
        return SPACE
      case 'S':
        return complementOf(SPACE)
      case 'p':
      case 'P':
        return this.#property(start)
      case 'x':
        return this.#hex(start, /^[0-9a-f]{2}/i)
      case 'u':
        return this.#hex(start, /^(?:[0-9a-f]{4}|\{[0-9a-f]{1,6}\})/i)
      default: {
        const control = inClass && letter === 'b' ? 0x08 : CONTROLS.get(letter)
        if (control !== undefined) return [[control, control]]
        if (/[1-9k]/.test(letter)) throw new PatternError('Back references are not known here.', start)
        if (/[A-Za-z]/.test(letter)) throw new PatternError(`\\${letter} means nothing.`, start)
        return only(letter)
      }
    }
  }

  #property(start: number): CodePoints {
    const name = /^\{[\w=]+\}/.exec(this.#source.slice(this.#offset))?.[0]
    if (name === undefined) throw new PatternError('A Unicode property is written as \\p{L}.', start)
    this.#offset += name.length
    try {
      return unicodeProperty(this.#source.slice(start, this.#offset))
    } catch {
      throw new PatternError(`There is no Unicode property ${name}.`, start)
    }
  }

  #hex(start: number, form: RegExp): CodePoints {
    const digits = form.exec(this.#source.slice(this.#offset))?.[0]
    const point = digits === undefined ? Number.NaN : Number.parseInt(digits.replace('{', ''), 16)
    if (!(point <= 0x10ffff)) throw new PatternError('Hexadecimal digits of a character are missing.', start)
    this.#offset += digits?.length ?? 0
    return [[point, point]]
  }

  #folded(set: CodePoints): CodePoints {
    return this.#flags.ignoreCase ? foldCase(set) : set
  }

  #sees(character: string): boolean {
    return this.#source[this.#offset] === character
  }

  #take(character: string): boolean {
    if (!this.#sees(character)) return false
    this.#offset += 1
    return true
  }

  /** The next code point; empty at the end. */
  #character(): string {
    const point = this.#source.codePointAt(this.#offset)
    const character = point === undefined ? '' : String.fromCodePoint(point)
    this.#offset += character.length
    return character
  }
}

const only = (character: string): CodePoints => {
  const point = character.codePointAt(0) ?? 0
  return [[point, point]]
}

const isOne = (set: CodePoints) => set.length === 1 && set[0]?.[0] === set[0]?.[1]
