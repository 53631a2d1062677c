import { isJsonObject, JsonNumber, JsonObject, type JsonValue, jsonIdentical, parseJson } from '@thingdeck/json'
import fc from 'fast-check'
import { applyUpdate } from '../src/apply-update.ts'
import { formatState, type Shadow, type ShadowState } from '../src/shadow.ts'
import type { StatePatch } from '../src/update-request.ts'

/** Few keys and values, so that two documents often agree, and often only in part. */
export const { section, request } = fc.letrec<{ value: JsonValue; section: JsonObject; request: JsonObject }>((tie) => {
  const key = fc.constantFrom('a', 'b', '1', '__proto__', 'timestamp')
  const scalar = fc.constantFrom<JsonValue>('x', true, ...['1', '1.0', '9007199254740993'].map(JsonNumber.of))
  const object = (value: fc.Arbitrary<JsonValue>) =>
    fc.uniqueArray(fc.tuple(key, value), { selector: ([name]) => name, maxLength: 4 }).map(JsonObject.from)
  const depth = { maxDepth: 3, depthSize: 'small' as const }
  return {
    value: fc.oneof(depth, scalar, tie('section'), fc.array(tie('value'), { maxLength: 2 })),
    section: object(tie('value')),
    request: object(fc.oneof(depth, tie('value'), fc.constant(null), tie('request'))),
  }
})

export const states: fc.Arbitrary<ShadowState> = fc.record({ desired: section, reported: section }).map(normal)

export const patches: fc.Arbitrary<StatePatch> = fc.record(
  { desired: fc.option(request), reported: fc.option(request) },
  { requiredKeys: [] },
)

/** Without empty sections, as states are stored. */
export function normal({ desired, reported }: ShadowState): ShadowState {
  return { ...(desired?.size ? { desired } : {}), ...(reported?.size ? { reported } : {}) }
}

/** A shadow whose values were all written in second 1. */
export function shadowOf(state: ShadowState): Shadow {
  return applyUpdate(undefined, { state }, { nowSeconds: 1 }).shadow
}

export function updated(state: ShadowState, patch: StatePatch): ShadowState {
  return applyUpdate(shadowOf(state), { state: patch }, { nowSeconds: 2 }).shadow.state
}

export function identical(a: ShadowState, b: ShadowState): boolean {
  return jsonIdentical(formatState(a), formatState(b))
}

/** The paths of all values that are no objects, and of empty objects. */
export function leafPaths(object: JsonObject, path: readonly string[] = []): (readonly string[])[] {
  return [...object].flatMap(([key, value]) =>
    isJsonObject(value) && value.size > 0 ? leafPaths(value, [...path, key]) : [[...path, key]],
  )
}

export function object(text: string): JsonObject {
  const value = parseJson(text)
  if (!isJsonObject(value)) throw new Error(`not an object: ${text}`)
  return value
}
