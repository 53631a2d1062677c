import { ActionFailure } from './action-error.ts'

/** Of each unit so many are a second. */
const PER_SECOND = { SECONDS: 1n, MILLISECONDS: 1_000n, MICROSECONDS: 1_000_000n, NANOSECONDS: 1_000_000_000n } as const

/** The units in which actions take times. @see AWS IoT developer guide, "Timestream" and "Location" */
export type TimeUnit = keyof typeof PER_SECOND

/** @throws {ActionFailure} for what is no unit of time; an empty text is milliseconds */
export function readTimeUnit(text: string, member: string, resource: string): TimeUnit {
  if (text === '') return 'MILLISECONDS'
  if (Object.hasOwn(PER_SECOND, text)) return text as TimeUnit // which it is then
  throw new ActionFailure(resource, `${member} must be one of ${Object.keys(PER_SECOND).join(', ')}, not ${text}.`)
}

/** A time since 1970 as a whole number. @throws {ActionFailure} for what is none */
export function readWholeTime(text: string, member: string, resource: string): bigint {
  if (!/^\d{1,19}$/.test(text)) throw new ActionFailure(resource, `${member} must be a whole number, not ${text}.`)
  return BigInt(text)
}

/** @returns epoch milliseconds; what is below a millisecond is cut off */
export const toMilliseconds = (time: bigint, unit: TimeUnit): number => Number((time * 1_000n) / PER_SECOND[unit])
