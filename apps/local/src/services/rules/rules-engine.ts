import { randomUUID } from 'node:crypto'
import type { Message } from '@thingdeck/broker'
import { ActionFailure, whyTooLarge } from '@thingdeck/rule-actions'
import { RuleFailure, type RuleOutcome, type RuleServices } from '@thingdeck/rules-sql'
import { BASIC_INGEST_PREFIX, KeptByTopic, TopicFilterTrie } from '@thingdeck/topics'
import { RatePerSecond } from '../../foundation/rate-per-second.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { AcceptedMessage, Publisher } from '../../foundation/traffic.ts'
import { ActionQueue } from './action-queue.ts'
import type { CompiledAction, Execution } from './actions/action.ts'
import type { CompiledRule } from './compiled-rule.ts'
import { withBatchErrorDocument, withErrorDocument } from './error-document.ts'
import { FailedBatches, type Failure } from './failed-batches.ts'
import { lineageOf } from './lineage.ts'
import { type Arrival, RuleExecution } from './rule-execution.ts'
import { ruleInput } from './rule-message.ts'
import { RuleReport, reportNotFound, reportThrottled, reportUnknownThrottled } from './rule-report.ts'
import type { Rule } from './rule-table.ts'
import type { Rules } from './rules.ts'

interface LoadedRule extends CompiledRule {
  readonly report: RuleReport
  readonly queues: ReadonlyMap<CompiledAction, ActionQueue>
  /** Messages that ask AWS. */
  readonly questions: ActionQueue
  readonly environment: Execution['environment']
  readonly failedBatches: FailedBatches
}

/** Basic Ingest for rules that are not there: AWS throttles what it calls misbehaviour, and does not say from when on. */
const MAX_UNKNOWN_PER_SECOND = 100

const RULE_GONE = 'The rule was replaced, disabled or deleted while this message waited for its turn.'

/**
 * Runs the account's rules on every message that the broker took, and on those of Basic Ingest. Their SQL is run as the
 * message passes, in the order of messages; actions are done behind it.
 */
export class RulesEngine {
  readonly #context: ServiceContext
  readonly #rules: Rules
  readonly #enabled = new Map<string, LoadedRule>()
  readonly #byTopic = new TopicFilterTrie<LoadedRule>()
  /** Forgotten whenever a rule comes or goes. */
  readonly #matching = new KeptByTopic((topic) => this.#byTopic.matching(topic))
  readonly #servicesOf: (ruleName: string) => RuleServices
  readonly #evaluations: RatePerSecond
  readonly #unknown = new RatePerSecond(MAX_UNKNOWN_PER_SECOND)
  #stopListening: (() => void) | undefined

  constructor(context: ServiceContext, rules: Rules, servicesOf: (ruleName: string) => RuleServices) {
    this.#context = context
    this.#rules = rules
    this.#evaluations = new RatePerSecond(context.ruleEvaluationsPerSecond)
    this.#servicesOf = servicesOf
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
    if (rule) this.#run(rule, { input: ruleInput(message, topic, publisher), publisher, lineage: lineageOf(publisher) })
    else if (this.#unknown.take(message.receivedAtMs)) {
      reportNotFound(this.#context, ruleName, message.topic, publisher)
    } else reportUnknownThrottled(this.#context, ruleName, message.topic, publisher)
  }

  /** Lets go of what actions hold. */
  close(): void {
    for (const name of [...this.#enabled.keys()]) this.#unload(name)
    this.#listen()
  }

  #reload(name: string): void {
    this.#unload(name)
    const rule = this.#rules.find(name)
    if (rule) this.#load(rule)
    this.#listen()
  }

  #load(rule: Rule): void {
    const { name, payload } = rule
    if (payload.ruleDisabled) return
    try {
      const compiled = this.#rules.compiled(rule)
      const actions = [...compiled.actions, ...(compiled.errorAction ? [compiled.errorAction] : [])]
      const loaded = {
        ...compiled,
        report: new RuleReport(this.#context, compiled),
        queues: new Map(actions.map((action) => [action, new ActionQueue()])),
        questions: new ActionQueue(),
        environment: {
          accountId: this.#context.account.id,
          random: Math.random,
          randomUuid: randomUUID,
          services: this.#servicesOf(name),
        },
        failedBatches: new FailedBatches(),
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
    for (const [action, queue] of rule.queues) {
      queue.clear()
      action.close?.()
    }
  }

  /** After rules came or went: messages are followed while there is one that they could be for, as it costs something. */
  #listen(): void {
    this.#matching.forget()
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
    let arrival: Arrival | undefined
    for (const rule of this.#matching.get(topic)) {
      arrival ??= { input: ruleInput(message, topic, publisher), publisher, lineage: lineageOf(publisher) }
      this.#run(rule, arrival)
    }
  }

  /** Once it is kept what the message tells of: actions cannot be undone. */
  #run(rule: LoadedRule, arrival: Arrival): void {
    this.#context.database.whenKept(() => {
      try {
        this.#evaluate(rule, arrival)
      } catch (error) {
        this.#fault(rule, arrival, error)
      }
    })
  }

  #evaluate(rule: LoadedRule, arrival: Arrival): void {
    const { sql, report } = rule
    const { input, publisher } = arrival
    if (!this.#evaluations.take(input.message.timestampMs)) {
      reportThrottled(this.#context, publisher)
      return
    }
    report.matched(input, publisher)
    if (rule.readsMembers && input.payload(sql.sqlVersion) instanceof Uint8Array) report.couldNotParse()
    if (sql.isAsync) {
      this.#runAsync(rule, arrival)
      return
    }
    this.#decided(rule, arrival, sql.run(input, rule.environment))
  }

  /** Of SQL that asks AWS: so many messages ask at once, and more wait, as for an action. */
  #runAsync(rule: LoadedRule, arrival: Arrival): void {
    const { input, publisher } = arrival
    const run = async () => {
      try {
        this.#decided(rule, arrival, await rule.sql.runAsync(input, rule.environment))
      } catch (error) {
        this.#fault(rule, arrival, error)
      }
    }
    const drop = (why: string) => () => rule.report.failed(input, publisher, why)
    if (rule.questions.add(input.message.payload.length, run, drop(RULE_GONE))) return
    drop('More messages wait for what this rule asks AWS than may: this one was dropped.')()
  }

