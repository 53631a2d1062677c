import { refuse } from './job-error.ts'

/** What a device says of an execution, by names of its own. */
export type StatusDetails = Readonly<Record<string, string>>

/** @see API Reference, AWS IoT Jobs Data Plane, "UpdateJobExecution"; AWS IoT Device Management quotas */
export const STATUS_DETAILS_LIMITS = { pairs: 10, keyCharacters: 128, valueCharacters: 1024 } as const

const KEY = /^[a-zA-Z0-9:_-]{1,128}$/
const CONTROL = /\p{C}/u

/** @throws {JobError} InvalidRequest, naming the pair */
export function checkStatusDetails(details: StatusDetails): void {
  const pairs = Object.entries(details)
  if (pairs.length > STATUS_DETAILS_LIMITS.pairs) {
    throw refuse(`statusDetails has ${pairs.length} pairs; there can be at most ${STATUS_DETAILS_LIMITS.pairs}`)
  }
  for (const [key, value] of pairs) {
    if (!KEY.test(key))
      throw refuse(`statusDetails: the name ${JSON.stringify(key)} is not 1 to 128 of a-z A-Z 0-9 : _ -`)
    if (typeof value !== 'string') throw refuse(`statusDetails.${key} is no text`)
    const { length } = Array.from(value)
    if (length === 0 || length > STATUS_DETAILS_LIMITS.valueCharacters) {
      throw refuse(`statusDetails.${key} has ${length} characters; 1 to 1024 there can be`)
    }
    if (CONTROL.test(value)) throw refuse(`statusDetails.${key} has a control character`)
  }
}
