import {
  compileRule,
  type RuleEnvironment,
  RuleInput,
  type RuleMessage,
  type SqlVersion,
  stringifyValue,
} from '../src/index.ts'

/** The one class used here that is not ECMAScript's own. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array }

export const ENVIRONMENT: RuleEnvironment = {
  accountId: '123456789012',
  random: () => 0.25,
  randomUuid: () => '3d8dc35e-8b30-4a08-b1f4-1b5b8f5d4a0e',
  services: {},
}

/** A message of pump-7; `payload` is a text, or bytes. */
export function inputOf(payload: string | Uint8Array, changes: Partial<RuleMessage> = {}): RuleInput {
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload
  return new RuleInput({
    topic: 'plant/pump-7/data',
    payload: bytes,
    timestampMs: 1_700_000_000_000,
    clientId: 'pump-7',
    ...changes,
  })
}

/** The JSON of what a statement makes of a message, `no match`, or why it failed. */
export function runSql(sql: string, payload: string | Uint8Array, sqlVersion: SqlVersion = '2016-03-23'): string {
  const outcome = compileRule(sql, { sqlVersion }).run(inputOf(payload), ENVIRONMENT)
  if (outcome.kind === 'result') return stringifyValue(outcome.result)
  return outcome.kind === 'failed' ? outcome.failure.message : outcome.kind
}

/** The JSON of an expression over a message; the empty text where it is Undefined. */
export function evaluateSql(expression: string, payload = '{}', sqlVersion: SqlVersion = '2016-03-23'): string {
  return runSql(`SELECT VALUE (${expression})`, payload, sqlVersion)
}
