import { expect, test } from 'vitest'
import type { HistoryEntry } from '../model/history.ts'
import { readDocuments, readGetAnswer, type SeenDocument } from '../model/seen-document.ts'
import type { RecordedVersion } from './recorded-version.ts'
import type { ShadowRecording } from './shadow-recording.ts'
import { timelineOf } from './timeline.ts'

const documentsText = (version: number, desired: object, timestamp: number) =>
  JSON.stringify({ previous: {}, current: { state: { desired }, version }, timestamp, clientToken: `by-${version}` })
const getText = (version: number, desired: object, timestamp: number) =>
  JSON.stringify({ state: { desired }, metadata: {}, version, timestamp })

let lastId = 0
function seen(document: SeenDocument | undefined): HistoryEntry {
  if (!document) throw new Error('no document')
  lastId += 1
  return { kind: 'document', id: lastId, document, isMine: false }
}

function recorded(
  kind: RecordedVersion['kind'],
  version: number,
  timestampSeconds: number,
  text = '',
): RecordedVersion {
  // Of a machine whose clock is an hour wrong: the service's own decides.
  return {
    kind,
    version,
    seenAtMs: timestampSeconds * 1_000 + 3_600_000,
    timestampSeconds,
    clientToken: undefined,
    text,
  }
}

function opened(versions: readonly RecordedVersion[]) {
  const recording: ShadowRecording = {
    fileName: 'night.jsonl.gz',
    startedAtMs: 0,
    endedAtMs: 1,
    endpoint: undefined,
    filters: [],
    wasSubscribed: true,
    isWhole: true,
    messages: versions.length,
    versions,
    agedOut: 0,
    unreadable: 0,
    otherShadows: [],
  }
  return { key: 'r', recording }
}

const inWords = (history: readonly HistoryEntry[], recordings: Parameters<typeof timelineOf>[1]) =>
  timelineOf(history, recordings).map(
    ({ kind, version, recording, isSeenHere }) =>
      `${kind} ${version ?? '?'}${recording ? ' recorded' : ''}${isSeenHere ? ' seen' : ''}`,
  )

test("what was recorded before stands before the session's own, by the service's clock", () => {
  const history = [
    seen(readGetAnswer(getText(5, { a: 5 }, 500), 1)),
    seen(readDocuments(documentsText(6, { a: 6 }, 600), 2)),
  ]
  const recording = opened([
    recorded('documents', 3, 300, documentsText(3, { a: 3 }, 300)),
    recorded('update', 4, 400, '{"state":{"desired":{"a":4}}}'),
  ])
  expect(inWords(history, [recording])).toEqual([
    'document 3 recorded',
    'update 4 recorded',
    'document 5 seen',
    'document 6 seen',
  ])
})

test('a version that was both seen and recorded is there once, with what either knows of it', () => {
  const history = [
    seen(readGetAnswer(getText(5, { a: 5 }, 512), 1)),
    seen(readDocuments(documentsText(6, { a: 6 }, 600), 2)),
  ]
  const recording = opened([
    { ...recorded('documents', 5, 500, documentsText(5, { a: 5 }, 500)), clientToken: 'by-5' },
    recorded('documents', 6, 600, documentsText(6, { a: 6 }, 600)),
  ])
  expect(inWords(history, [recording])).toEqual(['document 5 recorded seen', 'document 6 recorded seen'])
  expect(timelineOf(history, [recording])[0]?.clientToken).toBe('by-5')
})

test('versions of one second follow their numbers, a deletion the version that it deletes', () => {
  const recording = opened([
    recorded('documents', 2, 300, documentsText(2, { a: 2 }, 300)),
    recorded('deleted', 3, 300),
    recorded('documents', 3, 300, documentsText(3, { a: 3 }, 300)),
    recorded('documents', 5, 300, documentsText(5, { a: 5 }, 300)),
  ])
  expect(inWords([], [recording])).toEqual([
    'document 2 recorded',
    'document 3 recorded',
    'deleted 3 recorded',
    'document 5 recorded',
  ])
})

test('the same number in two lives of the shadow is two moments', () => {
  const history = [seen(readGetAnswer(getText(1, { life: 2 }, 900_000), 1))]
  const recording = opened([recorded('documents', 1, 100, documentsText(1, { life: 1 }, 100))])
  expect(inWords(history, [recording])).toEqual(['document 1 recorded', 'document 1 seen'])
})

test('without a recording the session is as it was seen', () => {
  const history = [seen(readGetAnswer(getText(5, {}, 500), 1)), seen(readDocuments(documentsText(6, {}, 400), 2))]
  expect(inWords(history, [])).toEqual(['document 5 seen', 'document 6 seen'])
})
