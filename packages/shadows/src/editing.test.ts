import {
  getAt,
  isJsonObject,
  JsonNumber,
  JsonObject,
  type JsonValue,
  jsonEquals,
  jsonIdentical,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyUpdate } from './apply-update.ts'
import { computeDelta } from './delta.ts'
import { diffSections } from './diff-sections.ts'
import { getDocument, readShadow } from './document.ts'
import { inverseUpdate, updateRequestFor } from './draft.ts'
import { mergeThreeWay, resolveConflict } from './merge-three-way.ts'
import { formatState, type Shadow, type ShadowState } from './shadow.ts'
import { formatStoredShadow, parseStoredShadow } from './storage.ts'
import { checkUpdateRequest, formatPatch, formatUpdateRequest, type StatePatch } from './update-request.ts'

/** Few keys and values, so that two documents often agree, and often only in part. */
const { section, request } = fc.letrec<{ value: JsonValue; section: JsonObject; item: JsonValue; request: JsonObject }>(
  (tie) => {
    const key = fc.constantFrom('a', 'b', '1', '__proto__', 'timestamp')
    const scalar = fc.constantFrom<JsonValue>('x', true, ...['1', '1.0', '9007199254740993'].map(JsonNumber.of))
    const object = (value: fc.Arbitrary<JsonValue>) =>
      fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 4 }).map(JsonObject.from)
    const array = fc.array(tie('item'), { maxLength: 2 })
    const depth = { maxDepth: 3, depthSize: 'small' as const }
    return {
      item: fc.oneof(depth, scalar, tie('section'), array),
      value: fc.oneof(depth, scalar, tie('section'), array),
      section: object(tie('value')),
      request: object(fc.oneof(depth, tie('value'), fc.constant(null), tie('request'))),
    }
  },
)

const states = fc.record({ desired: section, reported: section }).map(normal)
const patches: fc.Arbitrary<StatePatch> = fc.record(
  { desired: fc.option(request), reported: fc.option(request) },
  { requiredKeys: [] },
)

function normal(state: ShadowState): ShadowState {
  const { desired, reported } = state
  return { ...(desired?.size ? { desired } : {}), ...(reported?.size ? { reported } : {}) }
}

function shadowOf(state: ShadowState): Shadow {
  return applyUpdate(undefined, { state }, { nowSeconds: 1 }).shadow
}

function updated(state: ShadowState, patch: StatePatch): ShadowState {
  return applyUpdate(shadowOf(state), { state: patch }, { nowSeconds: 2 }).shadow.state
}

function identical(a: ShadowState, b: ShadowState): boolean {
  return jsonIdentical(formatState(a), formatState(b))
}

test('the update made for a draft turns the base into the draft', () => {
  fc.assert(
    fc.property(states, states, (base, draft) => identical(updated(base, updateRequestFor(base, draft)), draft)),
  )
})

test('an unchanged draft needs no update, and a needed one is a valid request', () => {
  fc.assert(
    fc.property(states, states, (base, draft) => {
      expect(updateRequestFor(base, base)).toEqual({})
      const state = updateRequestFor(base, draft)
      const document = formatUpdateRequest({ state })
      expect(formatUpdateRequest(checkUpdateRequest(document))).toEqual(document)
      expect(formatPatch(state).size === 0).toBe(identical(base, draft))
    }),
  )
})

test('no smaller update would do: each key that it names matters', () => {
  fc.assert(
    fc.property(states, states, (base, draft) => {
      const patch = updateRequestFor(base, draft)
      for (const name of ['desired', 'reported'] as const) {
        for (const path of leafPaths(patch[name] ?? JsonObject.EMPTY)) {
          const smaller = { ...patch, [name]: without(patch[name] ?? JsonObject.EMPTY, path) }
          expect(identical(updated(base, smaller), draft)).toBe(false)
        }
      }
    }),
  )
})

function leafPaths(object: JsonObject, path: readonly string[] = []): (readonly string[])[] {
  return [...object].flatMap(([key, value]) =>
    isJsonObject(value) && value.size > 0 ? leafPaths(value, [...path, key]) : [[...path, key]],
  )
}

function without(object: JsonObject, [key = '', ...rest]: readonly string[]): JsonObject {
  const child = object.get(key)
  return rest.length > 0 && isJsonObject(child) ? object.with(key, without(child, rest)) : object.without(key)
}

