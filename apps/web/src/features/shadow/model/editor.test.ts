import { fromPlain, getAt, parseJson, stringifyJson } from '@thingdeck/json'
import { formatState } from '@thingdeck/shadows'
import { expect, test } from 'vitest'
import { draftState, hasChanges } from './editor-draft.ts'
import { changeUnderWay, liveState, undoableChange } from './editor-state.ts'
import { TestOperator } from './test-operator.ts'
import { TestShadowService } from './test-service.ts'

function scene(...names: string[]) {
  const service = new TestShadowService()
  service.desire({ a: 1, b: 1, nested: { x: 1, y: 1 } })
  service.report({ a: 1, b: 1, nested: { x: 1, y: 1 } })
  const operators = names.map((name) => new TestOperator(service, name))
  for (const operator of operators) operator.open()
  return { service, operators }
}

function one() {
  const { service, operators } = scene('ada')
  const ada = operators[0]
  if (!ada) throw new Error('no operator')
  return { service, ada }
}

function two() {
  const { service, operators } = scene('ada', 'bob')
  const [ada, bob] = operators
  if (!ada || !bob) throw new Error('no operators')
  return { service, ada, bob }
}

const desired = (service: TestShadowService) => stringifyJson(service.shadow?.state.desired ?? null)
const draftText = (operator: TestOperator) => {
  const state = operator.state.draft && draftState(operator.state.draft)
  return state && stringifyJson(state.desired ?? null)
}
const lastChange = (operator: TestOperator) => operator.state.changes.at(-1)

test('what is saved is sent with the version, and only the keys that changed', () => {
  const { service, ada } = one()
  ada.set(['nested', 'x'], 2)
  ada.save()
  expect(ada.requests).toMatchObject([{ type: 'send' }])
  const [request] = ada.requests
  const document = request?.type === 'send' ? parseJson(request.document) : null
  expect(stringifyJson(getAt(document, ['state']) ?? null)).toBe('{"desired":{"nested":{"x":2}}}')
  expect(getAt(document, ['version'])).toEqual(fromPlain(2))
  ada.settle()
  expect(desired(service)).toBe('{"a":1,"b":1,"nested":{"x":2,"y":1}}')
  expect(ada.state.draft).toBeUndefined()
  expect(ada.state.live).toMatchObject({ kind: 'shadow', document: { version: 3 } })
})

test('a key that is removed from the text is sent as null', () => {
  const { service, ada } = one()
  ada.type('desired', '{"a": 1, "nested": {"y": 1}}')
  ada.save()
  ada.settle()
  expect(desired(service)).toBe('{"a":1,"nested":{"y":1}}')
})

test('what others change arrives in the draft, and what I type stays', () => {
  const { ada, bob } = two()
  ada.set(['a'], 5)
  bob.set(['b'], 7)
  bob.save()
  bob.settle()
  ada.settle()
  expect(draftText(ada)).toBe('{"a":5,"b":7,"nested":{"x":1,"y":1}}')
  expect(ada.state.draft?.conflicts).toEqual([])
})

test('a stale save is merged and sent again by itself where there is nothing to choose', () => {
  const { service, ada, bob } = two()
  ada.set(['a'], 5)
  bob.set(['b'], 7)
  bob.save()
  bob.settle()
  ada.save() // has not heard of it
  ada.serve()
  ada.inbox.length = 0 // nor will: the messages are lost
  ada.settle()
  expect(lastChange(ada)).toMatchObject({ attempt: 2, status: { kind: 'accepted', version: 4 } })
  expect(desired(service)).toBe('{"a":5,"b":7,"nested":{"x":1,"y":1}}')
})

test('where two changed the same key, the save waits for a choice and nothing is lost', () => {
  const { service, ada, bob } = two()
  ada.set(['a'], 5)
  bob.set(['a'], 6)
  bob.save()
  bob.settle()
  ada.save()
  ada.settle()
  expect(lastChange(ada)?.status).toMatchObject({ kind: 'refused', code: 'CONFLICT' })
  expect(draftText(ada)).toBe('{"a":5,"b":1,"nested":{"x":1,"y":1}}')
  const [conflict] = ada.state.draft?.conflicts ?? []
  expect(conflict).toMatchObject({
    path: ['desired', 'a'],
    base: fromPlain(1),
    theirs: fromPlain(6),
    mine: fromPlain(5),
  })
  ada.save()
  expect(ada.requests).toEqual([]) // not before somebody chose
  if (conflict) ada.do({ type: 'settled', conflict, side: 'mine' })
  ada.save()
  ada.settle()
  expect(desired(service)).toBe('{"a":5,"b":1,"nested":{"x":1,"y":1}}')
})

