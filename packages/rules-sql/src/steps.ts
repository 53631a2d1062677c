import { SQL_LIMITS } from './limits.ts'
import { RuleFailure } from './rule-failure.ts'

/** What a run has cost so far. */
export interface Steps {
  steps: number
}

/** @throws {RuleFailure} where a run costs more than any message is worth */
export function charge(steps: Steps, count: number): void {
  steps.steps += count
  if (steps.steps > SQL_LIMITS.steps) {
    throw new RuleFailure('TOO_MANY_STEPS', `The statement takes more than ${SQL_LIMITS.steps} steps for this message`)
  }
}
