import { AwsError } from '@thingdeck/aws-api'
import type { Logger } from 'pino'
import { type Account, arnOf } from '../../../foundation/account.ts'
import type { Clock } from '../../../foundation/clock.ts'
import { validationFailed } from '../cloudwatch-errors.ts'
import type { Alarm, AlarmState, CompositeAlarm, HistoryItem, StateValue } from './alarm.ts'
import type { AlarmActions } from './alarm-actions.ts'
import { parseAlarmRule } from './alarm-rule.ts'
import type { AlarmTable } from './alarm-table.ts'
import type { AlarmEvaluation, Finding } from './evaluation.ts'
import { messageOf, subjectOf } from './notification.ts'
import { UNCHECKED } from './state-reason.ts'

/** "You can create up to 5000 alarms per Region", user guide. */
const MAX_ALARMS = 5_000
/** "CloudWatch preserves alarm history for two weeks". */
const HISTORY_MS = 14 * 86_400_000
/** API Reference, AlarmHistoryItem. */
const MAX_DATA_CHARS = 4_095

export interface AlarmParts {
  readonly account: Account
  readonly clock: Clock
  readonly log: Logger
  readonly table: AlarmTable
  readonly evaluation: AlarmEvaluation
  readonly actions: AlarmActions
}

/** Alarms: what they are, in which state, and what they do when that changes. */
export class Alarms {
  readonly #parts: AlarmParts
  /** What actions are under way. */
  readonly #running = new Set<Promise<void>>()

  constructor(parts: AlarmParts) {
    this.#parts = parts
  }

