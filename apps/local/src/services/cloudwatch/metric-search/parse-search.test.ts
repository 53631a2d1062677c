import { expect, test } from 'vitest'
import { partsOf } from './metric-words.ts'
import { parseSearch } from './parse-search.ts'

// Amazon CloudWatch User Guide, "CloudWatch search expression syntax".

test.each([
  ['CustomCount1', ['Custom', 'Count', '1']],
  ['SDBFailure', ['SDB', 'Failure']],
  ['Project2-trial333', ['Project', '2', 'trial', '333']],
  ['Connect.ClientIDThrottle', ['Connect', 'Client', 'ID', 'Throttle']],
])('%s has the parts %j', (name, parts) => {
  expect(partsOf(name)).toEqual(parts)
})

const METRICS = [
  ['AWS/IoT', 'Connect.Success', 'Protocol=MQTT'],
  ['AWS/IoT', 'PublishIn.Success', 'Protocol=HTTP'],
  ['AWS/IoT', 'TopicMatch', 'RuleName=cold'],
  ['AWS/IoT', 'Failure', 'RuleName=cold', 'ActionType=Lambda'],
  ['Pumps', 'CustomCount1'],
] as const

const metrics = METRICS.map(([namespace, name, ...dimensions]) => ({
  namespace,
  name,
  dimensions: dimensions.map((text) => ({ Name: text.replace(/=.*/, ''), Value: text.replace(/.*=/, '') })),
}))

const find = (search: string) => metrics.filter(parseSearch(search)).map(({ name }) => name)

test.each([
  ['{AWS/IoT, Protocol}', ['Connect.Success', 'PublishIn.Success']],
  ['{AWS/IoT, ActionType, RuleName}', ['Failure']],
  ['{AWS/IoT, RuleName}', ['TopicMatch']],
  ['{AWS/IoT}', ['Connect.Success', 'PublishIn.Success', 'TopicMatch', 'Failure']],
  ['{"AWS/IoT","Protocol"} MetricName="Connect.Success"', ['Connect.Success']],
  ['success', ['Connect.Success', 'PublishIn.Success']],
  ['COUNT', ['CustomCount1']],
  ['CustomCount', ['CustomCount1']],
  ['couNT', []],
  ['"CustomCount1"', ['CustomCount1']],
  ['"customcount1"', []],
  ['"Custom"', []],
  ['Protocol=HTTP', ['PublishIn.Success']],
  ['{AWS/IoT, Protocol} success NOT Protocol="HTTP"', ['Connect.Success']],
  ['NOT Namespace=AWS', ['CustomCount1']],
  ['(TopicMatch OR Failure) AND RuleName=cold', ['TopicMatch', 'Failure']],
  ['MetricName="TopicMatch" OR (MetricName="Failure" AND (Lambda OR Sns))', ['TopicMatch', 'Failure']],
])('%s finds %j', (search, names) => {
  expect(find(search)).toEqual(names)
})

test.each([
  ['', 'A search has a schema in braces, words, or both'],
  ['{AWS/IoT', "The schema of the search lacks its '}'"],
  ['(a OR b', "The search lacks a ')'"],
  ['a) b', "The search has ')' where it does not belong"],
  ['"a', 'The search has a quote without its end at position 0'],
  ['a OR', 'The search lacks a word'],
  ['('.repeat(200), 'The search is nested too deeply'],
])('%s is refused: %s', (search, message) => {
  expect(() => parseSearch(search)).toThrow(message)
})
