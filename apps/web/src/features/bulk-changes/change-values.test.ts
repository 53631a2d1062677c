import { expect, test } from 'vitest'
import { CHANGE_RULES, changeOf, NO_CHANGE } from './change-values.ts'

test('a form that nobody has filled in takes no type and no billing group away', () => {
  const type = { ...NO_CHANGE, kind: 'type' } as const
  expect(CHANGE_RULES.newType?.('', type)).toBe('Choose the type.')
  expect(CHANGE_RULES.newType?.('pump', type)).toBeUndefined()
  const billingGroup = { ...NO_CHANGE, kind: 'billing-group' } as const
  expect(CHANGE_RULES.billingGroup?.('', billingGroup)).toBe('Choose the billing group.')
  expect(CHANGE_RULES.billingGroup?.('acme', billingGroup)).toBeUndefined()
})

test('taking away is chosen by its name, whatever stood in the field', () => {
  expect(changeOf({ ...NO_CHANGE, kind: 'type', newType: 'pump' })).toEqual({ kind: 'type', thingTypeName: 'pump' })
  const none = { ...NO_CHANGE, kind: 'type', typeAct: 'remove', newType: 'pump' } as const
  expect([CHANGE_RULES.newType?.('', none), changeOf(none)]).toEqual([undefined, { kind: 'type' }])
  const out = { ...NO_CHANGE, kind: 'billing-group', billingGroupAct: 'remove', billingGroup: 'acme' } as const
  expect([CHANGE_RULES.billingGroup?.('', out), changeOf(out)]).toEqual([undefined, { kind: 'billing-group' }])
})
