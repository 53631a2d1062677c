import { HIDDEN_RULE_SECRET, type RulePayload, withoutRuleSecrets } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { isSameRule, mergeRules, withSecretsOf } from './rebase-draft.ts'

const BASE: RulePayload = {
  sql: "SELECT *\nFROM 'plant/+/data'\nWHERE bar > 3",
  description: 'Alarms',
  awsIotSqlVersion: '2016-03-23',
  actions: [
    { sns: { targetArn: 'arn:aws:sns:us-east-1:123456789012:t', roleArn: 'r' } },
    { http: { url: 'https://example.com', headers: [{ key: 'x-api-key', value: 'secret' }] } },
  ],
}

test('changes of two people to different parts go together, and to the same part do not', () => {
  const mine = { ...BASE, sql: BASE.sql.replace('> 3', '> 4') }
  const theirs = { ...BASE, description: 'Alarms of pumps' }
  expect(mergeRules(BASE, mine, theirs)).toMatchObject({ sql: mine.sql, description: 'Alarms of pumps' })
  expect(mergeRules(BASE, mine, { ...BASE, sql: BASE.sql.replace('> 3', '> 5') })).toBeUndefined()
  expect(mergeRules(BASE, mine, mine)).toMatchObject({ sql: mine.sql })
})

test('a draft that was kept gets back the secrets of actions that it did not change', () => {
  const kept = withoutRuleSecrets(BASE)
  expect(JSON.stringify(kept)).toContain(HIDDEN_RULE_SECRET)
  expect(withSecretsOf(kept, { payload: BASE })).toEqual(BASE)
  const changed = {
    ...kept,
    actions: [{ http: { url: 'https://example.org', headers: kept.actions[1]?.http?.headers ?? [] } }],
  }
  expect(JSON.stringify(withSecretsOf(changed, { payload: BASE }))).toContain(HIDDEN_RULE_SECRET)
})

test('rules are the same whatever the order of members', () => {
  const { sql, actions, ...rest } = BASE
  expect(isSameRule({ ...rest, ruleDisabled: false, actions, sql }, BASE)).toBe(true)
  expect(isSameRule({ ...BASE, ruleDisabled: true }, BASE)).toBe(false)
})
