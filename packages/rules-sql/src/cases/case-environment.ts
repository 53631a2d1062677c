import type { RuleEnvironment } from '../rule-function.ts'
import type { RuleServices } from '../services.ts'

/**
 * What is the same for all messages of an account, where nothing is left to chance. `rand()` and `newuuid()` are drawn from the message's number, so that
 * draft and deployed rule, and each run anew, have the same: what differs then differs because of the SQL.
 */
export function environmentOf(accountId: string, id: number, services: RuleServices): RuleEnvironment {
  let state = id + 1
  // Mulberry32, by Tommy Ettinger: short, and even enough for what is only looked at.
  const random = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const hex = (digits: number) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  const randomUuid = () => `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`
  return { accountId, random, randomUuid, services }
}
