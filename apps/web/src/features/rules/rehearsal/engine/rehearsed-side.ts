import {
  Explainer,
  type Explanation,
  type RuleEnvironment,
  RuleInput,
  SqlError,
  sqlVersionOf,
  stringifyValue,
} from '@thingdeck/rules-sql'
import { BASIC_INGEST_PREFIX } from '@thingdeck/topics'
import type { DecisionLine, RehearsalMessage, RehearsedRule, SqlProblem } from '../protocol.ts'
import { bytesText, shortened } from './value-text.ts'
import { whyNot } from './where-terms.ts'

/** What a rule made of a message, before it is told to anybody. */
export interface Decision extends DecisionLine {
  /** Undefined where the message was not for the rule. */
  readonly explanation: Explanation | undefined
  /** What its actions would get; undefined where they get nothing. */
  readonly output: Uint8Array | undefined
}

const ENCODER = new TextEncoder()

/** A rule whose SQL is run on messages, and explained. */
export class RehearsedSide {
  readonly rule: RehearsedRule
  readonly #ruleName: string
  readonly #explainer: Explainer

  /** @throws {SqlError} */
  constructor(rule: RehearsedRule, ruleName: string) {
    this.rule = rule
    this.#ruleName = ruleName
    this.#explainer = new Explainer(rule.sql, { sqlVersion: sqlVersionOf(rule.awsIotSqlVersion) })
  }

  get sql(): Explainer['rule'] {
    return this.#explainer.rule
  }

  /** Whether FROM takes the topic, or Basic Ingest leads to this rule. */
  takes(topic: string): boolean {
    const basic = `${BASIC_INGEST_PREFIX}${this.#ruleName}/`
    return topic.startsWith(BASIC_INGEST_PREFIX) ? topic.startsWith(basic) : this.sql.matchesTopic(topic)
  }

  inputOf(message: RehearsalMessage): RuleInput {
    const { topic, payload, receivedAtMs, clientId, principal, sourceIp, properties } = message
    const basic = `${BASIC_INGEST_PREFIX}${this.#ruleName}/`
    return new RuleInput({
      topic: topic.startsWith(basic) ? topic.slice(basic.length) : topic,
      payload,
      timestampMs: Math.round(receivedAtMs), // AWS's clock has no parts of a millisecond, which the console's may have
      clientId,
      principal,
      sourceIp,
      mqtt: {
        payloadIsUtf8: properties?.payloadFormatIndicator === true,
        contentType: properties?.contentType,
        responseTopic: properties?.responseTopic,
        correlationData: properties?.correlationData,
        userProperties: properties?.userProperties,
      },
    })
  }

  async decide(message: RehearsalMessage, environment: RuleEnvironment): Promise<Decision> {
    if (!this.takes(message.topic)) {
      const { topicFilter } = this.sql
      const words =
        topicFilter === undefined
          ? 'The rule has no FROM: only Basic Ingest leads to it'
          : `FROM takes ${topicFilter}, not this topic`
      return { kind: 'other topic', words, explanation: undefined, output: undefined }
    }
    const input = this.inputOf(message)
    // Waiting costs a turn of the loop each time: a rule that asks nobody is run at once.
    const explanation = this.sql.isAsync
      ? await this.#explainer.explainAsync(input, environment)
      : this.#explainer.explain(input, environment)
    const { outcome } = explanation
    if (outcome.kind === 'no match')
      return { kind: 'no match', words: whyNot(explanation), explanation, output: undefined }
    if (outcome.kind === 'failed') {
      return { kind: 'failed', words: outcome.failure.message, explanation, output: undefined }
    }
    const output = this.sql.selectsPayload ? message.payload : bytesOf(outcome.result)
    return { kind: 'matched', words: shortened(bytesText(output)), explanation, output }
  }
}

/** The bytes that actions are given, as the engine makes them. */
const bytesOf = (result: Parameters<typeof stringifyValue>[0]): Uint8Array =>
  result instanceof Uint8Array ? result : ENCODER.encode(stringifyValue(result))

/** A rule that can be run, or why it cannot. */
export function sideOf(rule: RehearsedRule, ruleName: string): RehearsedSide | SqlProblem {
  try {
    return new RehearsedSide(rule, ruleName)
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    return { message: error.message, from: error.from, to: error.to }
  }
}
