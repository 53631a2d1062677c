import { MathError } from '../metric-math/math-error.ts'
import { scanWords, type Token, TokenCursor } from '../token-cursor.ts'
import { isWordIn, type SearchedMetric } from './metric-words.ts'

type Predicate = (metric: SearchedMetric) => boolean

/** What is compared: everything of a metric, or what a property names. */
type Texts = (metric: SearchedMetric) => readonly string[]

const MAX_LENGTH = 1_024
const MAX_DEPTH = 50

const TOKEN = /\s*(?:(?<mark>[{}(),=])|(?<quoted>"(?:[^"\\]|\\.)*")|(?<word>[^\s{}(),="]+))/y

/** A word in quotes is meant exactly. */
type SearchToken = Token<'mark' | 'word' | 'quoted'>

/**
 * Reads `{AWS/IoT, Protocol} MetricName="Connect.Success" OR Ping`: a schema, words, properties, AND, OR, NOT.
 * @throws {MathError}
 * @see Amazon CloudWatch User Guide, "CloudWatch search expression syntax"
 */
export function parseSearch(text: string): Predicate {
  if (text.length > MAX_LENGTH) throw new MathError(`A search has at most ${MAX_LENGTH} characters`)
  const refuse = (at: number) => new MathError(`The search has a quote without its end at position ${at}`)
  return new SearchParser(new TokenCursor(scanWords(text, TOKEN, refuse))).whole()
}

class SearchParser {
  readonly #tokens: TokenCursor<SearchToken['kind']>
  #depth = 0

  constructor(tokens: TokenCursor<SearchToken['kind']>) {
    this.#tokens = tokens
  }

  whole(): Predicate {
    const schema = this.#tokens.take('mark', '{') ? this.#schema() : undefined
    this.#tokens.take('mark', ',')
    if (!this.#tokens.next) {
      if (!schema) throw new MathError('A search has a schema in braces, words, or both')
      return schema
    }
    const words = this.#either()
    const rest = this.#tokens.next
    if (rest) throw new MathError(`The search has '${rest.text}' where it does not belong`)
    return schema ? (metric) => schema(metric) && words(metric) : words
  }

  /** Of just these dimensions, in whatever order. */
  #schema(): Predicate {
    const names = [this.#name()]
    while (this.#tokens.take('mark', ',')) names.push(this.#name())
    if (!this.#tokens.take('mark', '}')) throw new MathError("The schema of the search lacks its '}'")
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
    const name = this.#tokens.takeOf('word', 'quoted')
    if (!name) throw new MathError('The schema of the search lacks a name')
    return name.text
  }

  #either(): Predicate {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw new MathError('The search is nested too deeply')
    const all = [this.#both()]
    while (this.#tokens.take('word', 'OR')) all.push(this.#both())
    this.#depth -= 1
    return (metric) => all.some((one) => one(metric))
  }

  /** Words that follow each other must all be found. */
  #both(): Predicate {
    const all = [this.#term()]
    for (;;) {
      const next = this.#tokens.next
      const isEnd = !next || (next.kind === 'mark' && next.text !== '(') || (next.kind === 'word' && next.text === 'OR')
      if (isEnd) return (metric) => all.every((one) => one(metric))
      this.#tokens.take('word', 'AND')
      all.push(this.#term())
    }
  }

  #term(): Predicate {
    if (this.#tokens.take('word', 'NOT')) {
      const inner = this.#term()
      return (metric) => !inner(metric)
    }
    if (this.#tokens.take('mark', '(')) {
      const inner = this.#either()
      if (!this.#tokens.take('mark', ')')) throw new MathError("The search lacks a ')'")
      return inner
    }
    const first = this.#operand()
    if (!this.#tokens.take('mark', '=')) return matcher(first, everything)
    return matcher(this.#operand(), propertyOf(first.text))
  }

  #operand(): SearchToken {
    const word = this.#tokens.takeOf('word', 'quoted')
    if (!word) throw new MathError('The search lacks a word')
    return word
  }
}

function matcher({ kind, text }: SearchToken, texts: Texts): Predicate {
  if (kind === 'quoted') return (metric) => texts(metric).includes(text)
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
