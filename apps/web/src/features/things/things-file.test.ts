import { expect, test } from 'vitest'
import { thingsFile } from './things-file.ts'

const THING = {
  thingName: 'pump-1',
  thingTypeName: 'pump',
  attributes: { site: 'hall-2', note: '=1+1' },
  thingGroupNames: ['north', 'hall'],
  connectivity: { connected: false, changedAt: '2026-03-09T12:00:00.000Z', disconnectReason: 'CONNECTION_LOST' },
  values: { 'shadow.reported.text': 'a,"b"\nc' },
}

const written = async (
  format: 'csv' | 'jsonl',
  ...pages: (typeof THING | { thingName: string; attributes: Record<string, string> })[][]
) => {
  const file = thingsFile(format, { fields: ['shadow.reported.text', 'attributes.site'] })
  for (const page of pages) file.write(page)
  const text = await file.blob().text()
  expect({ count: file.count, bytes: file.bytes }).toEqual({
    count: pages.flat().length,
    bytes: new TextEncoder().encode(text).byteLength,
  })
  return text
}

test('CSV has a column for each attribute, and no formula; what comes later is in it too', async () => {
  const text = await written('csv', [THING], [{ thingName: 'pump-2', attributes: { site: 'hall-3', floor: '2' } }])
  expect(text.split('\r\n')).toEqual([
    'thingName,thingTypeName,thingGroupNames,connected,connectionChangedAt,disconnectReason,clientId,thingArn,version,attributes.note,attributes.site,shadow.reported.text,otherAttributes',
    `pump-1,pump,north hall,false,2026-03-09T12:00:00.000Z,CONNECTION_LOST,,,,'=1+1,hall-2,"a,""b""\nc",`,
    'pump-2,,,,,,,,,,hall-3,,"{""floor"":""2""}"',
    '',
  ])
})

test('JSON Lines has a thing a line, as it was told', async () => {
  const text = await written('jsonl', [THING], [{ thingName: 'pump-2', attributes: {} }])
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([THING, { thingName: 'pump-2', attributes: {} }])
})

test('nothing is an empty file', async () => {
  expect(await written('csv')).toBe('')
})
