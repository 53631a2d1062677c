import { decodeUtf8 } from '@thingdeck/json'
import { decodeBase64, encodeBase64 } from '../functions/base64.ts'
import { compileRule } from '../rule.ts'
import { RuleInput } from '../rule-input.ts'
import { SqlError } from '../sql-error.ts'
import { sqlVersionOf } from '../sql-version.ts'
import { stringifyValue } from '../stringify.ts'
import { encodeUtf8 } from '../utf8.ts'
import { Answers, type ServiceAnswer } from './answers.ts'
import { environmentOf } from './case-environment.ts'

/** A message as a case has it. */
export interface CaseMessage {
  readonly name: string
  readonly topic: string
  /** Text, or Base64 of bytes that are none. */
  readonly payload: string
  readonly isBase64?: boolean | undefined
  /** What `timestamp()` says: milliseconds of the epoch. */
  readonly receivedAtMs: number
  readonly clientId?: string | undefined
  readonly principal?: string | undefined
  readonly sourceIp?: string | undefined
  readonly contentType?: string | undefined
  readonly responseTopic?: string | undefined
  /** Base64 */
  readonly correlationData?: string | undefined
  readonly payloadIsUtf8?: boolean | undefined
  readonly userProperties?: readonly { readonly name: string; readonly value: string }[] | undefined
  /** Of functions that ask AWS. */
  readonly answers?: readonly ServiceAnswer[] | undefined
}

/** A message, and what a rule is to make of it. */
export interface RuleCase extends CaseMessage {
  readonly expected: CaseOutcome
}

/** What comes of a message: `output` is what the actions get, as text or in Base64. */
export interface CaseOutcome {
  readonly outcome: 'matched' | 'not matched' | 'failed'
  readonly output?: string | undefined
  readonly isBase64?: boolean | undefined
}

/** Cases as a file has them. */
export interface RuleCases {
  readonly thingdeck: 'rule-cases'
  readonly version: typeof RULE_CASES_VERSION
  readonly ruleName: string
  readonly cases: readonly RuleCase[]
}

export const RULE_CASES_VERSION = 1

/** What a rule made of a message. */
interface Seen {
  readonly actual: CaseOutcome
  /** Why a rule that is not right gives nothing, or a function failed. */
  readonly reason?: string | undefined
}

export interface CaseResult extends Seen {
  readonly name: string
  readonly isPassed: boolean
}

/** As much of a rule as cases are about. */
interface Tested {
  readonly sql: string
  readonly awsIotSqlVersion?: string | undefined
}

/** Of an account that there is none of: what `accountid()` says in a case. */
const ACCOUNT = '123456789012'

/**
 * Reads a file of cases.
 * @throws {SyntaxError} that says what it is not; the members of each case are for whoever keeps them to check
 */
export function readRuleCases(text: string): RuleCases {
  let file: Partial<RuleCases> | null
  try {
    file = JSON.parse(text) as Partial<RuleCases> | null // looked at below
  } catch {
    throw new SyntaxError('This file is no JSON.')
  }
  if (file?.thingdeck !== 'rule-cases') throw new SyntaxError('This file has no test cases of a rule.')
  if (file.version !== RULE_CASES_VERSION) {
    throw new SyntaxError(
      `These test cases have version ${String(file.version)}; version ${RULE_CASES_VERSION} can be read.`,
    )
  }
  if (typeof file.ruleName !== 'string' || !Array.isArray(file.cases)) {
    throw new SyntaxError('This file does not say of which rule the test cases are, or has none.')
  }
  return { thingdeck: 'rule-cases', version: RULE_CASES_VERSION, ruleName: file.ruleName, cases: file.cases }
}

/**
 * Runs a rule's SQL on the message of each case, asking nobody. What is drawn by lot is the same in every run.
 * @param ruleName by which Basic Ingest leads to the rule
 */
export async function runRuleCases(
  rule: Tested,
  ruleName: string,
  cases: readonly RuleCase[],
): Promise<readonly CaseResult[]> {
  try {
    const compiled = compile(rule)
    const results: CaseResult[] = []
    for (const each of cases) {
      const seen = await see(compiled, ruleName, each)
      results.push({ name: each.name, isPassed: isSame(seen.actual, each.expected), ...seen })
    }
    return results
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    return cases.map(({ name }) => ({ name, isPassed: false, actual: { outcome: 'failed' }, reason: error.message }))
  }
}

/** What a rule's SQL makes of a message that is to become a case: the same as {@link runRuleCases} then makes of it. */
export async function caseOutcomeOf(rule: Tested, ruleName: string, message: CaseMessage): Promise<CaseOutcome> {
  try {
    return (await see(compile(rule), ruleName, message)).actual
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    return { outcome: 'failed' }
  }
}

const compile = ({ sql, awsIotSqlVersion }: Tested) => compileRule(sql, { sqlVersion: sqlVersionOf(awsIotSqlVersion) })

async function see(rule: ReturnType<typeof compile>, ruleName: string, message: CaseMessage): Promise<Seen> {
  const { topic, answers = [] } = message
  const basic = `$aws/rules/${ruleName}/`
  const isBasic = topic.startsWith(basic)
  const payload = bytesOf(message)
  if (!isBasic && !rule.matchesTopic(topic)) return { actual: { outcome: 'not matched' } }
  const input = new RuleInput({
    topic: isBasic ? topic.slice(basic.length) : topic,
    payload,
    timestampMs: message.receivedAtMs,
    clientId: message.clientId,
    principal: message.principal,
    sourceIp: message.sourceIp,
    mqtt: {
      payloadIsUtf8: message.payloadIsUtf8,
      contentType: message.contentType,
      responseTopic: message.responseTopic,
      correlationData: message.correlationData === undefined ? undefined : decodeBase64(message.correlationData),
      userProperties: message.userProperties?.map((property) => [property.name, property.value] as const),
    },
  })
  const outcome = await rule.runAsync(input, environmentOf(ACCOUNT, 0, new Answers(answers).services))
  if (outcome.kind === 'no match') return { actual: { outcome: 'not matched' } }
  if (outcome.kind === 'failed') return { actual: { outcome: 'failed' }, reason: outcome.failure.message }
  const output = rule.selectsPayload ? payload : outcome.result
  const bytes = output instanceof Uint8Array ? output : encodeUtf8(stringifyValue(output))
  return { actual: { outcome: 'matched', ...textAs(bytes) } }
}

const isSame = (actual: CaseOutcome, expected: CaseOutcome): boolean =>
  actual.outcome === expected.outcome &&
  (actual.outcome !== 'matched' ||
    (actual.output === expected.output && (actual.isBase64 ?? false) === (expected.isBase64 ?? false)))

const bytesOf = ({ payload, isBase64 }: CaseMessage): Uint8Array =>
  isBase64 ? (decodeBase64(payload) ?? new Uint8Array()) : encodeUtf8(payload)

/** Bytes as a case has them. */
function textAs(bytes: Uint8Array): Pick<CaseOutcome, 'output' | 'isBase64'> {
  const text = decodeUtf8(bytes)
  return text === undefined ? { output: encodeBase64(bytes), isBase64: true } : { output: text }
}