test.each([
  ['{"a":{"x":1,"y":2},"b":3}', '{"a":{"x":1},"c":4}', '{"desired":{"b":null,"a":{"y":null},"c":4}}'],
  ['{"a":{"x":1}}', '{"a":{}}', '{"desired":{"a":{"x":null}}}'],
  ['{"a":{"x":1}}', '{"a":null}', '{"desired":{"a":null}}'],
  ['{"a":1}', '{}', '{"desired":{"a":null}}'],
  ['{"l":[1,2]}', '{"l":[1]}', '{"desired":{"l":[1]}}'],
  ['{"n":1}', '{"n":1.0}', '{"desired":{"n":1.0}}'],
  ['{"a":1,"b":2}', '{"b":2,"a":1}', '{}'],
])('from %s to %s the update is %s', (base, draft, expected) => {
  const patch = updateRequestFor({ desired: object(base) }, { desired: object(draft) })
  expect(stringifyJson(formatPatch(patch))).toBe(expected)
})

test('undo takes back my change and nothing else', () => {
  fc.assert(
    fc.property(states, patches, (before, patch) => {
      const after = updated(before, patch)
      expect(identical(updated(after, inverseUpdate(before, after)), before)).toBe(true)
    }),
  )
  const mine = inverseUpdate({ desired: object('{"a":1}') }, { desired: object('{"a":2,"c":{"x":1}}') })
  expect(stringifyJson(formatState(updated({ desired: object('{"a":2,"b":5,"c":{"x":1}}') }, mine)))).toBe(
    '{"desired":{"a":1,"b":5}}',
  )
})

test('every accepted update adds one to the version, stores no null, and survives the store and the wire', () => {
  fc.assert(
    fc.property(states, fc.array(patches, { minLength: 1, maxLength: 4 }), (state, updates) => {
      let shadow = shadowOf(state)
      for (const [index, patch] of updates.entries()) {
        const next = applyUpdate(shadow, { state: patch }, { nowSeconds: 10 + index }).shadow
        expect(next.version).toBe(shadow.version + 1)
        expect(stringifyJson(formatState(next.state))).not.toContain('null')
        expect(parseStoredShadow(formatStoredShadow(next))).toEqual(next)
        expect(readShadow(getDocument(next, { thingName: 't', nowSeconds: 0 }))).toEqual(next)
        shadow = next
      }
    }),
  )
})

test('a value has the new time exactly if the update named it', () => {
  fc.assert(
    fc.property(states, patches, (state, patch) => {
      const { shadow } = applyUpdate(shadowOf(state), { state: patch }, { nowSeconds: 2 })
      const named = formatPatch(patch)
      for (const row of diffSections(shadow)) {
        for (const name of ['desired', 'reported'] as const) {
          const value = row[name]
          if (value === undefined || (typeof value === 'object' && !(value instanceof JsonNumber))) continue
          const time = name === 'desired' ? row.desiredAtSeconds : row.reportedAtSeconds
          expect(time).toBe(getAt(named, [name, ...row.path]) === undefined ? 1 : 2)
        }
      }
    }),
  )
})

test('the delta is empty exactly if reported covers desired, and reporting it empties it', () => {
  fc.assert(
    fc.property(section, section, (desired, reported) => {
      const delta = computeDelta(desired, reported)
      expect(delta === undefined).toBe(covers(reported, desired))
      if (delta === undefined) return
      const state = updated({ desired, reported }, { reported: delta })
      expect(computeDelta(state.desired, state.reported)).toBeUndefined()
    }),
  )
})

function covers(reported: JsonValue | undefined, desired: JsonValue): boolean {
  if (reported === undefined) return false
  if (!isJsonObject(desired) || !isJsonObject(reported)) return jsonEquals(desired, reported)
  return [...desired].every(([key, value]) => covers(reported.get(key), value))
}

