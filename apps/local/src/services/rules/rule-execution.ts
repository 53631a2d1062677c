import { type RuleInput, type RuleOutcome, stringifyValue, type Value } from '@thingdeck/rules-sql'
import type { Publisher } from '../../foundation/traffic.ts'
import type { Execution } from './actions/action.ts'
import type { CompiledRule } from './compiled-rule.ts'
import type { Lineage } from './lineage.ts'

/** A message that came to the engine, as all its rules see it. */
export type Arrival = Pick<Execution, 'input' | 'publisher' | 'lineage'>

type Result = Extract<RuleOutcome, { kind: 'result' }>

/** What a rule made of a message. */
export class RuleExecution implements Execution {
  readonly ruleName: string
  readonly input: RuleInput
  readonly environment: Execution['environment']
  readonly output: Uint8Array
  readonly lineage: Lineage
  readonly publisher: Publisher | undefined
  readonly #outcome: Result

  constructor(
    { name, sql }: CompiledRule,
    { input, publisher, lineage }: Arrival,
    environment: Execution['environment'],
    outcome: Result,
  ) {
    this.ruleName = name
    this.input = input
    this.environment = environment
    this.output = sql.selectsPayload ? input.message.payload : bytesOf(outcome.result)
    this.lineage = lineage
    this.publisher = publisher
    this.#outcome = outcome
  }

  /** Read only where an action wants more than the bytes. */
  get result(): Value {
    return this.#outcome.result
  }

  get variables(): readonly Value[] {
    return this.#outcome.variables
  }
}

const bytesOf = (result: Value): Uint8Array =>
  result instanceof Uint8Array ? result : Buffer.from(stringifyValue(result))
