import type { StateValue } from './alarm.ts'

/** A rule of a composite alarm. */
export interface AlarmRule {
  /** Names of the alarms that it speaks of. */
  readonly children: readonly string[]
  /** Whether it holds. */
  holds(stateOf: (alarmName: string) => StateValue | undefined): boolean
}

/** What is wrong with a rule. */
export class AlarmRuleError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'AlarmRuleError'
  }
}

const TOKEN = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s()"']+))/y
const MAX_ELEMENTS = 500
const MAX_CHILDREN = 100
const FUNCTIONS: readonly StateValue[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA']

type StateOf = Parameters<AlarmRule['holds']>[0]
type Condition = (stateOf: StateOf) => boolean

interface Token {
  readonly kind: 'mark' | 'word' | 'quoted'
  readonly text: string
}

/**
 * Reads `(ALARM(a) OR ALARM("b c")) AND NOT OK(arn:…:alarm:d)`.
 * @throws {AlarmRuleError}
 * @see Amazon CloudWatch User Guide, "Creating a composite alarm"; API Reference, PutCompositeAlarm
 */
export function parseAlarmRule(text: string): AlarmRule {
  const parser = new RuleParser(scan(text))
  const holds = parser.whole()
  return { children: [...parser.children], holds }
}

function scan(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at
    const found = TOKEN.exec(text)
    if (!found) throw new AlarmRuleError(`a quote without its end at position ${at}`)
    const [whole, mark, double, single, word = ''] = found
    const quoted = double ?? single
    if (mark !== undefined) tokens.push({ kind: 'mark', text: mark })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted.replaceAll(/\\(.)/g, '$1') })
    else tokens.push({ kind: 'word', text: word })
    at += whole.length
  }
  return tokens
}

class RuleParser {
  readonly children = new Set<string>()
  readonly #tokens: readonly Token[]
  #index = 0
  #elements = 0

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  whole(): Condition {
    const condition = this.#either()
    const rest = this.#tokens[this.#index]
    if (rest) throw new AlarmRuleError(`'${rest.text}' where AND, OR or the end is expected`)
    return condition
  }

  #either(): Condition {
    const all = [this.#both()]
    while (this.#take('word', 'OR')) all.push(this.#both())
    return (stateOf) => all.some((one) => one(stateOf))
  }

  #both(): Condition {
    const all = [this.#element()]
    while (this.#take('word', 'AND')) all.push(this.#element())
    return (stateOf) => all.every((one) => one(stateOf))
  }

  #element(): Condition {
    this.#elements += 1
    if (this.#elements > MAX_ELEMENTS) throw new AlarmRuleError(`more than ${MAX_ELEMENTS} elements`)
    if (this.#take('word', 'NOT')) {
      const inner = this.#element()
      return (stateOf) => !inner(stateOf)
    }
    if (this.#take('mark', '(')) {
      const inner = this.#either()
      this.#expect(')')
      return inner
    }
    if (this.#take('word', 'TRUE')) return () => true
    if (this.#take('word', 'FALSE')) return () => false
    for (const state of FUNCTIONS) if (this.#take('word', state)) return this.#stateIs(state)
    const found = this.#tokens[this.#index]?.text
    throw new AlarmRuleError(
      `${found === undefined ? 'the end' : `'${found}'`} where ALARM, OK, INSUFFICIENT_DATA, TRUE, FALSE, NOT or '(' is expected`,
    )
  }

  #stateIs(state: StateValue): Condition {
    this.#expect('(')
    const token = this.#tokens[this.#index]
    if (!token || token.kind === 'mark') throw new AlarmRuleError(`${state} lacks the name of an alarm`)
    this.#index += 1
    this.#expect(')')
    const name = token.text.replace(/^arn:aws[^:]*:cloudwatch:[^:]*:\d*:alarm:/, '')
    this.children.add(name)
    if (this.children.size > MAX_CHILDREN) throw new AlarmRuleError(`more than ${MAX_CHILDREN} alarms`)
    return (stateOf) => stateOf(name) === state
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#tokens[this.#index]
    if (token?.kind !== kind || token.text !== text) return false
    this.#index += 1
    return true
  }

  #expect(mark: string): void {
    if (!this.#take('mark', mark)) throw new AlarmRuleError(`'${mark}' is missing`)
  }
}
