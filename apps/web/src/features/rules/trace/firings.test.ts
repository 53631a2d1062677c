import { expect, test } from 'vitest'
import { parsedEntry } from '../../../shared/rule-failures/parsed-entry.test-support.ts'
import { errorRunOf, firingsOf, hasFailed } from './firings.ts'
import { verdictOf } from './outcome.ts'

let count = 0
const entry = (ms: number, eventType: string, more: Readonly<Record<string, unknown>> = {}) => {
  count += 1
  const timestamp = `2026-03-04 05:06:07.${String(ms).padStart(3, '0')}`
  const told = { timestamp, eventType, status: 'Success', traceId: 't1', topicName: 'a', ruleName: 'r', ...more }
  return parsedEntry(JSON.stringify(told), `e${count}`)
}
const failed = { status: 'Failure' }

test('entries of one message are one firing, newest first; a republished message is another', () => {
  const firings = firingsOf([
    entry(9, 'RuleMatch', { traceId: 't2' }),
    entry(3, 'RuleExecution', { ruleAction: 'SqsAction', resources: { QueueUrl: 'q' } }),
    entry(1, 'RuleMatch', { clientId: 'pump-7' }),
    entry(5, 'RuleMatch', { topicName: 'b' }),
  ])
  expect(firings.map(({ traceId, topic }) => [traceId, topic])).toEqual([
    ['t2', 'a'],
    ['t1', 'b'],
    ['t1', 'a'],
  ])
  expect(firings[2]).toMatchObject({
    clientId: 'pump-7',
    isMatchLogged: true,
    runs: [{ label: 'SqsAction', outcome: 'done', resources: { QueueUrl: 'q' } }],
  })
})

test('an action that begins and ends is one run; one that only began is under way', () => {
  const [firing] = firingsOf([
    entry(1, 'StartingRuleExecution', { ruleAction: 'SqsAction' }),
    entry(1, 'StartingRuleExecution', { ruleAction: 'RepublishAction' }),
    entry(1, 'StartingRuleExecution', { ruleAction: 'RepublishAction' }),
    entry(2, 'RuleExecution', { ruleAction: 'RepublishAction' }),
    entry(3, 'RuleExecution', { ruleAction: 'SqsAction', ...failed }),
  ])
  expect(firing?.runs.map(({ label, outcome }) => [label, outcome])).toEqual([
    ['RepublishAction', 'done'],
    ['SqsAction', 'failed'],
    ['RepublishAction', 'begun'],
  ])
})

test('a message without an action is not said to be under way, nor that nothing comes of it yet', () => {
  const [firing] = firingsOf([entry(1, 'RuleMatch')])
  if (!firing) throw new Error('there is none')
  const atMs = Date.parse(firing.at)
  expect(verdictOf(firing, atMs + 1_000, true)).toBe('nothing yet')
  expect(verdictOf(firing, atMs + 60_000, true)).toBe('nothing done')
  expect(verdictOf(firing, atMs + 60_000, false)).toBe('matched')
})

test('what ran behind a failure, and is of the kind of the error action, is the error action', () => {
  const [firing] = firingsOf([
    entry(1, 'RuleExecution', { ruleAction: 'SqsAction' }),
    entry(2, 'RuleExecution', { ruleAction: 'DynamoAction', ...failed }),
    entry(3, 'RuleExecution', { ruleAction: 'SqsAction' }),
  ])
  if (!firing) throw new Error('there is none')
  expect(hasFailed(firing)).toBe(true)
  expect(errorRunOf(firing, 'SqsAction', 1)?.entry.at).toBe('2026-03-04T05:06:07.003Z')
  expect(errorRunOf(firing, 'S3Action', 0)).toBeUndefined()
  expect(errorRunOf(firing, undefined, 0)).toBeUndefined()
})

test('a failure and the error action of one millisecond are told apart, whichever is listed first', () => {
  const entries = [
    entry(1, 'RuleExecution', { ruleAction: 'RepublishAction', resources: { RepublishTopic: 'out' } }),
    entry(2, 'RuleExecution', { ruleAction: 'SqsAction', ...failed }),
    entry(2, 'RuleExecution', { ruleAction: 'RepublishAction', resources: { RepublishTopic: 'errors' } }),
  ]
  const [firing] = firingsOf(entries.toReversed())
  if (!firing) throw new Error('there is none')
  expect(firing.runs.map(({ label }) => label)).toEqual(['RepublishAction', 'SqsAction', 'RepublishAction'])
  expect(errorRunOf(firing, 'RepublishAction', 1)?.resources).toEqual({ RepublishTopic: 'errors' })
  const listed = { ...firing, runs: firing.runs.slice(1).toReversed() }
  expect(errorRunOf(listed, 'RepublishAction', 0)?.label).toBe('RepublishAction')
})

test('an action that failed alone is not the error action, though it is of its kind', () => {
  const [firing] = firingsOf([entry(1, 'RuleExecution', { ruleAction: 'SqsAction', ...failed })])
  expect(firing && errorRunOf(firing, 'SqsAction', 1)).toBeUndefined()
})

test('what is of no action is the failure of the rule itself', () => {
  const [firing] = firingsOf([entry(1, 'RuleMatch'), entry(2, 'RuleExecution', { details: 'nope', ...failed })])
  expect(firing).toMatchObject({ runs: [], failures: [{ details: 'nope' }] })
})
