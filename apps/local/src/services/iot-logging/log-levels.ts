import type { LogLevel } from '@aws-sdk/client-iot'
import {
  IOT_LOG_EVENT_TYPES,
  IOT_LOG_LEVELS,
  type IotLogEventType,
  type IotLogStatus,
  type IotLogSubject,
} from '../../foundation/iot-log.ts'
import type { ThingDirectory } from '../../foundation/thing-directory.ts'
import { includes, moreVerbose } from './level.ts'
import { type LoggingOptions, levelOf, type TargetLevel, type TargetType } from './settings.ts'

/** What the hierarchy of thing groups is asked for. */
export type Groups = Pick<ThingDirectory, 'groupArnsOf' | 'group'>

/**
 * Which entries are kept: `disableAllLogs` beats everything; a level that was set for a client id, principal, source IP or
 * thing group holds for all event types, also for those that are disabled; then what {@link levelOf} says
 * of the event type.
 *
 * It is made anew whenever something is set. What follows for a connection is remembered with the connection, so that a
 * message costs a look-up; {@link forgetGroups} makes that anew where membership of groups changed.
 * @see AWS IoT Core developer guide, "Configure AWS IoT logging"; that a client id goes before a principal, that before an
 * address, and groups last, is not said there
 */
export class LogLevels {
  /** False where nothing at all is kept. */
  readonly isOn: boolean
  /** By event type: whether a success, and a failure, is kept where no target matches. */
  readonly #successes: Readonly<Record<IotLogEventType, boolean>>
  readonly #failures: Readonly<Record<IotLogEventType, boolean>>
  readonly #targets: ReadonlyMap<TargetType, ReadonlyMap<string, LogLevel>>
  readonly #hasTargets: boolean
  readonly #groups: Groups
  #known = new WeakMap<IotLogSubject, LogLevel | 'none'>()

  constructor(options: LoggingOptions | undefined, levels: readonly TargetLevel[], groups: Groups) {
    this.#groups = groups
    this.#targets = byType(levels)
    this.#hasTargets = levels.length > 0
    const setLevel = (eventType: IotLogEventType): LogLevel =>
      !options || options.disableAllLogs ? 'DISABLED' : levelOf(options, eventType)
    this.#successes = table((eventType) => includes(setLevel(eventType), IOT_LOG_LEVELS[eventType]))
    this.#failures = table((eventType) => includes(setLevel(eventType), 'ERROR'))
    const isAnyTarget = levels.some(({ logLevel }) => logLevel !== 'DISABLED')
    const isAnyEvent = Object.values(this.#failures).some((isKept) => isKept)
    this.isOn = options !== undefined && !options.disableAllLogs && (isAnyTarget || isAnyEvent)
  }

  keeps(eventType: IotLogEventType, status: IotLogStatus, subject: IotLogSubject): boolean {
    if (!this.isOn) return false
    if (this.#hasTargets) {
      const level = this.#levelFor(subject)
      if (level !== 'none') return includes(level, status === 'Success' ? IOT_LOG_LEVELS[eventType] : 'ERROR')
    }
    return status === 'Success' ? this.#successes[eventType] : this.#failures[eventType]
  }

  /** Things came into groups or left them, or groups moved. */
  forgetGroups(): void {
    if (this.#targets.has('THING_GROUP')) this.#known = new WeakMap()
  }

  #levelFor(subject: IotLogSubject): LogLevel | 'none' {
    let level = this.#known.get(subject)
    if (level === undefined) {
      level = this.#find(subject) ?? 'none'
      this.#known.set(subject, level)
    }
    return level
  }

  #find({ clientId, principal, sourceIp, thingName }: IotLogSubject): LogLevel | undefined {
    return (
      this.#target('CLIENT_ID', clientId) ??
      this.#target('PRINCIPAL_ID', principal?.principalId) ??
      this.#target('SOURCE_IP', sourceIp) ??
      this.#ofGroups(thingName ?? clientId)
    )
  }

  #target(type: TargetType, name: string | undefined): LogLevel | undefined {
    return name === undefined ? undefined : this.#targets.get(type)?.get(name)
  }

  /**
   * By the groups of a thing and those above them: one whose level is set goes before all above it. Among others, which
   * AWS says nothing about, the one that keeps more.
   */
  #ofGroups(thingName: string | undefined): LogLevel | undefined {
    const levels = this.#targets.get('THING_GROUP')
    if (!levels || thingName === undefined) return undefined
    const matching = this.#groups.groupArnsOf(thingName).filter((arn) => levels.has(groupName(arn)))
    const above = new Set(matching.flatMap((arn) => this.#groups.group(groupName(arn))?.ancestors ?? []))
    const found = matching.filter((arn) => !above.has(arn)).flatMap((arn) => levels.get(groupName(arn)) ?? [])
    return found.length === 0 ? undefined : found.reduce(moreVerbose)
  }
}

const groupName = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1)

function byType(levels: readonly TargetLevel[]): ReadonlyMap<TargetType, ReadonlyMap<string, LogLevel>> {
  const targets = new Map<TargetType, Map<string, LogLevel>>()
  for (const { targetType, targetName, logLevel } of levels) {
    const ofType = targets.get(targetType) ?? new Map<string, LogLevel>()
    targets.set(targetType, ofType.set(targetName, logLevel))
  }
  return targets
}

function table(isKept: (eventType: IotLogEventType) => boolean): Readonly<Record<IotLogEventType, boolean>> {
  // The entries are made of all keys, which is more than the type of `fromEntries` says.
  return Object.fromEntries(IOT_LOG_EVENT_TYPES.map((type) => [type, isKept(type)])) as Record<IotLogEventType, boolean>
}
