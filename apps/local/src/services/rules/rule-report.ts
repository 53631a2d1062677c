import type { RuleInput } from '@thingdeck/rules-sql'
import type { LocalContext } from '../../foundation/context.ts'
import type { IotLog, IotLogEventType, IotLogStatus, IotLogValue } from '../../foundation/iot-log.ts'
import type { Counter } from '../../foundation/metrics.ts'
import type { Publisher } from '../../foundation/traffic.ts'
import type { CompiledAction, Execution } from './actions/action.ts'
import type { CompiledRule } from './compiled-rule.ts'
import type { Failure } from './failed-batches.ts'

type Fields = { readonly [field: string]: IotLogValue }

interface ActionCounters {
  readonly success: Counter
  readonly failure: Counter
}

/** What the metrics and the log say of one rule. */
export class RuleReport {
  readonly #iotLog: IotLog
  readonly #name: string
  readonly #topicMatch: Counter
  readonly #rulesExecuted: Counter
  readonly #parseError: Counter
  readonly #actions: ReadonlyMap<CompiledAction, ActionCounters>

  constructor({ iotLog, metrics }: LocalContext, { name, actions, errorAction }: CompiledRule) {
    const counter = (metric: string, dimensions: Readonly<Record<string, string>> = {}) =>
      metrics.counter({
        namespace: 'AWS/IoT',
        name: metric,
        dimensions: { RuleName: name, ...dimensions },
        unit: 'Count',
      })
    const countersOf = ({ label: ActionType }: CompiledAction, prefix: string): ActionCounters => ({
      success: counter(`${prefix}Success`, { ActionType }),
      failure: counter(`${prefix}Failure`, { ActionType }),
    })
    this.#iotLog = iotLog
    this.#name = name
    this.#topicMatch = counter('TopicMatch')
    this.#rulesExecuted = counter('RulesExecuted')
    this.#parseError = counter('ParseError')
    this.#actions = new Map([
      ...actions.map((action) => [action, countersOf(action, '')] as const),
      ...(errorAction ? [[errorAction, countersOf(errorAction, 'ErrorAction')] as const] : []),
    ])
  }

  matched(input: RuleInput, publisher: Publisher | undefined): void {
    this.#topicMatch.add()
    this.#log('RuleMatch', 'Success', publisher, () => this.#fields(input, publisher))
  }

  /** The payload is not JSON, and the SQL asks for members of it. */
  couldNotParse(): void {
    this.#parseError.add()
  }

  /** WHERE held, and SELECT had a result. */
  executed(): void {
    this.#rulesExecuted.add()
  }

  /** The SQL failed: there is neither an action nor an error action. */
  failed(input: RuleInput, publisher: Publisher | undefined, details: string): void {
    this.#log('RuleExecution', 'Failure', publisher, () => ({ ...this.#fields(input, publisher), details }))
  }

  /** An action has its turn. */
  begins(action: CompiledAction, { input, publisher }: Execution): void {
    this.#log('StartingRuleExecution', 'Success', publisher, () => ({
      ...this.#fields(input, publisher),
      ruleAction: action.label,
    }))
  }

  /** @param failure undefined where it was done */
  async ended(action: CompiledAction, execution: Execution, failure: Failure | undefined): Promise<void> {
    const counters = this.#actions.get(action)
    if (failure) counters?.failure.add()
    else counters?.success.add()
    const status = failure ? 'Failure' : 'Success'
    const { input, publisher } = execution
    if (!isLogged(this.#iotLog, 'RuleExecution', status, publisher)) return
    const fields = {
      ...this.#fields(input, publisher),
      ruleAction: action.label,
      resources: await resourcesOf(action, execution),
      ...(failure && { details: failure.message }),
    }
    this.#iotLog.write({ eventType: 'RuleExecution', status, traceId: publisher?.traceId, fields })
  }

  #fields({ message }: RuleInput, publisher: Publisher | undefined): Fields {
    return fieldsOf(this.#name, message.topic, publisher)
  }

  #log(eventType: IotLogEventType, status: IotLogStatus, publisher: Publisher | undefined, fields: () => Fields): void {
    writeEntry(this.#iotLog, eventType, status, publisher, fields)
  }
}

/** Basic Ingest for a rule that is not there, or is disabled. */
export function reportNotFound(
  { iotLog, metrics, log }: LocalContext,
  ruleName: string,
  topic: string,
  publisher: Publisher | undefined,
): void {
  metrics.record({ namespace: 'AWS/IoT', name: 'RuleNotFound', dimensions: { RuleName: ruleName }, unit: 'Count' })
  writeEntry(iotLog, 'RuleNotFound', 'Failure', publisher, () => ({
    ...fieldsOf(ruleName, topic, publisher),
    reason: 'RuleNotFound',
    details: `Rule ${ruleName} not found`,
  }))
  log.warn({ topic, ruleName }, 'no rule took this message of Basic Ingest')
}

/** The account's rules would have been evaluated more often than may be: this message was not, by one of them. */
export function reportThrottled({ iotLog, metrics }: LocalContext, publisher: Publisher | undefined): void {
  metrics.record({ namespace: 'AWS/IoT', name: 'RuleEvaluation', dimensions: { Status: 'Throttled' }, unit: 'Count' })
  writeEntry(iotLog, 'RuleEvaluation', 'Failure', publisher, () => ({
    clientId: publisher?.clientId ?? 'N/A',
    topicName: 'N/A',
    ruleName: 'N/A',
    principalId: 'N/A',
    reason: 'Throttled',
    details: 'Exceeded Rule Evaluations per second per account limit',
  }))
}

/** More Basic Ingest for rules that are not there than is looked at one by one. */
export function reportUnknownThrottled(
  { iotLog, metrics }: LocalContext,
  RuleName: string,
  topic: string,
  publisher: Publisher | undefined,
): void {
  metrics.record({ namespace: 'AWS/IoT', name: 'RuleExecutionThrottled', dimensions: { RuleName }, unit: 'Count' })
  writeEntry(iotLog, 'RuleExecutionThrottled', 'Failure', publisher, () => ({
    ...fieldsOf(RuleName, topic, publisher),
    reason: 'RuleExecutionThrottled',
  }))
}

const isLogged = (
  iotLog: IotLog,
  eventType: IotLogEventType,
  status: IotLogStatus,
  publisher: Publisher | undefined,
): boolean => iotLog.isOn && iotLog.keeps(eventType, status, publisher ?? {})

function writeEntry(
  iotLog: IotLog,
  eventType: IotLogEventType,
  status: IotLogStatus,
  publisher: Publisher | undefined,
  fields: () => Fields,
): void {
  if (!isLogged(iotLog, eventType, status, publisher)) return
  iotLog.write({ eventType, status, traceId: publisher?.traceId, fields: fields() })
}

const fieldsOf = (ruleName: string, topicName: string, publisher: Publisher | undefined): Fields => ({
  clientId: publisher?.clientId ?? 'N/A',
  topicName,
  ruleName,
  principalId: publisher?.principal.principalId ?? 'N/A',
})

async function resourcesOf(action: CompiledAction, execution: Execution): Promise<Fields> {
  try {
    return await action.resources(execution)
  } catch {
    return {} // its name is what failed
  }
}
