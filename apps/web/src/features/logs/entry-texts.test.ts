import { expect, test } from 'vitest'
import { entryIdOf, parseEntryId } from '../../shared/iot-logs/entry-id.ts'
import { lineOf } from './export-entries.ts'
import { membersOf } from './members.ts'

const at = '2026-03-04T05:06:07.089Z'

test('an entry is named by its moment and its id', () => {
  const id = entryIdOf({ at, eventId: '38.1', loggedAt: at, logStreamName: '', message: '' })
  expect(id).toBe('1772600767089.38.1')
  expect(parseEntryId(id)).toEqual({ atMs: 1_772_600_767_089, eventId: '38.1' })
  expect(parseEntryId('x')).toBeUndefined()
})

test('an entry is exported byte for byte, and what is no line of JSON as one', () => {
  const message = '{"eventType":"Connect", "n":1.0}'
  expect(lineOf({ message, at, eventType: 'Connect' })).toBe(message)
  expect(lineOf({ message: 'a\nline', at })).toBe(`{"timestamp":"${at}","message":"a\\nline"}`)
  expect(lineOf({ message: '{"eventType":"Connect",\n"n":1}', at, eventType: 'Connect' })).not.toContain('\n')
})

test('members are read in their order, with every digit', () => {
  expect(membersOf('{"b":"x","a":12345678901234567890,"c":{"d":1.0},"e":true}')).toEqual([
    ['b', 'x'],
    ['a', '12345678901234567890'],
    ['c', '{"d":1.0}'],
    ['e', 'true'],
  ])
  expect(membersOf('a line')).toEqual([])
  expect(membersOf('[1]')).toEqual([])
})