  /** A defect of the server is told to its people as well. */
  #fault(rule: LoadedRule, { input, publisher }: Arrival, error: unknown): void {
    this.#context.log.error({ err: error, ruleName: rule.name }, 'a rule failed')
    rule.report.failed(input, publisher, 'Internal error')
  }

  #decided(rule: LoadedRule, arrival: Arrival, outcome: RuleOutcome): void {
    if (outcome.kind === 'no match') return
    if (outcome.kind === 'failed') {
      rule.report.failed(arrival.input, arrival.publisher, outcome.failure.message)
      return
    }
    rule.report.executed()
    if (rule.actions.length === 0) return
    const execution = new RuleExecution(rule, arrival, rule.environment, outcome)
    void this.#runActions(rule, execution)
  }

  async #runActions(rule: LoadedRule, execution: Execution): Promise<void> {
    const outcomes = await Promise.all(rule.actions.map((action) => this.#do(rule, action, execution)))
    const failures = outcomes.filter((failure) => failure !== undefined)
    const { errorAction, failedBatches } = rule
    if (failures.length === 0 || !errorAction) return
    const documents = failures.some(({ ofBatch }) => ofBatch)
      ? failedBatches.add(execution, failures).map(withBatchErrorDocument)
      : [withErrorDocument(execution, failures)]
    await Promise.all(documents.map((document) => this.#do(rule, errorAction, document)))
  }

  /** Does an action when its turn comes. @returns why it was not done */
  async #do(rule: LoadedRule, action: CompiledAction, execution: Execution): Promise<Failure | undefined> {
    const failure = await this.#tried(rule, action, execution)
    await rule.report.ended(action, execution, failure)
    return failure
  }

  #tried(rule: LoadedRule, action: CompiledAction, execution: Execution): Promise<Failure | undefined> {
    const bytes = execution.output.length + execution.input.message.payload.length
    return new Promise((resolve) => {
      const run = async () => {
        rule.report.begins(action, execution)
        try {
          const why = whyTooLarge(execution)
          if (why !== undefined) throw new ActionFailure(await resourceOf(action, execution), why)
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
      if (rule.queues.get(action)?.add(bytes, run, drop(RULE_GONE))) return
      drop('More messages wait for this action than may: this one was dropped.')()
    })
  }
}

/** What an action is done to, which stands first of what its log entry tells. */
async function resourceOf(action: CompiledAction, execution: Execution): Promise<string> {
  const [resource] = Object.values(await action.resources(execution))
  return String(resource ?? '')
}

const failureOf = (action: CompiledAction, error: unknown): Failure => ({
  action,
  resource: error instanceof ActionFailure ? error.resource : '',
  message: error instanceof Error ? error.message : String(error),
  ...(error instanceof ActionFailure && error.batch && { ofBatch: error }),
})
