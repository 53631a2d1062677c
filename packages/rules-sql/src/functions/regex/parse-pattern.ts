import {
  atEnd,
  atEndOrBeforeLastTerminator,
  atLineEnd,
  atLineStart,
  atStart,
  atWordBoundary,
  not,
} from './assertions.ts'
import { anyOf, negation, range, union } from './character-set.ts'
import { EVERYTHING, LINE_FEED, LINE_TERMINATORS, SHORTHANDS } from './named-sets.ts'
import { parseClass, withCases } from './parse-class.ts'
import { parseEscape, setOf } from './parse-escape.ts'
import { atomicGroup, parseQuantifier } from './parse-quantifier.ts'
import { type Assertion, maxLength, type PatternNode } from './pattern-node.ts'
import { type Flags, PatternReader } from './pattern-reader.ts'

/** Groups in groups in groups. */
const MAX_DEPTH = 200

export interface Pattern {
  readonly root: PatternNode
  /** Without group 0, which is the match itself. */
  readonly groupCount: number
  readonly groupNames: ReadonlyMap<string, number>
  /** Groups whose text is not kept, since they stand in a lookahead or a lookbehind. */
  readonly unkeptGroups: ReadonlySet<number>
}

/**
 * Reads a regular expression as java.util.regex.Pattern does (JDK 11), as far as it can be searched for in linear time.
 *
 * @throws {RegexError} `INVALID` where Java refuses it too; `UNSUPPORTED` for what is Java's alone: back references,
 * atomic groups and possessive quantifiers of more than single characters, `\G`, `\X`, Unicode blocks.
 */
export function parsePattern(text: string): Pattern {
  const parser = new Parser(text)
  const root = parser.alternatives(0)
  if (!parser.reader.isAtEnd) throw parser.reader.invalid('This ) closes no group')
  return { root, groupCount: parser.groupCount, groupNames: parser.groupNames, unkeptGroups: parser.unkeptGroups }
}

class Parser {
  readonly reader: PatternReader
  groupCount = 0
  readonly groupNames = new Map<string, number>()
  readonly unkeptGroups = new Set<number>()
  #lookaroundDepth = 0

  constructor(text: string) {
    this.reader = new PatternReader(text)
  }

  alternatives(depth: number): PatternNode {
    if (depth > MAX_DEPTH) throw this.reader.invalid('Too many groups in one another')
    const options = [this.#sequence(depth)]
    while (this.reader.take('|')) options.push(this.#sequence(depth))
    return options.length === 1 && options[0] ? options[0] : { kind: 'alternatives', options }
  }

  #sequence(depth: number): PatternNode {
    const items: PatternNode[] = []
    while (!this.reader.isAtEnd && !this.#isAnyOf('|)')) {
      const atom = this.#atom(depth)
      if (atom !== undefined) items.push(parseQuantifier(this.reader, atom))
    }
    return items.length === 1 && items[0] ? items[0] : { kind: 'sequence', items }
  }

  #isAnyOf(characters: string): boolean {
    const next = this.reader.peek()
    return next !== '' && characters.includes(next)
  }

  /** Undefined where there is nothing that a quantifier could follow: `(?i)`. */
  #atom(depth: number): PatternNode | undefined {
    const { reader } = this
    const { flags } = reader
    const start = reader.index
    if (reader.take('(')) return this.#group(depth, start)
    if (reader.take('[')) return { kind: 'character', set: parseClass(reader) }
    if (reader.take('.')) return { kind: 'character', set: dot(flags) }
    if (reader.take('^')) return assertion(flags.m ? atLineStart(flags.d) : atStart)
    if (reader.take('$')) return assertion(flags.m ? atLineEnd(flags.d) : atEndOrBeforeLastTerminator(flags.d))
    if (this.#isAnyOf('*+?')) throw reader.invalid(`There is nothing before ${reader.peek()} that it could repeat`)
    if (reader.peek() === '{') throw reader.invalid('There is nothing before { that it could repeat; write \\{')
    if (reader.take('\\')) return this.#escape()
    return this.#literal(reader.next())
  }

