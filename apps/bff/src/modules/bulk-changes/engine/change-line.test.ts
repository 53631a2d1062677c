import type { BulkChangeChange, ShadowChange } from '@thingdeck/contract'
import { expect, test } from 'vitest'
import type { Kind } from '../kinds/kind.ts'
import { createShadowKind } from '../kinds/shadow-kind.ts'
import { type ChangeLineParts, changeLine, isUnavailable } from './change-line.ts'
import type { KeptLine } from './kept-bulk-change.ts'

const CHANGE: ShadowChange = { kind: 'shadow', path: ['speed'], valueText: '2' }

const partsOf = (kind: Kind<BulkChangeChange>, holdBack = () => {}): ChangeLineParts => ({
  kind,
  change: CHANGE,
  context: {
    turn: async () => {},
    take: () => undefined,
    isMeant: () => true,
    isChosen: () => true,
    dryRun: false,
    hold: async () => {},
    only: undefined,
  },
  claim: async (claimed) => ({ ...claimed, outcome: 'under-way', by: 'me' }),
  keep: async () => {},
  holdBack,
})

/** A shadow, what happens to writes of it, and how it is read then. */
function shadowWhere(write: (writeIt: () => void, writes: number) => void, read = () => {}) {
  const shadow = { speed: 1, version: 1, writes: 0 }
  const held: number[] = []
  const kind = createShadowKind({
    shadows: {
      get: async () => {
        if (shadow.writes > 0) read()
        return JSON.stringify({ state: { desired: { speed: shadow.speed } }, version: shadow.version })
      },
      update: async () => {
        shadow.writes += 1
        write(() => {
          shadow.speed = 2
          shadow.version += 1
        }, shadow.writes)
        return JSON.stringify({ version: shadow.version })
      },
    },
    arns: { shadow: ({ thingName }) => ({ type: 'shadow', id: thingName }) },
  })
  const waiting: KeptLine = { target: 'fan', outcome: 'waiting' }
  // All changes here are of the one kind.
  const parts = partsOf(kind as Kind<BulkChangeChange>, () => void held.push(shadow.writes))
  return { shadow, held, change: (line = waiting) => changeLine(line, parts) }
}

const failure = (name: string, more: object = {}) => Object.assign(new Error('It failed'), { name, ...more })
const reset = () => failure('Error', { code: 'ECONNRESET' })
const answered = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } })

test.each([
  ['the connection ended', reset()],
  ['nobody answered in time', failure('TimeoutError')],
  ['AWS failed', failure('InternalServerException', answered(500))],
])('what was written is changed, though %s', async (_, error) => {
  const { shadow, change } = shadowWhere((writeIt) => {
    writeIt()
    throw error
  })
  expect(await change()).toMatchObject({
    line: { outcome: 'changed', version: 2, changes: [{ beforeText: '1', afterText: '2' }] },
    isFoundDone: true,
  })
  expect(shadow).toEqual({ speed: 2, version: 2, writes: 1 })
})

test('what was not written, as nobody answered, is written then', async () => {
  const { shadow, held, change } = shadowWhere((writeIt, writes) => {
    if (writes === 1) throw reset()
    writeIt()
  })
  expect(await change()).toMatchObject({ line: { outcome: 'changed', version: 2 } })
  expect(shadow.writes).toBe(2)
  // It may be on its way still: AWS is left alone for a moment before it is looked at.
  expect(held).toEqual([1])
})

test('what was written without an answer, and could not be looked at, is changed when it is tried again', async () => {
  let isUp = false
  const { shadow, change } = shadowWhere(
    (writeIt) => {
      writeIt()
      throw reset()
    },
    () => {
      if (!isUp) throw reset()
    },
  )
  const failed = await change()
  expect(failed?.line).toMatchObject({ outcome: 'failed', mayBeDone: true })
  isUp = true
  const { mayBeDone: _, ...clear } = failed?.line ?? { target: 'fan' }
  const again = await change({ ...clear, mayBeDone: true, outcome: 'waiting' })
  expect(again).toMatchObject({ line: { outcome: 'changed', version: 2 }, isFoundDone: true })
  expect(again?.line).not.toHaveProperty('mayBeDone')
  expect(shadow.writes).toBe(1)
  // Where AWS had refused it, somebody else did it.
  expect(await change({ ...clear, outcome: 'waiting' })).toMatchObject({ line: { outcome: 'unchanged' } })
})

