import type { AuthorizationFacts } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { impactOf, type PolicySubject } from './policy-impact.ts'

const ARN = 'arn:aws:iot:us-east-1:123456789012'
const THING = '$' + '{iot:Connection.Thing.ThingName}'

const allow = (...resources: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: resources.map((resource) => ({
      Effect: 'Allow',
      Action: 'iot:Publish',
      Resource: `${ARN}:${resource}`,
    })),
  })

function subjectOf(thingName: string, policies: AuthorizationFacts['policies'] = []): PolicySubject {
  const thing = { thingName, attributes: {}, isExclusive: false }
  return {
    name: thingName,
    thingName,
    clientId: thingName,
    facts: {
      arnPrefix: ARN,
      principal: { kind: 'certificate', certificateId: 'a', certificateArn: 'a', status: 'ACTIVE', context: {} },
      things: [{ thingName, isExclusive: false }],
      thing,
      namesOtherThing: false,
      policies,
    },
  }
}

const wide = allow('topic/dt/*')
const narrow = allow(`topic/dt/${THING}/*`)
const other = { policyName: 'other', document: wide, ways: [{ kind: 'principal' as const }] }

const told = (subjects: readonly PolicySubject[], before: string, after: string | undefined) => {
  const { rows, unchanged } = impactOf(subjects, 'device', before, after)
  return { rows: rows.map(({ change, pattern, subjects: names }) => [change, pattern, names]), unchanged }
}

test('what is taken away, and what is given, by whom it is for', () => {
  const pumps = [subjectOf('pump-1'), subjectOf('pump-2')]
  expect(told(pumps, wide, narrow)).toEqual({
    rows: [['denied', 'topic/dt/*', ['pump-1', 'pump-2']]],
    unchanged: 0,
  })
  expect(told(pumps, narrow, allow(`topic/dt/${THING}/*`, 'topic/alarm'))).toEqual({
    rows: [['allowed', 'topic/alarm', ['pump-1', 'pump-2']]],
    unchanged: 0,
  })
})

test('what another policy allows as well is no change', () => {
  const subjects = [subjectOf('pump-1', [other]), subjectOf('pump-2')]
  expect(told(subjects, wide, narrow)).toEqual({ rows: [['denied', 'topic/dt/*', ['pump-2']]], unchanged: 1 })
})

test('actions on the same resource are one row', () => {
  const all = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: `${ARN}:topic/dt/*` }],
  })
  const { rows } = impactOf([subjectOf('pump-1')], 'device', allow('topic/none'), all)
  expect(rows.map(({ change, actions, pattern }) => [change, actions, pattern])).toEqual([
    ['denied', ['iot:Publish'], 'topic/none'],
    ['allowed', ['iot:Publish', 'iot:Receive'], 'topic/dt/*'],
  ])
})

test('a policy that is taken off allows nothing any more', () => {
  expect(told([subjectOf('pump-1')], narrow, undefined).rows).toEqual([['denied', `topic/dt/${THING}/*`, ['pump-1']]])
})
