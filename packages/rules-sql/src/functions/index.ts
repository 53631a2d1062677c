import type { RuleFunction } from '../rule-function.ts'

/** Every function of the language. */
export const FUNCTIONS: readonly RuleFunction[] = []
