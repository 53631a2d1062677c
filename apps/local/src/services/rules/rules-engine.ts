import { randomUUID } from 'node:crypto'
import type { Message } from '@thingdeck/broker'
import {
  RuleFailure,
  RuleInput,
  type RuleMessage,
  type RuleOutcome,
  type RuleServices,
  stringifyValue,
  type Value,
} from '@thingdeck/rules-sql'
import { BASIC_INGEST_PREFIX, TopicFilterTrie } from '@thingdeck/topics'
import type { IotLogEventType, IotLogStatus, IotLogValue } from '../../foundation/iot-log.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { AcceptedMessage, Publisher } from '../../foundation/traffic.ts'
import { ActionQueue } from './action-queue.ts'
import { ActionFailure, type CompiledAction, type Execution } from './actions/action.ts'
import { type CompileAction, type CompiledRule, compileRule } from './compiled-rule.ts'
import type { Rule } from './rule-table.ts'
import type { Rules } from './rules.ts'

interface LoadedRule extends CompiledRule {
  readonly queues: ReadonlyMap<CompiledAction, ActionQueue>
  /** Messages that ask AWS. */
  readonly questions: ActionQueue
}

const RULE_GONE = 'The rule was replaced, disabled or deleted while this message waited for its turn.'

interface Failure {
  readonly action: CompiledAction
  readonly resource: string
  readonly message: string
}

/**
 * Runs the account's rules on every message that the broker took, and on those of Basic Ingest. Their SQL is run as the
 * message passes, in the order of messages; actions are done behind it.
 */
export class RulesEngine {
  readonly #context: ServiceContext
  readonly #rules: Rules
  readonly #compileAction: CompileAction
  readonly #enabled = new Map<string, LoadedRule>()
  readonly #byTopic = new TopicFilterTrie<LoadedRule>()
  readonly #environment: Execution['environment']
  #stopListening: (() => void) | undefined

  constructor(context: ServiceContext, rules: Rules, compileAction: CompileAction, services: RuleServices) {
    this.#context = context
    this.#rules = rules
    this.#compileAction = compileAction
    this.#environment = {
      accountId: context.account.id,
      random: Math.random,
      randomUuid: randomUUID,
      services,
    }
    rules.changes.subscribe((name) => this.#reload(name))
    this.reset()
  }

  /** Loads all rules anew. */
  reset(): void {
    for (const name of [...this.#enabled.keys()]) this.#unload(name)
    for (const rule of this.#rules.all()) this.#load(rule)
    this.#listen()
  }

  /** A message to `$aws/rules/NAME/TOPIC`. A rule that is not there, or is disabled, is told of in the log. */
  ingest(ruleName: string, topic: string, message: Message, publisher: Publisher | undefined): void {
    const rule = this.#enabled.get(ruleName)
    if (rule) {
      this.#run(rule, inputOf(message, topic, publisher), publisher)
      return
    }
    this.#metric('RuleNotFound', { RuleName: ruleName })
    this.#log('RuleNotFound', 'Failure', publisher, () => ({
      clientId: publisher?.clientId ?? 'N/A',
      topicName: message.topic,
      ruleName,
      principalId: publisher?.principal.principalId ?? 'N/A',
      reason: 'RuleNotFound',
      details: `Rule ${ruleName} not found`,
    }))
    this.#context.log.warn({ topic: message.topic, ruleName }, 'no rule took this message of Basic Ingest')
  }

