import { CAST_TYPES } from './cast.ts'
import { FUNCTIONS } from './functions/index.ts'
import { FUNCTION_REFERENCES } from './functions/reference.ts'
import { type Token, tokenize } from './lexer.ts'
import { expectedAtEnd } from './parse.ts'
import { DEFAULT_SQL_VERSION, type SqlVersion } from './sql-version.ts'
import { RESERVED_WORDS } from './syntax.ts'
import type { Expectation } from './token-cursor.ts'
import { getMember, isObject, membersOf, typeOf, type Value } from './value.ts'

/** What may be written at a place. */
export interface Completions {
  /** From where the word begins that is replaced, up to the place itself. */
  readonly from: number
  readonly options: readonly Completion[]
}

export interface Completion {
  readonly label: string
  readonly kind: 'keyword' | 'operator' | 'function' | 'field' | 'variable' | 'type' | 'topic filter'
  /** Of a field its type in the sample, of a function its parameters. */
  readonly detail?: string
  /** Of a function what it gives, in a sentence. */
  readonly info?: string
}

export interface CompletionContext {
  readonly sqlVersion: SqlVersion
  /** A payload as the rule will get them: its members are offered. */
  readonly sample?: Value
  /** For FROM. */
  readonly topicFilters?: readonly string[]
}

/** What may be written at an offset of a text; nothing where what is before it is wrong. */
export function completeSql(text: string, offset: number, context: CompletionContext): Completions {
  const before = text.slice(0, offset)
  const tokens = tokenize(before).slice(0, -1)
  const from = startOfWord(tokens.at(-1), offset)
  const typed = before.slice(from).toLowerCase()
  const whole = tokens.filter(({ to }) => to <= from)
  const options = expectedAtEnd(before.slice(0, from)).flatMap((expectation) =>
    completionsFor(expectation, whole, context),
  )
  const unique = new Map(options.map((option) => [option.label, option]))
  return { from, options: [...unique.values()].filter(({ label }) => label.toLowerCase().startsWith(typed)) }
}

/** Of the word, variable or topic filter that is being written; the offset itself where none is. */
function startOfWord(last: Token | undefined, offset: number): number {
  if (last?.to !== offset) return offset
  const isOpen = last.kind === 'fault' && (last.text.startsWith("'") || last.text === '@')
  return isOpen || last.kind === 'word' || last.kind === 'variable' ? last.from : offset
}

function completionsFor(
  expectation: Expectation,
  before: readonly Token[],
  { sqlVersion, sample, topicFilters = [] }: CompletionContext,
): readonly Completion[] {
  switch (expectation.kind) {
    case 'keyword':
      return [{ label: expectation.text, kind: 'keyword' }]
    case 'operator':
      return [{ label: expectation.text, kind: 'operator' }]
    case 'expression':
      return [
        ...fieldsOf(sample).map(readWhereExpressionsBegin),
        ...variablesIn(before).map((name): Completion => ({ label: `@${name}`, kind: 'variable' })),
        ...functionsOf(sqlVersion),
        ...['*', 'CASE', 'TRUE', 'FALSE', 'NULL'].map((label): Completion => ({ label, kind: 'keyword' })),
      ]
    case 'member':
      return fieldsOf(memberBefore(before, sample))
    case 'type':
      return Array.from(CAST_TYPES.keys(), (label) => ({ label, kind: 'type' }))
    case 'topic filter':
      return topicFilters.map((filter) => ({ label: `'${filter}'`, kind: 'topic filter' }))
    default:
      return []
  }
}

/** Members that can be written as a name; others are read by get(). */
function fieldsOf(value: Value): readonly Completion[] {
  if (!isObject(value)) return []
  return Array.from(membersOf(value))
    .filter(([key]) => /^[A-Za-z_]\w*$/.test(key))
    .map(([key, member]) => ({ label: key, kind: 'field', detail: typeOf(member) }))
}

/** A word of the language is a name behind a point alone. */
const readWhereExpressionsBegin = (field: Completion): Completion =>
  RESERVED_WORDS.has(field.label.toUpperCase()) ? { ...field, label: `get(*, '${field.label}')` } : field

/** One for each name, whatever forms it has; those that the version does not have are left out. */
function functionsOf(sqlVersion: SqlVersion): readonly Completion[] {
  const later = new Set(FUNCTIONS.filter(({ since }) => since !== undefined).map(({ name }) => name))
  return Array.from(Map.groupBy(FUNCTION_REFERENCES, ({ name }) => name))
    .filter(([name]) => sqlVersion !== DEFAULT_SQL_VERSION || !later.has(name.toLowerCase()))
    .map(([label, forms]) => ({
      label,
      kind: 'function',
      detail: forms.map(({ parameters }) => parameters).join(' or '),
      info: forms.map(({ summary }) => summary).join(' '),
    }))
}

/** Names that SET has given before. */
function variablesIn(tokens: readonly Token[]): readonly string[] {
  return tokens.flatMap(({ kind, text }, index) => {
    const [before, after] = [tokens[index - 1], tokens[index + 1]]
    const isSet = after?.text === '=' && (before?.text === ',' || before?.text.toUpperCase() === 'SET')
    return kind === 'variable' && isSet ? [text] : []
  })
}

/** The value of the path that the last point stands behind; Undefined where it is more than a path. */
function memberBefore(tokens: readonly Token[], sample: Value): Value {
  const names: string[] = []
  let index = tokens.length - 2
  for (; index >= 0; index -= 2) {
    const token = tokens[index]
    if (token?.text === '*' && token.kind === 'symbol') break
    if (token?.kind !== 'word') return undefined
    names.unshift(token.text)
    if (tokens[index - 1]?.text !== '.') break
  }
  return names.reduce<Value>(getMember, sample)
}