test('a merge without conflicts is what the service holds after both updates, in either order', () => {
  fc.assert(
    fc.property(states, states, states, (base, theirs, mine) => {
      const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
      fc.pre(conflicts.length === 0)
      const ours = updateRequestFor(base, mine)
      const others = updateRequestFor(base, theirs)
      expect(jsonEquals(formatState(updated(updated(base, others), ours)), formatState(merged))).toBe(true)
      expect(jsonEquals(formatState(updated(updated(base, ours), others)), formatState(merged))).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('a merge loses no key: what anybody has is in the result, in a conflict, or was removed by the other', () => {
  fc.assert(
    fc.property(states, states, states, (base, theirs, mine) => {
      const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
      for (const [one, other] of [
        [theirs, mine],
        [mine, theirs],
      ] as const) {
        for (const path of leafPaths(formatState(one))) {
          const value = getAt(formatState(one), path) ?? null
          const inConflict = conflicts.some((conflict) => conflict.path.every((step, index) => path[index] === step))
          const inResult = jsonEquals(getAt(formatState(merged), path) ?? null, value)
          const unchanged = jsonEquals(getAt(formatState(base), path) ?? null, value)
          const replaced = isJsonObject(value) && isJsonObject(getAt(formatState(other), path))
          expect(inConflict || inResult || unchanged || replaced).toBe(true)
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('a conflict has three different sides, and any of them can be taken', () => {
  fc.assert(
    fc.property(states, states, states, (base, theirs, mine) => {
      const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
      for (const conflict of conflicts) {
        for (const side of ['base', 'theirs', 'mine'] as const) {
          expect(conflict[side]).toEqual(getAt(formatState({ base, theirs, mine }[side]), conflict.path))
          const resolved = formatState(resolveConflict(merged, conflict, side))
          expect(getAt(resolved, conflict.path)).toEqual(conflict[side])
        }
        expect(formatState(resolveConflict(merged, conflict, 'mine'))).toEqual(formatState(merged))
      }
    }),
  )
})

test('who changes nothing gets what the other has', () => {
  fc.assert(
    fc.property(states, states, (base, changed) => {
      for (const [theirs, mine] of [
        [changed, base],
        [base, changed],
        [changed, changed],
      ] as const) {
        const { merged, conflicts } = mergeThreeWay(base, theirs, mine)
        expect(conflicts).toEqual([])
        expect(identical(merged, changed)).toBe(true)
      }
    }),
  )
})

test.each([
  ['{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":1,"b":3,"c":4}', '{"a":2,"b":3,"c":4}', []],
  ['{"a":{"x":1}}', '{"a":{"x":1,"y":2}}', '{"a":{"x":5}}', '{"a":{"x":5,"y":2}}', []],
  ['{"a":1}', '{"a":2}', '{"a":3}', '{"a":3}', ['a']],
  ['{"a":1}', '{"a":2}', '{}', '{}', ['a']],
  ['{"a":1}', '{}', '{"a":2}', '{"a":2}', ['a']],
  ['{"l":[1]}', '{"l":[1,2]}', '{"l":[1,3]}', '{"l":[1,3]}', ['l']],
  ['{}', '{"a":{"x":1}}', '{"a":{"y":1}}', '{"a":{"x":1,"y":1}}', []],
  ['{"n":1}', '{"n":1}', '{"n":1.0}', '{"n":1.0}', []],
  ['{"n":1}', '{"n":1.0}', '{"n":2}', '{"n":2}', ['n']],
  ['{"n":2}', '{"n":1}', '{"n":1.0}', '{"n":1.0}', []],
])('base %s, theirs %s, mine %s: merged %s', (base, theirs, mine, expected, conflictKeys) => {
  const [b, t, m] = [base, theirs, mine].map((text) => normal({ desired: object(text) }))
  const { merged, conflicts } = mergeThreeWay(b ?? {}, t ?? {}, m ?? {})
  expect(stringifyJson(merged.desired ?? JsonObject.EMPTY)).toBe(expected)
  expect(conflicts.map(({ path }) => path)).toEqual(conflictKeys.map((key) => ['desired', key]))
})

test('rows align desired and reported, groups before their keys', () => {
  const first = applyUpdate(
    undefined,
    {
      state: {
        desired: object('{"lamp":{"on":true,"dim":5},"l":[1,2],"mode":"eco","e":{}}'),
        reported: object('{"fw":"1.0","lamp":{"dim":5,"watt":3},"mode":{"k":1}}'),
      },
    },
    { nowSeconds: 100 },
  ).shadow
  const { shadow } = applyUpdate(
    first,
    { state: { reported: object('{"lamp":{"dim":5},"l":[1,2.0]}') } },
    { nowSeconds: 200 },
  )
  const rows = diffSections(shadow).map(
    ({ path, isGroup, status, desired, reported, desiredAtSeconds, reportedAtSeconds }) => [
      `${'  '.repeat(path.length - 1)}${path.at(-1)}${isGroup ? ':' : ''}`,
      status,
      isGroup || desired === undefined ? '' : stringifyJson(desired),
      isGroup || reported === undefined ? '' : stringifyJson(reported),
      desiredAtSeconds,
      reportedAtSeconds,
    ],
  )
  expect(rows).toEqual([
    ['lamp:', 'pending', '', '', 100, 200],
    ['  on', 'pending', 'true', '', 100, undefined],
    ['  dim', 'same', '5', '5', 100, 200],
    ['  watt', 'unasked', '', '3', undefined, 100],
    ['l', 'same', '[1,2]', '[1,2.0]', 100, 200],
    ['mode', 'pending', '"eco"', '{"k":1}', 100, 100],
    ['e', 'pending', '{}', '', undefined, undefined],
    ['fw', 'unasked', '', '"1.0"', undefined, 100],
  ])
})

function object(text: string): JsonObject {
  const value = parseJson(text)
  if (!isJsonObject(value)) throw new Error(`not an object: ${text}`)
  return value
}
