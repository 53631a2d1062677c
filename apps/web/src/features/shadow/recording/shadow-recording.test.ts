// @vitest-environment node
import { stringifyJson } from '@thingdeck/json'
import { formatState } from '@thingdeck/shadows'
import { shadowTopics } from '@thingdeck/topics'
import { expect, test } from 'vitest'
import { GzipWriter } from '../../../shared/recording/gzip-writer.ts'
import { endLine, headerLine, messageLine } from '../../../shared/recording/recording-format.ts'
import { HISTORY_LIMITS } from '../model/history.ts'
import { documentOf } from './recorded-version.ts'
import { readShadowRecording, type ShadowRecording } from './shadow-recording.ts'

type Said = readonly [topic: string, payload: object | string]

const pump = shadowTopics('pump-7')
const config = shadowTopics('pump-7', 'config')

async function recordingOf(said: readonly Said[], filters = ['$aws/things/+/shadow/#']): Promise<Blob> {
  const writer = new GzipWriter()
  const subscriptions = filters.map((filter) => ({ filter, qos: 0 as const }))
  writer.line(headerLine({ startedAtMs: 1_000, subscriptions, endpoint: 'broker.test' }))
  for (const [index, [topic, body]] of said.entries()) {
    const payload = new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body))
    writer.line(messageLine({ topic, payload, qos: 0, retain: false, dup: false, receivedAtMs: 2_000 + index }))
  }
  writer.line(endLine({ atMs: 9_000_000, messages: said.length, gaps: 0 }))
  return await writer.finish()
}

const read = async (file: Blob, shadowName?: string): Promise<ShadowRecording> =>
  await readShadowRecording({ file, fileName: 'x.jsonl.gz', shadowKey: { thingName: 'pump-7', shadowName } }, () => {})

/** `documents 3 {"desired":{"a":1}}` for each version. */
const inWords = ({ versions }: ShadowRecording) =>
  versions.map((each) => {
    const document = documentOf(each)
    return [each.kind, each.version, document && stringifyJson(formatState(document.shadow.state))]
      .filter((part) => part !== undefined)
      .join(' ')
  })

const documents = (version: number, desired: object, previous: object | null = {}): object => ({
  previous,
  current: { state: { desired }, metadata: {}, version },
  timestamp: 100 + version,
  clientToken: `token-${version}`,
})
const accepted = (version: number, state: object | null): object => ({
  state,
  metadata: {},
  version,
  timestamp: 100 + version,
})

test('the documents of this shadow are found among everything else', async () => {
  const file = await recordingOf([
    ['dt/pump-7', { flow: 1 }],
    [pump.updateDocuments, documents(1, { a: 1 }, null)],
    [config.updateDocuments, documents(1, { other: 1 }, null)],
    [shadowTopics('pump-8').updateDocuments, documents(1, { other: 1 }, null)],
    [pump.updateDocuments, documents(2, { a: 2 })],
  ])
  const recording = await read(file)
  expect(inWords(recording)).toEqual(['documents 1 {"desired":{"a":1}}', 'documents 2 {"desired":{"a":2}}'])
  expect(recording).toMatchObject({
    messages: 5,
    isWhole: true,
    wasSubscribed: true,
    endpoint: 'broker.test',
    startedAtMs: 1_000,
    endedAtMs: 9_000_000,
    otherShadows: ['pump-7~config', 'pump-8'],
  })
  expect(recording.versions[1]).toMatchObject({ clientToken: 'token-2', timestampSeconds: 102, seenAtMs: 2_004 })
  expect(inWords(await read(file, 'config'))).toEqual(['documents 1 {"desired":{"other":1}}'])
})

test('a version that came by several messages is kept once, by the one that tells most', async () => {
  const file = await recordingOf([
    [pump.getAccepted, { state: { desired: { a: 1 } }, metadata: {}, version: 1, timestamp: 100, clientToken: 'asks' }],
    [pump.getAccepted, { state: { desired: { a: 1 } }, metadata: {}, version: 1, timestamp: 105 }],
    [pump.updateAccepted, accepted(2, { desired: { a: 2 } })],
    [pump.updateDocuments, documents(2, { a: 2 })],
  ])
  const recording = await read(file)
  expect(inWords(recording)).toEqual(['get 1 {"desired":{"a":1}}', 'documents 2 {"desired":{"a":2}}'])
  expect(recording.versions[0]?.clientToken).toBeUndefined() // of whoever asked, not of whoever wrote
})