test('what is typed while a save is under way is still the draft afterwards', () => {
  const { service, ada } = one()
  ada.set(['a'], 5)
  ada.save()
  ada.set(['a'], 6)
  ada.type('desired', '{"a": 6, "b": 1, "nested": {"x": 1, "y": 1}, "c"')
  ada.settle()
  expect(service.shadow?.version).toBe(3)
  expect(ada.state.draft?.texts.desired.text).toBe('{"a": 6, "b": 1, "nested": {"x": 1, "y": 1}, "c"')
  ada.type('desired', '{"a": 6, "b": 1, "nested": {"x": 1, "y": 1}, "c": true}')
  expect(ada.state.draft?.conflicts).toEqual([])
  ada.save()
  ada.settle()
  expect(desired(service)).toBe('{"a":6,"b":1,"nested":{"x":1,"y":1},"c":true}')
})

test('a text that is no JSON is left alone until it is; then what came meanwhile is merged', () => {
  const { ada, bob } = two()
  ada.type('desired', '{"a": 1, "b": 1, "nested": {"x": 1, "y": 1}, "mine": ')
  bob.set(['b'], 7)
  bob.save()
  bob.settle()
  ada.settle()
  expect(ada.state.draft?.texts.desired.text).toBe('{"a": 1, "b": 1, "nested": {"x": 1, "y": 1}, "mine": ')
  ada.type('desired', '{"a": 1, "b": 1, "nested": {"x": 1, "y": 1}, "mine": 2}')
  expect(ada.state.draft?.texts.desired.text).toBe('{"a": 1, "b": 7, "nested": {"x": 1, "y": 1}, "mine": 2}')
})

test.each(['request', 'answer'] as const)(
  'when the %s is lost, the shadow itself tells whether it was applied',
  (lost) => {
    const { service, ada } = one()
    ada.set(['a'], 5)
    ada.save()
    ada.serve(lost)
    ada.inbox.length = 0
    ada.hear()
    expect(lastChange(ada)?.status).toEqual({ kind: 'unknown' })
    ada.settle()
    if (lost === 'answer') {
      expect(lastChange(ada)?.status).toMatchObject({ kind: 'accepted', version: 3 })
      expect(ada.state.draft).toBeUndefined()
    } else {
      expect(lastChange(ada)?.status).toMatchObject({ kind: 'refused', code: 'NO_ANSWER' })
      expect(draftText(ada)).toContain('"a":5')
      ada.save()
      ada.settle()
    }
    expect(desired(service)).toContain('"a":5')
    expect(service.applied).toHaveLength(3)
  },
)

test('a refusal leaves the draft as it is, with the words of AWS', () => {
  const { ada } = one()
  ada.set(['a'], 'x'.repeat(9000))
  ada.save()
  ada.settle()
  expect(lastChange(ada)?.status).toMatchObject({ kind: 'refused', code: 'RequestEntityTooLargeException' })
  expect(ada.state.fault?.message).toBe('The payload exceeds the maximum size allowed')
  expect(ada.state.draft && hasChanges(ada.state.draft, liveState(ada.state))).toBe(true)
})

test('versions decide: what is older is dropped, and a gap does no harm', () => {
  const { service, ada } = one()
  service.report({ a: 2 })
  service.report({ a: 3 })
  service.report({ a: 4 })
  ada.inbox.splice(0, 4) // two updates lost
  ada.inbox.reverse()
  ada.settle()
  expect(ada.state.live).toMatchObject({ document: { version: 5 } })
  service.report({ a: 5 })
  service.report({ a: 6 })
  ada.inbox.reverse() // the newer comes first
  ada.settle()
  expect(ada.state.live).toMatchObject({ document: { version: 7 } })
  expect(ada.state.staleMessages).toBeGreaterThan(0)
})

test('an accepted update whose document is lost is asked for', () => {
  const { service, ada } = one()
  service.report({ a: 2 })
  ada.inbox.splice(1, 1)
  ada.settle()
  expect(ada.state.live).toMatchObject({ document: { version: 3, source: 'get' } })
})

