import type { RoleAliasPolicy, RoleAliasUsers } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { usersInWords } from './users-words.ts'

const CERT = 'arn:aws:iot:us-east-1:123456789012:cert/'
const GROUP = 'arn:aws:iot:us-east-1:123456789012:thinggroup/halls'

const policy = (targets: string[], more: Partial<RoleAliasPolicy> = {}): RoleAliasPolicy => ({
  policyName: 'p',
  effect: 'allows',
  targets,
  hasMoreTargets: false,
  ...more,
})

const users = (policies: RoleAliasPolicy[], more: Partial<RoleAliasUsers> = {}): RoleAliasUsers => ({
  looked: 3,
  listed: 3,
  isOver: true,
  isAll: true,
  policies,
  ...more,
})

test.each<[RoleAliasUsers | undefined, string]>([
  [undefined, 'The policies are being looked through for who may use it.'],
  [users([]), 'No policy of this account lets anybody use it.'],
  [users([policy([`${CERT}a`], { effect: 'denies' })]), 'No policy of this account lets anybody use it.'],
  [users([policy([])]), '1 policy would let devices use it, and none is attached to anything.'],
  [users([policy([`${CERT}a`]), policy([`${CERT}a`, `${CERT}b`])]), '2 certificates may use it, by 2 policies.'],
  [
    users([policy([`${CERT}a`, GROUP])]),
    '1 certificate and the certificates of the things in 1 thing group may use it, by 1 policy.',
  ],
  [
    users([policy([`${CERT}a`])], { looked: 1, isOver: false }),
    'at least 1 certificate may use it, by at least 1 policy (1 of 3 policies were looked at so far).',
  ],
  [users([], { isAll: false }), 'No policy that lets anybody use it was found.'],
])('%j', (given, words) => {
  expect(usersInWords(given)).toBe(words)
})
