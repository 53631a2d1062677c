import { MathError } from '../metric-math/math-error.ts'
import { isWordIn, type SearchedMetric } from './metric-words.ts'

type Predicate = (metric: SearchedMetric) => boolean

/** What is compared: everything of a metric, or what a property names. */
type Texts = (metric: SearchedMetric) => readonly string[]

const MAX_LENGTH = 1_024
const MAX_DEPTH = 50

const TOKEN = /\s*(?:([{}(),=])|"((?:[^"\\]|\\.)*)"|([^\s{}(),="]+))/y

interface Token {
  readonly kind: 'mark' | 'exact' | 'word' | 'end'
  readonly text: string
}

/**
 * Reads `{AWS/IoT, Protocol} MetricName="Connect.Success" OR Ping`: a schema, words, properties, AND, OR, NOT.
 * @throws {MathError}
 * @see Amazon CloudWatch User Guide, "CloudWatch search expression syntax"
 */
export function parseSearch(text: string): Predicate {
  if (text.length > MAX_LENGTH) throw new MathError(`A search has at most ${MAX_LENGTH} characters`)
  return new SearchParser(scan(text)).whole()
}

function scan(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found) throw new MathError(`The search has a quote without its end at position ${at}`)
    const [whole, mark, exact, word] = found
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else if (exact !== undefined) tokens.push({ kind: 'exact', text: exact.replaceAll(/\\(.)/g, '$1') })
    else tokens.push({ kind: 'word', text: word ?? '' })
    at += whole.length
  }
  return [...tokens, { kind: 'end', text: '' }]
}

class SearchParser {
  readonly #tokens: readonly Token[]
  #index = 0
  #depth = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Predicate {
    const schema = this.#take('mark', '{') ? this.#schema() : undefined
    this.#take('mark', ',')
    if (this.#isEnd) {
      if (!schema) throw new MathError('A search has a schema in braces, words, or both')
      return schema
    }
    const words = this.#either()
    if (!this.#isEnd) throw new MathError(`The search has '${this.#token.text}' where it does not belong`)
    return schema ? (metric) => schema(metric) && words(metric) : words
  }

  /** Of just these dimensions, in whatever order. */
  #schema(): Predicate {
    const names = [this.#name()]
    while (this.#take('mark', ',')) names.push(this.#name())
    if (!this.#take('mark', '}')) throw new MathError("The schema of the search lacks its '}'")
    const [namespace, ...dimensions] = names
    return (metric) => {
      if (metric.namespace !== namespace) return false
      const own = metric.dimensions.map(({ Name }) => Name)
      // Without names of dimensions, whatever they are.
      if (dimensions.length === 0) return true
      return own.length === dimensions.length && dimensions.every((name) => own.includes(name))
    }
  }

  #name(): string {
    const { kind, text } = this.#token
    if (kind !== 'word' && kind !== 'exact') throw new MathError('The schema of the search lacks a name')
    this.#index += 1
    return text
  }

  #either(): Predicate {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new MathError('The search is nested too deeply')
    const all = [this.#both()]
    while (this.#take('word', 'OR')) all.push(this.#both())
    this.#depth -= 1
    return (metric) => all.some((one) => one(metric))
  }

  /** Words that follow each other must all be found. */
  #both(): Predicate {
    const all = [this.#term()]
    for (;;) {
      const { kind, text } = this.#token
      const isEnd = kind === 'end' || (kind === 'mark' && text !== '(') || (kind === 'word' && text === 'OR')
      if (isEnd) return (metric) => all.every((one) => one(metric))
      this.#take('word', 'AND')
      all.push(this.#term())
    }
  }

  #term(): Predicate {
    if (this.#take('word', 'NOT')) {
      const inner = this.#term()
      return (metric) => !inner(metric)
    }
    if (this.#take('mark', '(')) {
      const inner = this.#either()
      if (!this.#take('mark', ')')) throw new MathError("The search lacks a ')'")
      return inner
    }
    const first = this.#operand()
    if (!this.#take('mark', '=')) return matcher(first, everything)
    return matcher(this.#operand(), propertyOf(first.text))
  }

  #operand(): Token {
    const token = this.#token
    if (token.kind !== 'word' && token.kind !== 'exact') throw new MathError('The search lacks a word')
    this.#index += 1
    return token
  }

  get #isEnd(): boolean {
    return this.#token.kind === 'end'
  }

  get #token(): Token {
    return this.#tokens[this.#index] ?? { kind: 'end', text: '' }
  }

  #take(kind: Token['kind'], text: string): boolean {
    if (this.#token.kind !== kind || this.#token.text !== text) return false
    this.#index += 1
    return true
  }
}

function matcher({ kind, text }: Token, texts: Texts): Predicate {
  if (kind === 'exact') return (metric) => texts(metric).includes(text)
  return (metric) => texts(metric).some((one) => isWordIn(text, one))
}

const everything: Texts = ({ namespace, name, dimensions }) => [
  namespace,
  name,
  ...dimensions.flatMap(({ Name, Value }) => [Name, Value]),
]

function propertyOf(property: string): Texts {
  if (property === 'MetricName') return ({ name }) => [name]
  if (property === 'Namespace') return ({ namespace }) => [namespace]
  if (property.startsWith(':aws.')) throw new MathError(`The property ${property} is not there in this server`)
  return ({ dimensions }) => dimensions.filter(({ Name }) => Name === property).map(({ Value }) => Value)
}