test('of an accepted update alone, the whole version is reckoned where the one before is known', async () => {
  const file = await recordingOf([
    [pump.updateDocuments, documents(4, { a: 1, b: { x: 1, y: 1 }, id: 0 })],
    [pump.updateAccepted, accepted(5, { desired: { a: null, b: { x: 2 } } })],
    [pump.updateAccepted, accepted(6, { reported: { up: true } })],
    [pump.updateAccepted, accepted(8, { desired: { a: 8 } })],
  ])
  expect(inWords(await read(file))).toEqual([
    'documents 4 {"desired":{"a":1,"b":{"x":1,"y":1},"id":0}}',
    'reckoned 5 {"desired":{"b":{"x":2,"y":1},"id":0}}',
    'reckoned 6 {"desired":{"b":{"x":2,"y":1},"id":0},"reported":{"up":true}}',
    'update 8',
  ])
})

test('messages out of order are put in order, and a first version is whole of itself', async () => {
  const file = await recordingOf([
    [pump.updateAccepted, accepted(2, { desired: { b: 2 } })],
    [pump.updateAccepted, accepted(1, { desired: { a: 1 } })],
  ])
  expect(inWords(await read(file))).toEqual(['reckoned 1 {"desired":{"a":1}}', 'reckoned 2 {"desired":{"a":1,"b":2}}'])
})

test('numbers keep their digits', async () => {
  const body = '{"previous":null,"current":{"state":{"desired":{"id":12345678901234567890}},"version":1},"timestamp":1}'
  expect(inWords(await read(await recordingOf([[pump.updateDocuments, body]])))).toEqual([
    'documents 1 {"desired":{"id":12345678901234567890}}',
  ])
})

test('a shadow that was deleted and made again has both lives, also with the same numbers', async () => {
  const file = await recordingOf([
    [pump.updateDocuments, documents(1, { life: 1 }, null)],
    [pump.deleteAccepted, { version: 1, timestamp: 200 }],
    [pump.updateDocuments, { ...documents(1, { life: 2 }, null), timestamp: 300_000 }],
    [pump.updateDocuments, { ...documents(1, { life: 3 }, null), timestamp: 900_000 }],
  ])
  expect(inWords(await read(file))).toEqual([
    'documents 1 {"desired":{"life":1}}',
    'deleted 1',
    'documents 1 {"desired":{"life":2}}',
    'documents 1 {"desired":{"life":3}}',
  ])
})

test('an update after a deletion is not reckoned onto what was before it', async () => {
  const file = await recordingOf([
    [pump.updateDocuments, documents(4, { a: 1 })],
    [pump.deleteAccepted, { version: 4, timestamp: 200 }],
    [pump.updateAccepted, accepted(5, { desired: { b: 1 } })],
  ])
  expect(inWords(await read(file))).toEqual(['documents 4 {"desired":{"a":1}}', 'deleted 4', 'update 5'])
})

test('what makes no sense is counted, and the newest are kept of too many', async () => {
  const many = Array.from(
    { length: HISTORY_LIMITS.maxEntries + 7 },
    (_, index): Said => [pump.updateDocuments, documents(index + 1, { n: index + 1 })],
  )
  const recording = await read(await recordingOf([[pump.updateDocuments, 'no JSON'], ...many]))
  expect(recording).toMatchObject({ unreadable: 1, agedOut: 7 })
  expect(recording.versions).toHaveLength(HISTORY_LIMITS.maxEntries)
  expect(recording.versions[0]?.version).toBe(8)
})

test('a file that breaks off gives what it has', async () => {
  const said = Array.from(
    { length: 500 },
    (_, index): Said => [pump.updateDocuments, documents(index + 1, { text: String(Math.sin(index)) })],
  )
  const whole = await recordingOf(said)
  const recording = await read(whole.slice(0, whole.size / 2))
  expect(recording.isWhole).toBe(false)
  expect(recording.versions.length).toBeGreaterThan(0)
  expect(recording.versions.length).toBeLessThan(500)
})

test('what did not listen to the shadow says so; so does what is no recording', async () => {
  expect(await read(await recordingOf([['dt/a', '1']], ['dt/#']))).toMatchObject({ wasSubscribed: false, versions: [] })
  await expect(read(new Blob(['{"a":1}\n']))).rejects.toThrow('This file is no recording')
  await expect(read(new Blob([]))).rejects.toThrow('This file is empty.')
})
