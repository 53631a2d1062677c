import { expect, test } from 'vitest'
import { RULE_ACTION_NAMES, RULE_ACTION_SETTINGS } from './rule-actions.ts'

test('every action has its name in the list', () => {
  expect([...RULE_ACTION_NAMES].sort()).toEqual(Object.keys(RULE_ACTION_SETTINGS).sort())
})