  arn(name: string): string {
    return arnOf(this.#parts.account, 'cloudwatch', `alarm:${name}`)
  }

  /**
   * Makes an alarm, or changes one; its state is looked at again at once.
   * @throws {AwsError} LimitExceededFault
   */
  put(
    alarm: Pick<Alarm, 'name' | 'kind' | 'definition' | 'actionsEnabled'>,
    tags: Readonly<Record<string, string>>,
  ): void {
    const { table, clock } = this.#parts
    const now = clock()
    const present = table.find(alarm.name)
    if (present && present.kind !== alarm.kind) {
      throw validationFailed(`An alarm of another type is named ${alarm.name} already; delete it first`)
    }
    if (!present && table.count() >= MAX_ALARMS) {
      throw new AwsError('LimitExceededFault', `The maximum number of ${MAX_ALARMS} alarms has been reached`)
    }
    const state = present?.state ?? { ...UNCHECKED, reasonData: undefined, updatedAtMs: now, transitionedAtMs: now }
    const next = { ...alarm, configuredAtMs: now, state } as Alarm // of the kind that `alarm` has
    table.transaction(() => {
      table.put(next)
      if (!present) table.setTags(alarm.name, tags)
      const [type, done, what] = present ? ['Update', 'updated', 'updatedAlarm'] : ['Create', 'created', 'createdAlarm']
      this.#note(next, 'ConfigurationUpdate', `Alarm "${alarm.name}" ${done}`, {
        version: '1.0',
        type,
        [what]: next.definition,
      })
    })
    this.#look(next)
  }

  /** @throws {AwsError} ResourceNotFound, with the names; ValidationException where a composite alarm speaks of one */
  delete(names: readonly string[]): void {
    const { table } = this.#parts
    const found = names.map((name) => ({ name, alarm: table.find(name) }))
    const missing = found.filter(({ alarm }) => !alarm).map(({ name }) => name)
    if (missing.length > 0) {
      throw new AwsError('ResourceNotFound', `Alarms [${missing.join(', ')}] do not exist`)
    }
    for (const name of names) {
      const parents = this.parentsOf(name).filter((parent) => !names.includes(parent.name))
      if (parents.length > 0) {
        throw validationFailed(
          `Cannot delete ${name} as there are composite alarm(s) depending on it: ${parents.map((parent) => parent.name).join(', ')}.`,
        )
      }
    }
    table.transaction(() => {
      for (const { alarm } of found) {
        if (!alarm) continue
        table.remove(alarm.name)
        const data = { version: '1.0', type: 'Delete', deletedAlarm: alarm.definition }
        this.#note(alarm, 'ConfigurationUpdate', `Alarm "${alarm.name}" deleted`, data)
      }
    })
  }

  /** @throws {AwsError} ResourceNotFound */
  require(name: string): Alarm {
    const alarm = this.#parts.table.find(name)
    if (!alarm) throw new AwsError('ResourceNotFound', `Unknown alarm: ${name}`)
    return alarm
  }

  /** For a test of its actions: a metric alarm goes back at its next evaluation. @throws {AwsError} ResourceNotFound */
  setState(name: string, finding: Finding): void {
    this.#change(this.require(name), finding)
  }

  enableActions(names: readonly string[], isEnabled: boolean): void {
    const { table, clock } = this.#parts
    for (const name of names) if (table.find(name)) table.enableActions(name, isEnabled, clock())
  }

  /** The composite alarms that speak of one. */
  parentsOf(name: string): CompositeAlarm[] {
    return this.#parts.table.composites().filter((alarm) => childrenOf(alarm).includes(name))
  }

  /** @param isDue whether an alarm of that period is to be looked at now */
  evaluate(isDue: (periodSeconds: number) => boolean): void {
    const { table, evaluation } = this.#parts
    for (const alarm of table.all()) {
      if (isDue(alarm.kind === 'MetricAlarm' ? evaluation.periodOf(alarm) : 60)) this.#look(alarm)
    }
  }

  forgetOldHistory(): void {
    this.#parts.table.removeHistory(this.#parts.clock() - HISTORY_MS)
  }

  /** When all actions that were begun have ended. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  #look(alarm: Alarm): void {
    const { evaluation, clock } = this.#parts
    this.#follow(alarm, () =>
      alarm.kind === 'MetricAlarm' ? evaluation.evaluate(alarm, clock()) : this.#findComposite(alarm),
    )
  }

  /** @param path the alarms whose change led here */
  #follow(alarm: Alarm, find: () => Finding | undefined, path?: readonly string[]): void {
    try {
      const finding = find()
      if (finding && finding.value !== alarm.state.value) this.#change(alarm, finding, path)
    } catch (error) {
      this.#parts.log.error({ err: error, alarm: alarm.name }, 'an alarm could not be evaluated')
    }
  }

  #findComposite(alarm: CompositeAlarm, cause?: string): Finding {
    const rule = parseAlarmRule(alarm.definition.AlarmRule ?? '')
    const holds = rule.holds((name) => this.#parts.table.find(name)?.state.value)
    const value = holds ? 'ALARM' : 'OK'
    return { value, reason: cause ?? `AlarmRule is ${holds ? 'true' : 'false'}`, reasonData: undefined }
  }

  /** @param path the alarms whose change led here */
  #change(alarm: Alarm, { value, reason, reasonData }: Finding, path: readonly string[] = []): void {
    const { table, clock } = this.#parts
    const now = clock()
    const old = alarm.state
    const isTransition = value !== old.value
    const transitionedAtMs = isTransition ? now : old.transitionedAtMs
    const state: AlarmState = { value, reason, reasonData, updatedAtMs: now, transitionedAtMs }
    table.transaction(() => {
      table.setState(alarm.name, state)
      if (isTransition) {
        this.#note(alarm, 'StateUpdate', `Alarm updated from ${old.value} to ${value}`, {
          version: '1.0',
          oldState: stateData(old),
          newState: stateData(state),
        })
      }
    })
    if (!isTransition) return
    table.whenKept(() => this.#act(alarm, state))
    this.#tellParents(alarm, value, [...path, alarm.name])
  }

  /** "The evaluation of composite alarms stops if CloudWatch detects a cycle", user guide. */
  #tellParents({ name }: Alarm, value: StateValue, path: readonly string[]): void {
    const cause = `${this.arn(name)} transitioned to ${value} at ${spoken(this.#parts.clock())}`
    for (const parent of this.parentsOf(name)) {
      const isCycle = path.includes(parent.name)
      // What fails for one is no failure of what it follows from: it is looked at again with its next evaluation.
      if (!isCycle) this.#follow(parent, () => this.#findComposite(parent, cause), path)
    }
  }

  #act(alarm: Alarm, state: AlarmState): void {
    if (!alarm.actionsEnabled) return
    const { OKActions = [], AlarmActions = [], InsufficientDataActions = [] } = alarm.definition
    const actions = { OK: OKActions, ALARM: AlarmActions, INSUFFICIENT_DATA: InsufficientDataActions }[state.value]
    const message = messageOf(this.#parts.account, this.arn(alarm.name), alarm, state)
    const subject = subjectOf(this.#parts.account, alarm, state)
    for (const topicArn of actions) {
      const running = this.#parts.actions
        .notify({ topicArn, subject, message })
        .then(
          () => this.#noteAction(alarm, state, { topicArn, message }, undefined),
          (error: unknown) => this.#noteAction(alarm, state, { topicArn, message }, error),
        )
        .catch((error: unknown) => {
          this.#parts.log.error({ err: error, alarm: alarm.name }, 'an action of an alarm is not in its history')
        })
        .finally(() => this.#running.delete(running))
      this.#running.add(running)
    }
  }

  #noteAction(
    alarm: Alarm,
    state: AlarmState,
    { topicArn, message }: { readonly topicArn: string; readonly message: string },
    error: unknown,
  ): void {
    const failure = error === undefined ? undefined : error instanceof Error ? error.message : String(error)
    const summary =
      failure === undefined
        ? `Successfully executed action ${topicArn}`
        : `Failed to execute action ${topicArn}. Received error: "${failure}"`
    this.#note(alarm, 'Action', summary, {
      actionState: failure === undefined ? 'Succeeded' : 'Failed',
      stateUpdateTimestamp: state.updatedAtMs,
      notificationResource: topicArn,
      publishedMessage: failure === undefined ? JSON.stringify({ default: message }) : null,
      error: failure ?? null,
    })
  }

  #note(alarm: Alarm, type: HistoryItem['type'], summary: string, data: object): void {
    const { table, clock } = this.#parts
    const text = JSON.stringify(data)
    table.addHistory({
      alarmName: alarm.name,
      alarmKind: alarm.kind,
      atMs: clock(),
      type,
      summary: summary.slice(0, 255),
      // What is too long for the model is left out, so that the rest stays JSON.
      data: text.length <= MAX_DATA_CHARS ? text : JSON.stringify({ version: '1.0', type }),
    })
  }
}

export function childrenOf({ definition }: CompositeAlarm): readonly string[] {
  return parseAlarmRule(definition.AlarmRule ?? '').children
}

function stateData({ value, reason, reasonData }: AlarmState) {
  return {
    stateValue: value,
    stateReason: reason,
    ...(reasonData !== undefined && { stateReasonData: JSON.parse(reasonData) }),
  }
}

/** `Friday 13 November, 2020 23:45:10 UTC` */
function spoken(ms: number): string {
  const date = new Date(ms)
  const part = (options: Intl.DateTimeFormatOptions) => date.toLocaleString('en-US', { ...options, timeZone: 'UTC' })
  const day = `${part({ weekday: 'long' })} ${date.getUTCDate()} ${part({ month: 'long' })}, ${date.getUTCFullYear()}`
  return `${day} ${date.toISOString().slice(11, 19)} UTC`
}
