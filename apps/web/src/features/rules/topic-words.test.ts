import { expect, test } from 'vitest'
import { topicKind, topicWords } from './topic-words.ts'

const NONE = { rules: [], looked: 3, isAll: true }
const rule = (ruleName: string, ruleDisabled = false) => ({ ruleName, ruleArn: '', ruleDisabled })

test.each([
  ['plant/7/data', { is: 'plain' }],
  ['$aws/rules/hot/plant/7', { is: 'basic ingest', ruleName: 'hot', rest: 'plant/7' }],
  ['$aws/rules/', { is: 'nameless ingest' }],
  ['$aws/things/pump-7/shadow/update/accepted', { is: 'reserved' }],
  ['$aws/things/pump-7/jobs/get/accepted', { is: 'jobs answer' }],
  ['$aws/nothing', { is: 'not allowed' }],
])('%s is %j', (topic, kind) => {
  expect(topicKind(topic)).toEqual(kind)
})

test.each([
  ['plant/7', NONE, /^No rule acts on it/],
  ['plant/7', { ...NONE, rules: [rule('a'), rule('b', true)] }, /^One rule acts on it/],
  ['plant/7', { ...NONE, isAll: false }, /Only the first 3 rules/],
  ['$aws/rules/hot/x', NONE, /for the rule hot alone, and there is none: .* lost, and logged as RuleNotFound/],
  ['$aws/rules/hot/x', { ...NONE, rules: [rule('hot', true)] }, /that is disabled/],
  ['$aws/rules/hot/x', { ...NONE, rules: [rule('hot')] }, /No subscriber .* topic\(\) is x\./],
  ['$aws/things/t/jobs/get/accepted', NONE, /straight to the device/],
])('of %s it is said what becomes of it', (topic, answer, words) => {
  expect(topicWords(topicKind(topic), answer)).toMatch(words)
})
