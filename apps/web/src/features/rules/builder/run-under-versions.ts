import {
  Answers,
  compileRule,
  environmentOf,
  RuleInput,
  SqlError,
  type SqlVersion,
  stringifyValue,
} from '@thingdeck/rules-sql'

/** What a version makes of a statement and a payload: the result as JSON, or why there is none. */
export interface VersionResult {
  readonly version: SqlVersion
  readonly kind: 'result' | 'words'
  readonly text: string
}

/** The same statement on the same payload, by each version. @param nowMs what `timestamp()` says */
export function runUnderVersions(sql: string, payload: string, nowMs: number): readonly VersionResult[] {
  return (['2015-10-08', '2016-03-23'] as const).map((version) => ({
    version,
    ...runUnder(sql, payload, version, nowMs),
  }))
}

function runUnder(sql: string, payload: string, sqlVersion: SqlVersion, nowMs: number): Omit<VersionResult, 'version'> {
  const words = (text: string) => ({ kind: 'words' as const, text })
  try {
    const rule = compileRule(sql, { sqlVersion })
    if (rule.isAsync) return words('It asks AWS: the rehearsal runs it with answers of yours.')
    const topic = (rule.topicFilter ?? 'a').replaceAll('+', 'a').replace('#', 'a')
    const input = new RuleInput({ topic, payload: new TextEncoder().encode(payload), timestampMs: Math.round(nowMs) })
    const outcome = rule.run(input, environmentOf('123456789012', 1, new Answers([]).services))
    if (outcome.kind === 'no match') return words('WHERE is not true: the rule does nothing.')
    if (outcome.kind === 'failed') return words(outcome.failure.message)
    const { result } = outcome
    if (result instanceof Uint8Array) return words('The payload as it came: it is no JSON to this version.')
    return { kind: 'result', text: stringifyValue(result) }
  } catch (error) {
    if (error instanceof SqlError) return words('It does not take the statement.')
    throw error
  }
}
