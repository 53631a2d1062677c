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

/** A message, and what a rule is to make of it. */
export interface RuleCase {
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
  readonly expected: ExpectedOutcome
}

/** What comes of a message: `output` is what the actions get, as text or in Base64. */
export interface ExpectedOutcome {
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

export interface CaseResult {
  readonly name: string
  readonly isPassed: boolean
  readonly actual: ExpectedOutcome
  /** Why a rule that is not right gives nothing, or a function failed. */
  readonly reason?: string | undefined
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
  { sql, awsIotSqlVersion }: Tested,
  ruleName: string,
  cases: readonly RuleCase[],
): Promise<readonly CaseResult[]> {
  try {
    const rule = compileRule(sql, { sqlVersion: sqlVersionOf(awsIotSqlVersion) })
    const results: CaseResult[] = []
    for (const each of cases) results.push(await runCase(rule, ruleName, each))
    return results
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    const actual: ExpectedOutcome = { outcome: 'failed' }
    return cases.map(({ name }) => ({ name, isPassed: false, actual, reason: error.message }))
  }
}

async function runCase(
  rule: ReturnType<typeof compileRule>,
  ruleName: string,
  testCase: RuleCase,
): Promise<CaseResult> {
  const { name, topic, answers = [], expected } = testCase
  const basic = `$aws/rules/${ruleName}/`
  const isBasic = topic.startsWith(basic)
  const payload = bytesOf(testCase)
  if (!isBasic && !rule.matchesTopic(topic)) return resultOf(name, { outcome: 'not matched' }, expected)
  const input = new RuleInput({
    topic: isBasic ? topic.slice(basic.length) : topic,
    payload,
    timestampMs: testCase.receivedAtMs,
    clientId: testCase.clientId,
    principal: testCase.principal,
    sourceIp: testCase.sourceIp,
    mqtt: {
      payloadIsUtf8: testCase.payloadIsUtf8,
      contentType: testCase.contentType,
      responseTopic: testCase.responseTopic,
      correlationData: testCase.correlationData === undefined ? undefined : decodeBase64(testCase.correlationData),
      userProperties: testCase.userProperties?.map((property) => [property.name, property.value] as const),
    },
  })
  const outcome = await rule.runAsync(input, environmentOf(ACCOUNT, 0, new Answers(answers).services))
  if (outcome.kind === 'no match') return resultOf(name, { outcome: 'not matched' }, expected)
  if (outcome.kind === 'failed') return resultOf(name, { outcome: 'failed' }, expected, outcome.failure.message)
  const output = rule.selectsPayload ? payload : outcome.result
  const bytes = output instanceof Uint8Array ? output : encodeUtf8(stringifyValue(output))
  return resultOf(name, { outcome: 'matched', ...textAs(bytes) }, expected)
}

function resultOf(
  name: string,
  actual: ExpectedOutcome,
  expected: ExpectedOutcome,
  reason: string | undefined = undefined,
): CaseResult {
  const isPassed =
    actual.outcome === expected.outcome &&
    (actual.outcome !== 'matched' ||
      (actual.output === expected.output && (actual.isBase64 ?? false) === (expected.isBase64 ?? false)))
  return { name, isPassed, actual, ...(reason !== undefined && { reason }) }
}

const bytesOf = ({ payload, isBase64 }: RuleCase): Uint8Array =>
  isBase64 ? (decodeBase64(payload) ?? new Uint8Array()) : encodeUtf8(payload)

/** Bytes as a case has them. */
function textAs(bytes: Uint8Array): Pick<ExpectedOutcome, 'output' | 'isBase64'> {
  const text = decodeUtf8(bytes)
  return text === undefined ? { output: encodeBase64(bytes), isBase64: true } : { output: text }
}
