import type { Logging, RulePayload } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { actionTitleOf, labelsOf } from '../../../shared/rule-failures/action-labels.ts'
import { failureWords } from '../../../shared/rule-failures/failure-words.ts'
import { ACTIONS } from '../actions/actions.ts'
import { firstWrong, type RuleCounted, type WhyFacts, whyChecks } from './why-checks.ts'

const PAYLOAD: RulePayload = {
  sql: "SELECT * FROM 'dt/+/t' WHERE temperature > 30",
  awsIotSqlVersion: '2016-03-23',
  actions: [{ sqs: { queueUrl: 'q', roleArn: 'r' } }],
}
const NOTHING: RuleCounted = {
  matched: undefined,
  executed: undefined,
  unparsed: undefined,
  succeeded: undefined,
  failed: undefined,
  throttled: undefined,
  notFound: undefined,
}
const ON: Logging = { status: 'on', defaultLogLevel: 'INFO', events: [] }
const FACTS: WhyFacts = {
  payload: PAYLOAD,
  topicFilter: 'dt/+/t',
  logging: ON,
  counted: { ...NOTHING, matched: 12, executed: 12, succeeded: 12 },
  failure: undefined,
  span: 'the last hour',
}
const stateOf = (facts: WhyFacts, id: string) => whyChecks(facts).find((check) => check.id === id)

test('where all is right, nothing is wrong', () => {
  expect(whyChecks(FACTS).map(({ state }) => state)).toEqual(['right', 'right', 'right', 'right', 'right', 'right'])
  expect(firstWrong(whyChecks(FACTS))).toBeUndefined()
})

test.each<[string, Partial<WhyFacts>, id: string, RegExp]>([
  ['it is disabled', { payload: { ...PAYLOAD, ruleDisabled: true } }, 'enabled', /disabled: no message reaches it/],
  ['its topic never matches', { counted: NOTHING }, 'topic', /No message of dt\/\+\/t came in the last hour/],
  [
    'its FROM begins with a slash',
    { counted: NOTHING, topicFilter: '/dt/+/t' },
    'topic',
    /It begins with a slash: its first level is empty/,
  ],
  ['the account is throttled', { counted: { ...NOTHING, throttled: 40 } }, 'topic', /AWS IoT throttled: 40 times/],
  [
    'the payload is no JSON',
    { counted: { ...NOTHING, matched: 3, unparsed: 3 } },
    'payload',
    /3 messages in the last hour had a payload that is no JSON/,
  ],
  [
    'WHERE is never true',
    { counted: { ...NOTHING, matched: 12 } },
    'where',
    /WHERE was false or undefined for all of 12 messages in the last hour: temperature > 30\./,
  ],
  [
    'it is of the old SQL version',
    { counted: { ...NOTHING, matched: 12 }, payload: { ...PAYLOAD, awsIotSqlVersion: '2015-10-08' } },
    'where',
    /SQL version 2015-10-08/,
  ],
  ['it has no action', { payload: { ...PAYLOAD, actions: [] } }, 'actions', /It has no action/],
  [
    'an action fails',
    {
      counted: { ...NOTHING, matched: 12, executed: 12, failed: 12 },
      failure: failureWords({
        details: 'x is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:::q',
        resources: {},
      }),
    },
    'actions',
    /12 times in the last hour an action failed\. The latest: The role of the action does not allow sqs:SendMessage/,
  ],
  [
    'the SQL fails',
    {
      counted: { ...NOTHING, matched: 12 },
      failure: failureWords({ details: 'get_dynamodb() failed: there is no table', resources: {} }),
    },
    'where',
    /The SQL failed: The function get_dynamodb\(\)/,
  ],
])('%s: that is the first that is wrong', (_, facts, id, says) => {
  expect(firstWrong(whyChecks({ ...FACTS, ...facts }))).toMatchObject({ id, says: expect.stringMatching(says) })
})

test('of a disabled rule it is not said that no message came', () => {
  const facts = { ...FACTS, counted: NOTHING, payload: { ...PAYLOAD, ruleDisabled: true } }
  expect(stateOf(facts, 'topic')).toMatchObject({ state: 'not known', says: expect.stringMatching(/is not counted/) })
})

test('a failure of the SQL is none of the actions', () => {
  const failure = failureWords({ details: 'get_dynamodb() failed: there is no table', resources: {} })
  expect(stateOf({ ...FACTS, counted: { ...NOTHING, matched: 12 }, failure }, 'actions')?.state).toBe('not known')
})

test('what is not counted is not known, and says why', () => {
  const facts = { ...FACTS, counted: undefined, whyNotCounted: 'the console may not read what CloudWatch counts' }
  expect(stateOf(facts, 'topic')).toMatchObject({
    state: 'not known',
    says: 'Not known: the console may not read what CloudWatch counts.',
  })
  expect(firstWrong(whyChecks(facts))).toBeUndefined()
})

test.each<[Logging, string]>([
  [{ status: 'off', events: [] }, 'wrong'],
  [{ status: 'on', defaultLogLevel: 'ERROR', events: [] }, 'not known'],
  [{ status: 'on', defaultLogLevel: 'DEBUG', events: [] }, 'right'],
])('of logging %j: %s', (logging, state) => {
  expect(stateOf({ ...FACTS, logging }, 'log')?.state).toBe(state)
})

test.each(ACTIONS)('$name is called the same in the log as in the form', ({ name, title }) => {
  const labels = labelsOf(name)
  expect(labels.length).toBeGreaterThan(0)
  for (const label of labels) expect(actionTitleOf(label)).toBe(title)
})
