import { fromPlain, getAt, type JsonValue, jsonEquals, jsonIdentical } from '@thingdeck/json'
import { applyUpdate, formatState, type ShadowState, type StatePatch } from '@thingdeck/shadows'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { draftState, hasChanges } from './editor-draft.ts'
import { liveState } from './editor-state.ts'
import { TestOperator } from './test-operator.ts'
import { TestShadowService } from './test-service.ts'

/**
 * Two operators and a device on one shadow, with messages that are delayed, swapped and lost, requests and answers that
 * are lost, deletions, and texts that are no JSON for a while: whatever the order, nothing typed is lost, and in the
 * end everybody has what the service holds.
 */
const KEYS = [['a'], ['b'], ['n', 'x'], ['n', 'y']] as const
const key = fc.constantFrom(...KEYS)
const value = fc.constantFrom<unknown>(1, 2, true, 'x', [1, 2])
const who = fc.nat({ max: 1 })

const action = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('set' as const), who, key, value: fc.option(value) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('save' as const), who }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('receive' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('drop' as const, 'swap' as const), who }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('serve' as const),
      who,
      lost: fc.constantFrom(undefined, undefined, 'request' as const, 'answer' as const),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('hear' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('report' as const), key, value }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('break' as const, 'mend' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'forget' as const) }) },
)
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never

/** What one person typed and has not seen accepted. */
type Typed = Map<string, { path: readonly string[]; value: JsonValue | undefined }>

const nest = (path: readonly string[], value: unknown) =>
  Object(path.reduceRight<unknown>((inner, name) => ({ [name]: inner }), value))

class Table {
  readonly service = new TestShadowService()
  readonly people = ['ada', 'bob'].map((name) => ({
    operator: new TestOperator(this.service, name),
    typed: new Map() as Typed,
  }))

  constructor() {
    this.service.desire({ a: 1, n: { x: 1, y: 1 } })
    this.service.report({ a: 1 })
    for (const { operator } of this.people) operator.open()
  }

  #person(index: number) {
    const person = this.people[index]
    if (!person) throw new RangeError(`Nobody is number ${index}`)
    return person
  }

  act(step: Action): void {
    if ('who' in step) this.#actAs(step)
    else if (step.do === 'report') this.service.report(nest(step.key, step.value))
    else if (step.do === 'delete') this.service.delete()
    else this.service.forget()
  }

  #actAs(step: Extract<Action, { who: number }>): void {
    const { operator, typed } = this.#person(step.who)
    operator.nowMs += 1
    switch (step.do) {
      case 'set': {
        if (!operator.state.draft || draftState(operator.state.draft) !== undefined) {
          operator.set(step.key, step.value ?? undefined)
          const json = step.value === null ? undefined : fromPlain(step.value)
          typed.set(step.key.join('.'), { path: step.key, value: json })
        }
        break
      }
      case 'save':
        operator.save()
        break
      case 'receive':
        operator.receive()
        break
      case 'drop':
        operator.inbox.shift()
        break
      case 'swap':
        operator.inbox.push(...operator.inbox.splice(0, 1))
        break
      case 'serve':
        operator.serve(step.lost)
        break
      case 'hear':
        operator.hear()
        break
      case 'break':
        if (operator.state.draft) operator.type('desired', `${operator.state.draft.texts.desired.text},`)
        break
      case 'mend':
        this.mend(operator)
        break
    }
    this.check(step.who)
  }

  mend(operator: TestOperator): void {
    const text = operator.state.draft?.texts.desired.text
    if (text?.endsWith(',')) operator.type('desired', text.replace(/,+$/, ''))
  }

  /** What was typed is in the draft, or was accepted. */
  check(index: number): void {
    const { operator, typed } = this.#person(index)
    const { draft, changes } = operator.state
    const text = draft?.texts.desired.text
    if (draft && text?.endsWith(',')) return // checked when it can be read again
    const state = draft && draftState(draft)
    const base = draft?.base ?? {}
    for (const [name, { path, value: wanted }] of typed) {
      const holds = (there: ShadowState) => {
        const found = getAt(formatState(there), ['desired', ...path])
        return wanted === undefined || found === undefined ? wanted === found : jsonEquals(wanted, found)
      }
      // What is so already, because it was accepted or others did it too, is no change any more: others may change it.
      const isAccepted = changes.some(({ status, wanted: saved }) => status.kind === 'accepted' && holds(saved))
      if (isAccepted || holds(base) || holds(liveState(operator.state))) typed.delete(name)
      else expect(state !== undefined && holds(state), `${name} was lost`).toBe(true)
    }
  }

  /** Everything arrives, and everybody chooses their own side and saves, until nobody has a draft. */
  finish(): void {
    for (const { operator } of this.people) this.mend(operator)
    for (let round = 0; round < 20; round += 1) {
      let isQuiet = true
      for (const [index, { operator }] of this.people.entries()) {
        operator.resync(() => this.check(index))
        for (const conflict of operator.state.draft?.conflicts ?? []) {
          operator.do({ type: 'settled', conflict, side: 'mine' })
        }
        const { draft } = operator.state
        if (draft && hasChanges(draft, liveState(operator.state))) {
          isQuiet = false
          operator.save()
          operator.resync(() => this.check(index))
        }
        this.check(index)
      }
      if (isQuiet) return
    }
    throw new Error('It does not come to rest')
  }
}

test('whatever the order, nothing typed is lost and everybody ends with what the service holds', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), (steps) => {
      const table = new Table()
      for (const each of steps) table.act(each)
      table.finish()
      for (const { operator } of table.people) operator.resync()
      for (const { operator } of table.people) {
        expect(jsonIdentical(formatState(operator.live ?? {}), formatState(table.service.shadow?.state ?? {}))).toBe(
          true,
        )
        expect(operator.state.live.kind).toBe(table.service.shadow ? 'shadow' : 'missing')
        for (const { status } of operator.state.changes) expect(['accepted', 'refused']).toContain(status.kind)
      }
    }),
    { numRuns: 400 },
  )
})

test('a change counts as accepted only if some version of the shadow held it', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (steps) => {
      const table = new Table()
      for (const each of steps) table.act(each)
      table.finish()
      for (const { operator } of table.people) {
        for (const { status, patch } of operator.state.changes) {
          if (status.kind !== 'accepted') continue
          const held = table.service.applied.some(
            ({ state, version: number }) => number === status.version && updateIsIn(state, patch),
          )
          // 0: there is no shadow, and all that was asked was to remove keys.
          expect(held || status.version === 0).toBe(true)
        }
      }
    }),
    { numRuns: 200 },
  )
})

/** Whether applying the patch again would change nothing. */
function updateIsIn(state: ShadowState, patch: StatePatch): boolean {
  const again = applyUpdate(undefined, { state }, { nowSeconds: 1 }).shadow
  const after = applyUpdate(again, { state: patch }, { nowSeconds: 2 }).shadow
  return jsonIdentical(formatState(after.state), formatState(again.state))
}
