import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyCharacter } from '../../../../../scripts/any-character.ts'
import { parseIotLogEntry } from './parse-entry.ts'

test('an entry: its own time to the millisecond, and its members by name', () => {
  const message =
    '{"timestamp":"2026-03-04 05:06:07.089","logLevel":"INFO","traceId":"t","accountId":"1","status":"Success","eventType":"UpdateThingShadow","protocol":"MQTT","deviceShadowName":"pump-7","topicName":"a","sourcePort":40100,"new":{"n":1}}'
  expect(
    parseIotLogEntry({ eventId: '1', timestamp: 1_772_600_767_000, ingestionTime: 1_772_600_768_000, message }),
  ).toEqual({
    eventId: '1',
    at: '2026-03-04T05:06:07.089Z',
    loggedAt: '2026-03-04T05:06:08.000Z',
    logStreamName: '',
    message,
    logLevel: 'INFO',
    traceId: 't',
    status: 'Success',
    eventType: 'UpdateThingShadow',
    protocol: 'MQTT',
    thingName: 'pump-7',
    topicName: 'a',
    sourcePort: 40_100,
  })
})

test.each([
  ['a line of V1 logging', '2017-08-10 15:37:23.476 TRACEID:… [INFO] EVENT:MQTT Client Connect'],
  ['a list', '[1]'],
  ['members of other types', '{"timestamp":5,"eventType":7,"clientId":null,"sourcePort":"x","reason":{}}'],
  ['a day that there is not', '{"timestamp":"2026-99-99 05:06:07.089"}'],
])('%s is whole in its message, and has the time of the event', (_, message) => {
  expect(parseIotLogEntry({ eventId: '1', timestamp: 1_000, logStreamName: 's', message })).toEqual({
    eventId: '1',
    at: '1970-01-01T00:00:01.000Z',
    loggedAt: '1970-01-01T00:00:01.000Z',
    logStreamName: 's',
    message,
  })
})

test('no message is refused or changed', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string({ unit: anyCharacter })), (message) => {
      expect(parseIotLogEntry({ timestamp: 1, message }).message).toBe(message)
    }),
  )
})