  #literal(codePoint: number): PatternNode {
    return { kind: 'character', set: withCases(this.reader, setOf({ codePoint })) }
  }

  #escape(): PatternNode {
    const { reader } = this
    const start = reader.index - 1
    switch (reader.text[reader.index]) {
      case 'b':
        reader.index += 1
        return assertion(atWordBoundary)
      case 'B':
        reader.index += 1
        return assertion(not(atWordBoundary))
      case 'A':
        reader.index += 1
        return assertion(atStart)
      case 'z':
        reader.index += 1
        return assertion(atEnd)
      case 'Z':
        reader.index += 1
        return assertion(atEndOrBeforeLastTerminator(reader.flags.d))
      case 'R':
        reader.index += 1
        return anyLineEnd()
      case 'G':
      case 'X':
        throw reader.unsupported(`\\${reader.text[reader.index]} cannot be searched for here`, start)
    }
    if (/[1-9k]/.test(reader.text[reader.index] ?? ''))
      throw reader.unsupported('Back references cannot be searched for in linear time', start)
    const item = parseEscape(reader)
    return { kind: 'character', set: withCases(reader, setOf(item)) }
  }

  #group(depth: number, start: number): PatternNode | undefined {
    const { reader } = this
    if (!reader.take('?')) return this.#capture(depth, start)
    if (reader.take(':')) return this.#closed(depth, start)
    if (reader.take('=')) return this.#lookaround(depth, start, 'ahead', false)
    if (reader.take('!')) return this.#lookaround(depth, start, 'ahead', true)
    if (reader.take('<=')) return this.#lookaround(depth, start, 'behind', false)
    if (reader.take('<!')) return this.#lookaround(depth, start, 'behind', true)
    if (reader.take('>')) {
      const atomic = atomicGroup(this.#closed(depth, start))
      if (atomic) return atomic
      throw reader.unsupported(
        'An atomic group can hold what matches in one way only, or one character repeated',
        start,
      )
    }
    if (reader.take('<')) {
      const name = reader.takeMatch(/[A-Za-z][A-Za-z0-9]*(?=>)/y)
      if (name === undefined || !reader.take('>'))
        throw reader.invalid('Expected the name of a group: (?<name>…)', start)
      if (this.groupNames.has(name)) throw reader.invalid(`Two groups are named ${name}`, start)
      this.groupNames.set(name, this.groupCount + 1)
      return this.#capture(depth, start)
    }
    return this.#flags(depth, start)
  }

  #capture(depth: number, start: number): PatternNode {
    this.groupCount += 1
    const group = this.groupCount
    if (this.#lookaroundDepth > 0) this.unkeptGroups.add(group)
    return { kind: 'group', group, body: this.#closed(depth, start) }
  }

  /** What a group holds, to its `)`. Flags that are set in it end with it. */
  #closed(depth: number, start: number): PatternNode {
    const { flags } = this.reader
    const body = this.alternatives(depth + 1)
    if (!this.reader.take(')')) throw this.reader.invalid('A group is not closed: ) is missing', start)
    this.reader.flags = flags
    return body
  }

  #lookaround(depth: number, start: number, direction: 'ahead' | 'behind', isNegative: boolean): PatternNode {
    this.#lookaroundDepth += 1
    const body = this.#closed(depth, start)
    this.#lookaroundDepth -= 1
    if (direction === 'behind' && maxLength(body) === Number.POSITIVE_INFINITY)
      throw this.reader.invalid('What a lookbehind looks for must have a greatest length', start)
    return { kind: 'lookaround', body, direction, isNegative }
  }

  /** `(?i)`, which holds to the end of the group that it stands in, and `(?i:…)`. */
  #flags(depth: number, start: number): PatternNode | undefined {
    const { reader } = this
    const outer = reader.flags
    const text = reader.takeMatch(/[idmsux]*(?:-[idmsux]*)?(?=[:)])/y)
    if (text === undefined) {
      if (/^[a-zA-Z-]*U/.test(reader.text.slice(reader.index)))
        throw reader.unsupported('(?U) cannot be had here; name sets as \\p{L}', start)
      throw reader.invalid('Expected one of (?: (?= (?! (?<= (?<! (?<name> or flags (?idmsux-idmsux)', start)
    }
    const [on = '', off = ''] = text.split('-')
    const inner = { ...outer }
    for (const flag of on) inner[flag as keyof Flags] = true // one of the six, by the expression above
    for (const flag of off) inner[flag as keyof Flags] = false
    reader.flags = inner
    if (reader.take(')')) return undefined
    reader.take(':')
    const body = this.#closed(depth, start)
    reader.flags = outer
    return body
  }
}

function assertion(holds: Assertion): PatternNode {
  return { kind: 'assertion', holds }
}

function dot(flags: Flags) {
  if (flags.s) return EVERYTHING
  return negation(flags.d ? LINE_FEED : LINE_TERMINATORS)
}

function anyLineEnd(): PatternNode {
  const two: PatternNode[] = ['\r', '\n'].map((each) => ({ kind: 'character', set: anyOf(each) }))
  const one = union([SHORTHANDS.get('v') ?? LINE_TERMINATORS, range(0x0a, 0x0d)])
  return {
    kind: 'alternatives',
    options: [
      { kind: 'sequence', items: two },
      { kind: 'character', set: one },
    ],
  }
}