  #reload(name: string): void {
    this.#unload(name)
    const rule = this.#rules.find(name)
    if (rule) this.#load(rule)
    this.#listen()
  }

  #load({ name, payload }: Rule): void {
    if (payload.ruleDisabled) return
    try {
      const compiled = compileRule(this.#context.account, name, payload, this.#compileAction)
      const actions = [...compiled.actions, ...(compiled.errorAction ? [compiled.errorAction] : [])]
      const loaded = {
        ...compiled,
        queues: new Map(actions.map((action) => [action, new ActionQueue()])),
        questions: new ActionQueue(),
      }
      this.#enabled.set(name, loaded)
      if (loaded.sql.topicFilter !== undefined) this.#byTopic.add(loaded.sql.topicFilter, loaded)
    } catch (error) {
      // It was taken by another release.
      this.#context.log.error({ err: error, ruleName: name }, 'a stored rule cannot be run')
    }
  }

  #unload(name: string): void {
    const rule = this.#enabled.get(name)
    if (!rule) return
    this.#enabled.delete(name)
    if (rule.sql.topicFilter !== undefined) this.#byTopic.remove(rule.sql.topicFilter, rule)
    rule.questions.clear()
    for (const queue of rule.queues.values()) queue.clear()
  }

  /** Messages are followed while there is a rule that they could be for: it costs something for each. */
  #listen(): void {
    if (this.#byTopic.size === 0) {
      this.#stopListening?.()
      this.#stopListening = undefined
    } else {
      this.#stopListening ??= this.#context.traffic.accepted.subscribe((accepted) => this.#accepted(accepted))
    }
  }

  #accepted({ message, publisher }: AcceptedMessage): void {
    const { topic } = message
    if (topic.startsWith(BASIC_INGEST_PREFIX)) return
    let input: RuleInput | undefined
    this.#byTopic.match(topic, (rule) => {
      input ??= inputOf(message, topic, publisher)
      this.#run(rule, input, publisher)
    })
  }

  #run(rule: LoadedRule, input: RuleInput, publisher: Publisher | undefined): void {
    const { name, sql } = rule
    this.#metric('TopicMatch', { RuleName: name })
    this.#log('RuleMatch', 'Success', publisher, () => this.#fields(rule, input, publisher))
    if (rule.readsMembers && input.payload(sql.sqlVersion) instanceof Uint8Array) {
      this.#metric('ParseError', { RuleName: name })
    }
    if (sql.isAsync) {
      void this.#runAsync(rule, input, publisher)
      return
    }
    let outcome: RuleOutcome
    try {
      outcome = sql.run(input, this.#environment)
    } catch (error) {
      this.#fault(rule, input, publisher, error)
      return
    }
    this.#decided(rule, input, publisher, outcome)
  }

  /** Of SQL that asks AWS: so many messages ask at once, and more wait, as for an action. */
  async #runAsync(rule: LoadedRule, input: RuleInput, publisher: Publisher | undefined): Promise<void> {
    const run = async () => {
      try {
        this.#decided(rule, input, publisher, await rule.sql.runAsync(input, this.#environment))
      } catch (error) {
        this.#fault(rule, input, publisher, error)
      }
    }
    const drop = (why: string) => () => this.#failed(rule, input, publisher, why)
    if (rule.questions.add(input.message.payload.length, run, drop(RULE_GONE))) return
    drop('More messages wait for what this rule asks AWS than may: this one was dropped.')()
  }

  /** A defect of the server is told to its people as well. */
  #fault(rule: LoadedRule, input: RuleInput, publisher: Publisher | undefined, error: unknown): void {
    this.#context.log.error({ err: error, ruleName: rule.name }, 'a rule failed')
    this.#failed(rule, input, publisher, 'Internal error')
  }

  /** The SQL failed: there is neither an action nor an error action. */
  #failed(rule: LoadedRule, input: RuleInput, publisher: Publisher | undefined, details: string): void {
    this.#log('RuleExecution', 'Failure', publisher, () => ({ ...this.#fields(rule, input, publisher), details }))
  }

  #decided(rule: LoadedRule, input: RuleInput, publisher: Publisher | undefined, outcome: RuleOutcome): void {
    if (outcome.kind === 'no match') return
    if (outcome.kind === 'failed') {
      this.#failed(rule, input, publisher, outcome.failure.message)
      return
    }
    this.#metric('RulesExecuted', { RuleName: rule.name })
    const execution: Execution = {
      ruleName: rule.name,
      input,
      variables: outcome.variables,
      environment: this.#environment,
      // Read only where an action wants more than the bytes.
      get result() {
        return outcome.result
      },
      output: rule.sql.selectsPayload ? input.message.payload : bytesOf(outcome.result),
      publisher,
    }
    void this.#runActions(rule, execution)
  }

  async #runActions(rule: LoadedRule, execution: Execution): Promise<void> {
    const outcomes = await Promise.all(rule.actions.map((action) => this.#do(rule, action, execution, '')))
    const failures = outcomes.filter((failure) => failure !== undefined)
    if (failures.length === 0 || !rule.errorAction) return
    await this.#do(rule, rule.errorAction, withDocument(execution, failures), 'ErrorAction')
  }

  /** Does an action when its turn comes. @returns why it was not done */
  async #do(
    rule: LoadedRule,
    action: CompiledAction,
    execution: Execution,
    prefix: string,
  ): Promise<Failure | undefined> {
    const failure = await this.#tried(rule, action, execution)
    this.#metric(`${prefix}${failure ? 'Failure' : 'Success'}`, { RuleName: rule.name, ActionType: action.label })
    const status = failure ? 'Failure' : 'Success'
    if (this.#isLogged('RuleExecution', status, execution.publisher)) {
      this.#write('RuleExecution', status, execution.publisher, {
        ...this.#fields(rule, execution.input, execution.publisher),
        ruleAction: action.label,
        resources: await resourcesOf(action, execution),
        ...(failure && { details: failure.message }),
      })
    }
    return failure
  }

  #tried(rule: LoadedRule, action: CompiledAction, execution: Execution): Promise<Failure | undefined> {
    const { publisher, input, output } = execution
    return new Promise((resolve) => {
      const run = async () => {
        this.#log('StartingRuleExecution', 'Success', publisher, () => ({
          ...this.#fields(rule, input, publisher),
          ruleAction: action.label,
        }))
        try {
          await action.run(execution)
          resolve(undefined)
        } catch (error) {
          if (!(error instanceof ActionFailure || error instanceof RuleFailure)) {
            this.#context.log.error({ err: error, ruleName: rule.name }, 'an action of a rule failed')
          }
          resolve(failureOf(action, error))
        }
      }
      const drop = (message: string) => () => resolve({ action, resource: '', message })
      if (rule.queues.get(action)?.add(output.length + input.message.payload.length, run, drop(RULE_GONE))) return
      drop('More messages wait for this action than may: this one was dropped.')()
    })
  }

  #fields({ name }: CompiledRule, { message }: RuleInput, publisher: Publisher | undefined) {
    return {
      clientId: publisher?.clientId ?? 'N/A',
      topicName: message.topic,
      ruleName: name,
      principalId: publisher?.principal.principalId ?? 'N/A',
    }
  }

  #metric(name: string, dimensions: Readonly<Record<string, string>>): void {
    this.#context.metrics.record({ namespace: 'AWS/IoT', name, dimensions, unit: 'Count' })
  }

  #log(
    eventType: IotLogEventType,
    status: IotLogStatus,
    publisher: Publisher | undefined,
    fields: () => { readonly [field: string]: IotLogValue },
  ): void {
    if (this.#isLogged(eventType, status, publisher)) this.#write(eventType, status, publisher, fields())
  }

  #isLogged(eventType: IotLogEventType, status: IotLogStatus, publisher: Publisher | undefined): boolean {
    const { iotLog } = this.#context
    return iotLog.isOn && iotLog.keeps(eventType, status, publisher ?? {})
  }

  #write(
    eventType: IotLogEventType,
    status: IotLogStatus,
    publisher: Publisher | undefined,
    fields: { readonly [field: string]: IotLogValue },
  ): void {
    this.#context.iotLog.write({ eventType, status, traceId: publisher?.traceId, fields })
  }
}

