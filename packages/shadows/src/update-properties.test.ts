import { getAt, isJsonObject, JsonNumber, type JsonValue, jsonEquals, stringifyJson } from '@thingdeck/json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { patches, section, shadowOf, states, updated } from '../test/arbitrary-state.ts'
import { applyUpdate } from './apply-update.ts'
import { computeDelta } from './delta.ts'
import { diffSections } from './diff-sections.ts'
import { getDocument, readShadow } from './document.ts'
import { formatState } from './shadow.ts'
import { formatStoredShadow, parseStoredShadow } from './storage.ts'
import { formatPatch } from './update-request.ts'

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
