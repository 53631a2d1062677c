import { ActionFailure } from './action-error.ts'
import { type ActionOptions, type MatchedMessage, optionalTemplate, render } from './execution.ts'
import type { Timestamp } from './settings.ts'

/** Of each unit so many are a second. */
const PER_SECOND = { SECONDS: 1n, MILLISECONDS: 1_000n, MICROSECONDS: 1_000_000n, NANOSECONDS: 1_000_000_000n } as const

/** The units in which actions take times. @see AWS IoT developer guide, "Timestream" and "Location" */
export type TimeUnit = keyof typeof PER_SECOND

/** A time since 1970, so many of a unit. */
interface Time {
  readonly value: bigint
  readonly unit: TimeUnit
}

/**
 * The member `timestamp` of an action: the time that it says for a message, or else when the message came.
 * The function that is made throws an {@link ActionFailure} for what is no time.
 * @throws what `options.template` throws
 */
export function timestampOf(
  timestamp: Timestamp | undefined,
  options: ActionOptions,
): (message: MatchedMessage, resource: string) => Promise<Time> {
  const value = optionalTemplate(options, 'timestamp.value', timestamp?.value)
  const unit = optionalTemplate(options, 'timestamp.unit', timestamp?.unit)
  return async (message, resource) => {
    const given = await render(value, message)
    // A clock that was put forward may have parts of a millisecond.
    const arrivedMs = Math.trunc(message.input.message.timestampMs)
    if (given === undefined) return { value: BigInt(arrivedMs), unit: 'MILLISECONDS' }
    const whole = readWholeTime(given, 'timestamp.value', resource)
    return { value: whole, unit: readTimeUnit((await render(unit, message)) ?? '', 'timestamp.unit', resource) }
  }
}

/** @throws {ActionFailure} for what is no unit of time; an empty text is milliseconds */
function readTimeUnit(text: string, member: string, resource: string): TimeUnit {
  if (text === '') return 'MILLISECONDS'
  if (Object.hasOwn(PER_SECOND, text)) return text as TimeUnit // which it is then
  throw new ActionFailure(resource, `${member} must be one of ${Object.keys(PER_SECOND).join(', ')}, not ${text}.`)
}

/** A time since 1970 as a whole number. @throws {ActionFailure} for what is none */
function readWholeTime(text: string, member: string, resource: string): bigint {
  if (!/^\d{1,19}$/.test(text)) throw new ActionFailure(resource, `${member} must be a whole number, not ${text}.`)
  return BigInt(text)
}

/** @returns epoch milliseconds; what is below a millisecond is cut off */
export const toMilliseconds = ({ value, unit }: Time): number => Number((value * 1_000n) / PER_SECOND[unit])