function inputOf(message: Message, topic: string, publisher: Publisher | undefined): RuleInput {
  const { contentType, responseTopic, correlationData, payloadFormatIndicator, userProperties } = message.properties
  const about: RuleMessage = {
    topic,
    payload: message.payload,
    timestampMs: message.receivedAtMs,
    clientId: publisher?.clientId,
    principal: publisher?.principal.principalId,
    sourceIp: publisher?.sourceIp,
    traceId: publisher?.traceId,
    mqtt: { payloadIsUtf8: payloadFormatIndicator === 1, contentType, responseTopic, correlationData, userProperties },
  }
  return new RuleInput(about)
}

const bytesOf = (result: Value): Uint8Array =>
  result instanceof Uint8Array ? result : Buffer.from(stringifyValue(result))

const failureOf = (action: CompiledAction, error: unknown): Failure => ({
  action,
  resource: error instanceof ActionFailure ? error.resource : '',
  message: error instanceof Error ? error.message : String(error),
})

async function resourcesOf(action: CompiledAction, execution: Execution) {
  try {
    return await action.resources(execution)
  } catch {
    return {} // its name is what failed
  }
}

/** @see AWS IoT developer guide, "Error handling (error action)" */
function withDocument(
  { ruleName, input, publisher, variables, environment }: Execution,
  failures: readonly Failure[],
): Execution {
  const result = {
    ruleName,
    topic: input.message.topic,
    cloudwatchTraceId: publisher?.traceId ?? null,
    clientId: publisher?.clientId ?? 'N/A',
    sourceIp: publisher?.sourceIp ?? null,
    base64OriginalPayload: Buffer.from(input.message.payload).toString('base64'),
    failures: failures.map(({ action, resource, message }) => ({
      failedAction: action.label,
      failedResource: resource,
      errorMessage: message,
    })),
  }
  const output = Buffer.from(JSON.stringify(result))
  return { ruleName, input, variables, environment, result, output, publisher }
}
