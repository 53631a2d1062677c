import { scanWords, TokenCursor } from '../token-cursor.ts'
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

const TOKEN = /\s*(?:(?<mark>[()])|(?<quoted>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<word>[^\s()"']+))/y
const MAX_ELEMENTS = 500
const MAX_CHILDREN = 100
const FUNCTIONS: readonly StateValue[] = ['ALARM', 'OK', 'INSUFFICIENT_DATA']

type StateOf = Parameters<AlarmRule['holds']>[0]
type Condition = (stateOf: StateOf) => boolean

/**
 * Reads `(ALARM(a) OR ALARM("b c")) AND NOT OK(arn:…:alarm:d)`.
 * @throws {AlarmRuleError}
 * @see Amazon CloudWatch User Guide, "Creating a composite alarm"; API Reference, PutCompositeAlarm
 */
export function parseAlarmRule(text: string): AlarmRule {
  const tokens = scanWords(text, TOKEN, (at) => new AlarmRuleError(`a quote without its end at position ${at}`))
  const parser = new RuleParser(new TokenCursor(tokens))
  const holds = parser.whole()
  return { children: [...parser.children], holds }
}

class RuleParser {
  readonly children = new Set<string>()
  readonly #tokens: TokenCursor<'mark' | 'word' | 'quoted'>
  #elements = 0

  constructor(tokens: TokenCursor<'mark' | 'word' | 'quoted'>) {
    this.#tokens = tokens
  }

  whole(): Condition {
    const condition = this.#either()
    const rest = this.#tokens.next
    if (rest) throw new AlarmRuleError(`'${rest.text}' where AND, OR or the end is expected`)
    return condition
  }

  #either(): Condition {
    const all = [this.#both()]
    while (this.#tokens.take('word', 'OR')) all.push(this.#both())
    return (stateOf) => all.some((one) => one(stateOf))
  }

  #both(): Condition {
    const all = [this.#element()]
    while (this.#tokens.take('word', 'AND')) all.push(this.#element())
    return (stateOf) => all.every((one) => one(stateOf))
  }

  #element(): Condition {
    this.#elements += 1
    if (this.#elements > MAX_ELEMENTS) throw new AlarmRuleError(`more than ${MAX_ELEMENTS} elements`)
    if (this.#tokens.take('word', 'NOT')) {
      const inner = this.#element()
      return (stateOf) => !inner(stateOf)
    }
    if (this.#tokens.take('mark', '(')) {
      const inner = this.#either()
      this.#expect(')')
      return inner
    }
    if (this.#tokens.take('word', 'TRUE')) return () => true
    if (this.#tokens.take('word', 'FALSE')) return () => false
    for (const state of FUNCTIONS) if (this.#tokens.take('word', state)) return this.#stateIs(state)
    const found = this.#tokens.next?.text
    throw new AlarmRuleError(
      `${found === undefined ? 'the end' : `'${found}'`} where ALARM, OK, INSUFFICIENT_DATA, TRUE, FALSE, NOT or '(' is expected`,
    )
  }

  #stateIs(state: StateValue): Condition {
    this.#expect('(')
    const token = this.#tokens.takeOf('word', 'quoted')
    if (!token) throw new AlarmRuleError(`${state} lacks the name of an alarm`)
    this.#expect(')')
    const name = token.text.replace(/^arn:aws[^:]*:cloudwatch:[^:]*:\d*:alarm:/, '')
    this.children.add(name)
    if (this.children.size > MAX_CHILDREN) throw new AlarmRuleError(`more than ${MAX_CHILDREN} alarms`)
    return (stateOf) => stateOf(name) === state
  }

  #expect(mark: string): void {
    if (!this.#tokens.take('mark', mark)) throw new AlarmRuleError(`'${mark}' is missing`)
  }
}