test('of a target whose first write was done and whose second failed something is done', async () => {
  const kind: Kind<BulkChangeChange> = {
    prepare: async () => ({ outcome: 'would-change', changes: [], plan: undefined }),
    apply: async (_, __, ___, { turn }) => {
      await turn()
      await turn()
      throw failure('LimitExceededException', answered(410))
    },
    written: () => [],
  }
  const ended = await changeLine({ target: 'fan', outcome: 'waiting' }, partsOf(kind))
  expect(ended?.line).toMatchObject({ outcome: 'failed', code: 'LimitExceededException', mayBeDone: true })
})

test('of what a server left half done, or had refused in its second half, something stays done', async () => {
  const left = new Set(['$.a', '$.b'])
  const kind: Kind<BulkChangeChange> = {
    prepare: async () =>
      left.size > 0
        ? { outcome: 'would-change', changes: Array.from(left, (path) => ({ path })), plan: undefined }
        : { outcome: 'unchanged' },
    apply: async (_, __, ___, { turn }) => {
      await turn()
      throw failure('LimitExceededException', answered(410))
    },
    written: () => [],
  }
  const change = (line: KeptLine) => changeLine(line, partsOf(kind))
  const changes = [{ path: '$.a' }, { path: '$.b' }]
  // Nothing of it was done: what somebody else does then is theirs.
  const refused = await change({ target: 'fan', outcome: 'under-way', changes })
  expect(refused?.line).toMatchObject({ outcome: 'failed', changes })
  expect(refused?.line).not.toHaveProperty('mayBeDone')
  left.delete('$.a')
  const half = await change({ target: 'fan', outcome: 'under-way', changes })
  expect(half?.line).toMatchObject({ outcome: 'failed', changes, mayBeDone: true })
  const again = await change({ target: 'fan', outcome: 'waiting', changes, mayBeDone: true })
  expect(again?.line).toMatchObject({ outcome: 'failed', mayBeDone: true })
  left.clear()
  const over = await change({ target: 'fan', outcome: 'waiting', changes, mayBeDone: true })
  expect(over?.line).toMatchObject({ outcome: 'changed', changes })
})

test('what a server left under way, and could not be looked at, may be done', async () => {
  const unread = () => Promise.reject(reset())
  const kind: Kind<BulkChangeChange> = { prepare: unread, apply: unread, written: () => [] }
  const ended = await changeLine({ target: 'fan', outcome: 'under-way' }, partsOf(kind))
  expect(ended?.line).toMatchObject({ outcome: 'failed', mayBeDone: true })
})

test('where it cannot be looked at again, it is not asked for without end', async () => {
  const refuse = () => {
    throw reset()
  }
  const unread = shadowWhere(refuse, refuse)
  expect(await unread.change()).toMatchObject({ line: { outcome: 'failed' } })
  expect(unread.shadow.writes).toBe(1)
  const unwritten = shadowWhere(refuse)
  expect(await unwritten.change()).toMatchObject({ line: { outcome: 'failed' } })
  expect(unwritten.shadow.writes).toBe(5)
})

test.each([
  ['waiting', 'not-there'],
  // Something of it may be done, and is told of in the trail.
  ['under-way', 'failed'],
] as const)('a thing that is not there, of a line that is %s, is %s', async (outcome, expected) => {
  const gone = () => Promise.reject(failure('ResourceNotFoundException', answered(404)))
  const kind: Kind<BulkChangeChange> = { prepare: gone, apply: gone, written: () => [] }
  const ended = await changeLine({ target: 'fan', outcome }, partsOf(kind))
  expect(ended?.line).toMatchObject({ outcome: expected, message: 'It failed' })
})

test('keys that are good no more, or not there, fail every other target as well', () => {
  for (const name of ['ExpiredTokenException', 'UnrecognizedClientException', 'AccessDeniedException']) {
    expect(isUnavailable(failure(name, answered(403))), name).toBe(true)
  }
  expect(isUnavailable(failure('CredentialsProviderError'))).toBe(true)
  expect(isUnavailable(failure('InvalidRequestException', answered(400)))).toBe(false)
})
