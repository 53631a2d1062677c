import type { IotLogEntry } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import { filterPatternOf, type IotLogCriteriaWithChoices, meets } from './criteria.ts'
import { parseIotLogEntry } from './parse-entry.ts'

// Source of the syntax: CloudWatch Logs user guide, "Filter pattern syntax for metric filters …".
test.each<[IotLogCriteriaWithChoices, string | undefined]>([
  [{}, undefined],
  [{ clientId: 'pump-7' }, '{ $.clientId = "pump-7" }'],
  [
    { reason: 'DUPLICATE_CLIENTID' },
    '{ ($.reason = "DUPLICATE_CLIENTID" || $.disconnectReason = "DUPLICATE_CLIENTID") }',
  ],
  [
    { eventTypes: ['Connect', 'Publish-In'], status: 'Failure' },
    '{ $.status = "Failure" && ($.eventType = "Connect" || $.eventType = "Publish-In") }',
  ],
  [{ topic: 'dt/pump-7' }, '{ $.topicName = "*dt/pump-7*" }'],
  [{ topic: 'dt/+/t/#' }, '{ $.topicName = "*dt/*/t/*" }'],
  [{ clientId: 'a"b\\c*d%e ü' }, '{ $.clientId = "a*b*c*d*e *" }'],
  [{ text: 'Authorization Failure' }, '"Authorization Failure"'],
  [{ text: 'a*b' }, undefined],
  [
    { either: [[{ clientId: 'a' }, { principalId: 'b', status: 'Failure' }], [{ status: 'Failure' }]] },
    '{ ($.clientId = "a" || ($.status = "Failure" && $.principalId = "b")) && $.status = "Failure" }',
  ],
  [{ either: [[{ clientId: 'a' }, { text: 'of which there is no test' }]] }, undefined],
  [{ text: 'left out', clientId: 'x' }, '{ $.clientId = "x" }'],
])('%j is asked for as %s', (criteria, pattern) => {
  expect(filterPatternOf(criteria)).toBe(pattern)
})

test('what does not fit the longest pattern is left out, and looked at afterwards', () => {
  const long = {
    clientId: 'c'.repeat(128),
    thingName: 't'.repeat(128),
    topic: 'x'.repeat(256),
    principalId: 'p'.repeat(256),
  }
  const pattern = filterPatternOf(long) ?? ''
  expect(pattern.length).toBeLessThanOrEqual(1_024)
  expect(pattern).toContain(`$.clientId = "${long.clientId}"`)
  const entry = entryOf({ clientId: long.clientId, principalId: long.principalId, topicName: long.topic })
  expect(meets(entry, { ...long, thingName: long.clientId })).toBe(true)
  expect(meets(entry, long)).toBe(false)
})

const entryOf = (members: object): IotLogEntry => parseIotLogEntry({ message: JSON.stringify(members) })

test.each<[IotLogCriteriaWithChoices, object, boolean]>([
  [{ topic: 'dt/#' }, { topicName: 'dt/a/b' }, true],
  [{ topic: 'dt/#' }, { topicName: 'x,dt/#' }, true],
  [{ topic: 'dt/a' }, { topicName: 'dt/ab' }, false],
  [{ topic: 'a,b' }, { topicName: 'a,b' }, true],
  [{ topic: 'dt/#' }, {}, false],
  [{ thingName: 'pump-7' }, { clientId: 'pump-7' }, true],
  [{ thingName: 'pump-7' }, { deviceShadowName: 'pump-7' }, true],
  [{ thingName: 'pump-7' }, { clientId: 'x', topicName: '$aws/things/pump-7/shadow/get' }, true],
  [{ thingName: 'pump-7' }, { clientId: 'x', topicName: '$aws/things/pump-70/shadow/get' }, false],
  [{ reason: 'DUPLICATE_CLIENTID' }, { disconnectReason: 'DUPLICATE_CLIENTID' }, true],
  [{ clientId: 'A' }, { clientId: 'a' }, false],
  [{ levels: ['ERROR', 'WARN'] }, { logLevel: 'ERROR' }, true],
  [{ levels: ['ERROR'] }, {}, false],
])('%j of %j: %s', (criteria, members, expected) => {
  expect(meets(entryOf(members), criteria)).toBe(expected)
})

test('of a choice one has to hold, and of each choice', () => {
  const criteria = { either: [[{ clientId: 'a' }, { principalId: 'b' }], [{ status: 'Failure' as const }]] }
  expect(meets(entryOf({ clientId: 'a', status: 'Failure' }), criteria)).toBe(true)
  expect(meets(entryOf({ clientId: 'c', principalId: 'b', status: 'Failure' }), criteria)).toBe(true)
  expect(meets(entryOf({ clientId: 'a', status: 'Success' }), criteria)).toBe(false)
  expect(meets(entryOf({ clientId: 'c', status: 'Failure' }), criteria)).toBe(false)
})
