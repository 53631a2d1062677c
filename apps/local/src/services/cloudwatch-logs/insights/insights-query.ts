import { Scanner } from '../filter-pattern/scanner.ts'
import { type Expression, fieldNamed, takeExpression, takeFieldName, takeKeyword } from './expression.ts'
import { type Statistic, takeStatistic } from './statistics.ts'

/** A value with its name in the results. */
export interface Column {
  readonly name: string
  readonly isTime: boolean
  readonly expression: Expression
}

export interface NamedStatistic {
  readonly name: string
  readonly statistic: Statistic
}

export interface SortKey {
  readonly expression: Expression
  readonly isDescending: boolean
}

export type Command =
  | { readonly kind: 'fields'; readonly columns: readonly Column[] }
  | { readonly kind: 'display'; readonly columns: readonly Column[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  | {
      readonly kind: 'parse'
      readonly source: Expression
      readonly parts: readonly string[]
      readonly names: readonly string[]
    }
  | { readonly kind: 'stats'; readonly statistics: readonly NamedStatistic[]; readonly by: readonly Column[] }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'dedup'; readonly names: readonly string[] }
  | { readonly kind: 'limit'; readonly count: number }

/** API Reference, StartQuery: what `limit` may be. */
const MOST_ROWS = 100_000

const COMMANDS = ['fields', 'display', 'filter', 'parse', 'stats', 'sort', 'dedup', 'limit', 'head'] as const

/**
 * Reads a query: commands that a `|` parts. A line that begins with `#` is a comment.
 *
 *     fields @timestamp, eventType | filter status = "Failure" | sort @timestamp desc | limit 50
 *     filter eventType = "Connect" | stats count(*) as connects by clientId, bin(5m)
 *
 * @throws {FilterPatternError} with the place of what is wrong
 * @see Amazon CloudWatch Logs user guide, "CloudWatch Logs Insights language query syntax"
 */
export function parseInsightsQuery(query: string): readonly Command[] {
  // Blanks keep every place where it was.
  const scanner = new Scanner(query.replace(/^\s*#.*$/gm, (comment) => ' '.repeat(comment.length)))
  const parser = new QueryParser(scanner)
  const commands: Command[] = []
  do commands.push(parser.takeCommand())
  while (scanner.takeSign('|'))
  scanner.skipSpace()
  if (!scanner.isAtEnd) scanner.fail(`Unexpected ${scanner.peek()}: expected | or the end of the query`)
  const stats = commands.filter(({ kind }) => kind === 'stats')
  if (stats.length > 1) scanner.fail('A query takes one stats command here')
  return commands
}

class QueryParser {
  readonly #scanner: Scanner
  /** Fields that earlier commands made of times. */
  readonly #times = new Set<string>()

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  takeCommand(): Command {
    const scanner = this.#scanner
    const command = COMMANDS.find((name) => takeKeyword(scanner, name))
    switch (command) {
      case 'fields':
      case 'display':
        return { kind: command, columns: this.#takeList(() => this.#takeColumn()) }
      case 'filter':
        return { kind: 'filter', condition: takeExpression(scanner) }
      case 'parse':
        return this.#takeParse()
      case 'stats':
        return this.#takeStats()
      case 'sort':
        return { kind: 'sort', keys: this.#takeList(() => this.#takeSortKey()) }
      case 'dedup':
        return { kind: 'dedup', names: this.#takeList(() => takeFieldName(scanner)) }
      case 'limit':
      case 'head':
        return { kind: 'limit', count: this.#takeCount() }
      default:
        return scanner.fail(`Expected one of ${COMMANDS.join(', ')}`)
    }
  }

  #takeList<Item>(take: () => Item): Item[] {
    const items = [take()]
    while (this.#scanner.takeSign(',')) items.push(take())
    return items
  }

  #takeColumn(): Column {
    const expression = takeExpression(this.#scanner)
    const name = this.#takeAlias() ?? expression.text
    const isTime = expression.isTime || this.#times.has(expression.text)
    if (isTime) this.#times.add(name)
    return { name, isTime, expression }
  }

  #takeAlias(): string | undefined {
    return takeKeyword(this.#scanner, 'as') ? takeFieldName(this.#scanner) : undefined
  }

  #takeParse(): Command {
    const scanner = this.#scanner
    scanner.skipSpace()
    const quotes = ['"', "'"]
    const isOfMessage = quotes.includes(scanner.peek())
    const source = isOfMessage ? fieldNamed('@message') : takeExpression(scanner)
    scanner.skipSpace()
    if (scanner.peek() === '/') scanner.fail('parse takes a text with * in it here, no regular expression')
    if (!quotes.includes(scanner.peek())) scanner.fail('Expected a text in quotes with * for what is to be found')
    const parts = scanner.takeQuoted(scanner.peek()).split('*')
    if (!takeKeyword(scanner, 'as')) scanner.fail('Expected as, and a name for each *')
    const names = this.#takeList(() => takeFieldName(scanner))
    if (names.length !== parts.length - 1) scanner.fail(`Expected ${parts.length - 1} names, one for each *`)
    return { kind: 'parse', source, parts, names }
  }

  #takeStats(): Command {
    const statistics = this.#takeList(() => {
      const statistic = takeStatistic(this.#scanner)
      const name = this.#takeAlias() ?? statistic.text
      if (statistic.isTime) this.#times.add(name)
      return { name, statistic }
    })
    const by = takeKeyword(this.#scanner, 'by') ? this.#takeList(() => this.#takeColumn()) : []
    return { kind: 'stats', statistics, by }
  }

  #takeSortKey(): SortKey {
    const expression = takeExpression(this.#scanner)
    const isDescending = takeKeyword(this.#scanner, 'desc')
    if (!isDescending) takeKeyword(this.#scanner, 'asc')
    return { expression, isDescending }
  }

  #takeCount(): number {
    this.#scanner.skipSpace()
    const digits = this.#scanner.takeWhile(/\d/)
    const count = Number(digits)
    if (digits === '' || count < 1 || count > MOST_ROWS) this.#scanner.fail(`Expected a number from 1 to ${MOST_ROWS}`)
    return count
  }
}

/** The same with its records newest first, where several groups are read one after the other. */
export function newestFirst(commands: readonly Command[]): readonly Command[] {
  const first = commands.findIndex(({ kind }) => NEEDS_ORDER.has(kind))
  const at = first < 0 ? commands.length : first
  if (commands[at]?.kind === 'sort' || commands[at]?.kind === 'stats') return commands
  const keys = [{ expression: fieldNamed('@timestamp'), isDescending: true }]
  return [...commands.slice(0, at), { kind: 'sort', keys }, ...commands.slice(at)]
}

/** What needs more than one record, in their order. */
export const NEEDS_ORDER: ReadonlySet<Command['kind']> = new Set(['stats', 'sort', 'limit', 'dedup'])