test('a deleted shadow leaves the draft; created again within 48 hours its numbers go on', () => {
  const { service, ada } = one()
  ada.set(['a'], 5)
  service.delete()
  ada.settle()
  expect(ada.state.live).toMatchObject({ kind: 'missing', deletedVersion: 2 })
  expect(draftText(ada)).toBe('{"a":5}')
  expect(ada.state.draft?.conflicts).toMatchObject([{ path: ['desired', 'a'], theirs: undefined }])
  service.report({ a: 9 })
  ada.settle()
  expect(ada.state.live).toMatchObject({ kind: 'shadow', document: { version: 4 } })
  const [conflict] = ada.state.draft?.conflicts ?? []
  if (conflict) ada.do({ type: 'settled', conflict, side: 'mine' })
  ada.save()
  ada.settle()
  expect(stringifyJson(formatState(service.shadow?.state ?? {}))).toBe('{"desired":{"a":5},"reported":{"a":9}}')
})

test('a counter that starts afresh is believed when a get says so', () => {
  const { service, ada } = one()
  for (let round = 0; round < 5; round += 1) service.report({ a: round })
  ada.settle()
  service.delete()
  service.forget()
  service.report({ a: 9 })
  ada.inbox.splice(0, 1) // the deletion was not heard of
  ada.settle()
  expect(ada.state.live).toMatchObject({ kind: 'shadow', document: { version: 1 } })
  expect(ada.state.incarnation).toBe(1)
})

test('a counter that started afresh and is as far again is found out by the content', () => {
  const { service, ada } = one() // at version 2
  service.delete()
  service.forget()
  service.report({ a: 9 })
  service.report({ a: 10 })
  ada.inbox.splice(0, 1)
  ada.settle()
  expect(ada.state.live).toMatchObject({ kind: 'shadow', document: { version: 2 } })
  expect(stringifyJson(formatState(liveState(ada.state)))).toBe('{"reported":{"a":10}}')
})

test('typing the old value where theirs is another chooses the old value', () => {
  const { service, ada, bob } = two()
  ada.set(['a'], 5)
  bob.set(['a'], 6)
  bob.save()
  bob.settle()
  ada.settle()
  ada.set(['a'], 1)
  expect(ada.state.draft?.conflicts).toEqual([])
  ada.save()
  ada.settle()
  expect(desired(service)).toBe('{"a":1,"b":1,"nested":{"x":1,"y":1}}')
})

test('a save into a shadow that was deleted meanwhile becomes a choice', () => {
  const { service, ada } = one()
  ada.set(['a'], 5)
  service.delete()
  ada.inbox.length = 0
  ada.save()
  ada.settle()
  expect(ada.state.live).toMatchObject({ kind: 'missing' })
  expect(lastChange(ada)?.status).toMatchObject({ kind: 'refused', code: 'CONFLICT' })
  const [conflict] = ada.state.draft?.conflicts ?? []
  if (conflict) ada.do({ type: 'settled', conflict, side: 'mine' })
  ada.save()
  ada.settle()
  expect(desired(service)).toBe('{"a":5}')
})

test('the first update of a shadow that never was creates it', () => {
  const service = new TestShadowService()
  const ada = new TestOperator(service, 'ada')
  ada.open()
  expect(ada.state.live).toEqual({ kind: 'missing', deletedVersion: undefined, deletedAtMs: 1_700_000_000_000 })
  expect(ada.state.history.entries).toEqual([])
  ada.set(['on'], true)
  ada.save()
  ada.settle()
  expect(service.shadow?.version).toBe(1)
  expect(ada.state.live).toMatchObject({ kind: 'shadow', document: { version: 1 } })
})

test('a change waits for the device: it obeys, reports something else, or somebody asks for something else', () => {
  const { service, ada, bob } = two()
  ada.set(['a'], 5)
  ada.save()
  ada.settle()
  expect(lastChange(ada)?.device).toEqual({ kind: 'awaited' })
  service.report({ b: 1 })
  ada.settle()
  expect(lastChange(ada)?.device).toEqual({ kind: 'awaited' })
  service.report({ a: 3 })
  ada.settle()
  expect(lastChange(ada)?.device).toMatchObject({ kind: 'differs', path: ['a'], reported: fromPlain(3) })
  service.report({ a: 5 })
  ada.settle()
  expect(lastChange(ada)?.device).toMatchObject({ kind: 'fulfilled', version: 6 })

  ada.set(['a'], 6)
  ada.save()
  ada.settle()
  bob.settle()
  bob.set(['a'], 7)
  bob.save()
  bob.settle()
  ada.settle()
  expect(lastChange(ada)?.device).toMatchObject({ kind: 'superseded' })
})

