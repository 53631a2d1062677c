import { HIDDEN_RULE_SECRET, type RulePayload } from '@thingdeck/contract'
import { afterEach, expect, test } from 'vitest'
import { dropRuleDraft, keepRuleDraft, NEW_RULE, readRuleDraft } from './rule-draft.ts'

afterEach(() => sessionStorage.clear())

const PAYLOAD: RulePayload = {
  sql: "SELECT * FROM 'a'",
  actions: [{ http: { url: 'https://example.com', headers: [{ key: 'x-api-key', value: 'secret' }] } }],
}

test('a draft outlives the page, without its secrets, until it is dropped', () => {
  expect(readRuleDraft(NEW_RULE)).toBeUndefined()
  keepRuleDraft(NEW_RULE, { ruleName: 'alarms', payload: PAYLOAD, tags: { team: 'plant' }, base: PAYLOAD })
  const kept = readRuleDraft(NEW_RULE)
  expect(kept).toMatchObject({ ruleName: 'alarms', tags: { team: 'plant' }, payload: { sql: PAYLOAD.sql } })
  expect(kept?.payload.actions[0]?.http?.headers?.[0]?.value).toBe(HIDDEN_RULE_SECRET)
  expect(Object.values(sessionStorage).join()).not.toContain('secret"')
  expect(readRuleDraft('alarms')).toBeUndefined()
  dropRuleDraft(NEW_RULE)
  expect(readRuleDraft(NEW_RULE)).toBeUndefined()
})

test('what is no draft is none', () => {
  keepRuleDraft(NEW_RULE, { ruleName: '', payload: PAYLOAD, tags: {} })
  for (const key of Object.keys(sessionStorage)) sessionStorage.setItem(key, '{"payload":{"sql":1}}')
  expect(readRuleDraft(NEW_RULE)).toBeUndefined()
})
