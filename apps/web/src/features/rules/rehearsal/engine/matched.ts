import type { RuleEnvironment, RuleInput, Value } from '@thingdeck/rules-sql'
import type { RehearsalMessage } from '../protocol.ts'
import type { Decision, RehearsedSide } from './rehearsed-side.ts'

/** What an action is done for: a message that matched, and what became of it. */
export interface Matched {
  readonly input: RuleInput
  readonly variables: readonly Value[]
  readonly environment: RuleEnvironment
  readonly result: Value
  readonly output: Uint8Array
}

/** What the actions of a rule are given for a message; undefined where they get nothing. */
export function matchedOf(
  side: RehearsedSide,
  { explanation, output }: Decision,
  message: RehearsalMessage,
  environment: RuleEnvironment,
): Matched | undefined {
  const outcome = explanation?.outcome
  if (!output || outcome?.kind !== 'result') return undefined
  const { result, variables } = outcome
  return { input: side.inputOf(message), variables, environment, result, output }
}