test('a device that reports the old value again has answered, though nothing differs', () => {
  const { service, ada } = one()
  ada.set(['a'], 5)
  ada.save()
  ada.settle()
  service.report({ a: 1 })
  ada.inbox.splice(1, 1) // even if only the accepted message comes
  ada.receive()
  expect(lastChange(ada)?.device).toMatchObject({ kind: 'differs', reported: fromPlain(1) })
})

test('undo takes back my change only, and once', () => {
  const { service, ada, bob } = two()
  ada.set(['a'], 5)
  ada.save()
  ada.settle()
  bob.settle()
  bob.set(['b'], 7)
  bob.save()
  bob.settle()
  ada.settle()
  ada.undo()
  ada.settle()
  expect(desired(service)).toBe('{"a":1,"b":7,"nested":{"x":1,"y":1}}')
  expect(undoableChange(ada.state)).toBeUndefined()
})

test('undo of what somebody changed since is offered as a choice', () => {
  const { service, ada, bob } = two()
  ada.set(['a'], 5)
  ada.save()
  ada.settle()
  bob.settle()
  bob.set(['a'], 7)
  bob.save()
  bob.settle()
  ada.settle()
  ada.undo()
  expect(changeUnderWay(ada.state)).toBeUndefined()
  expect(ada.state.draft?.conflicts).toMatchObject([
    { path: ['desired', 'a'], base: fromPlain(5), theirs: fromPlain(7), mine: fromPlain(1) },
  ])
  expect(desired(service)).toContain('"a":7')
})

test('a past version becomes a draft of desired, not of what the device reports', () => {
  const { service, ada } = one()
  service.desire({ a: 2, extra: true })
  service.report({ a: 2 })
  ada.settle()
  const [first] = ada.state.history.entries
  const state = first?.kind === 'document' ? first.document.shadow.state : {}
  ada.do({ type: 'restored', state, sections: ['desired'] })
  ada.save()
  ada.settle()
  expect(desired(service)).toBe('{"a":1,"b":1,"nested":{"x":1,"y":1}}')
  expect(stringifyJson(service.shadow?.state.reported ?? null)).toBe('{"a":2,"b":1,"nested":{"x":1,"y":1}}')
})

test('a draft from before a reload is merged with what the shadow has become', () => {
  const { service, ada } = one()
  ada.set(['a'], 5)
  const { draft } = ada.state
  service.desire({ b: 9 })
  const again = new TestOperator(service, 'ada-again')
  if (draft) again.do({ type: 'draft-found', draft })
  again.type('desired', '{"a": 6, "b": 1, "nested": {"x": 1, "y": 1}}') // before the shadow is here
  again.open()
  expect(draftText(again)).toBe('{"a":6,"b":9,"nested":{"x":1,"y":1}}')
})

test('numbers keep their digits and keys their order through draft, merge and request', () => {
  const { service, ada } = one()
  ada.type('desired', '{"z": 12345678901234567890.10, "a": 1.0, "b": 1, "nested": {"x": 1, "y": 1}}')
  service.report({ b: 2 })
  ada.save()
  ada.settle()
  expect(desired(service)).toBe('{"a":1.0,"b":1,"nested":{"x":1,"y":1},"z":12345678901234567890.10}')
})

test('that an update got no answer stays said while nobody can tell what became of it', () => {
  const { ada } = one()
  ada.set(['a'], 2)
  ada.save()
  ada.serve('request')
  ada.hear()
  expect(ada.state.fault).toMatchObject({ during: 'update', code: 'NO_ANSWER' })
  ada.do({ type: 'fetch-failed', code: 'NETWORK', message: 'The console server could not be reached.', atMs: 1 })
  expect(ada.state.fault).toMatchObject({ during: 'update', code: 'NO_ANSWER' })
  ada.settle()
  ada.do({ type: 'fetch-failed', code: 'NETWORK', message: 'The console server could not be reached.', atMs: 2 })
  expect(ada.state.fault).toMatchObject({ during: 'get', code: 'NETWORK' })
})
