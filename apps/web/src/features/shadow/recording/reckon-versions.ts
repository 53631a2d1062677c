import { isJsonObject, type JsonValue, parseJson, stringifyJson } from '@thingdeck/json'
import { applyUpdate, type SectionName, type Shadow, ShadowError, type StatePatch } from '@thingdeck/shadows'
import { documentOf, type RecordedVersion } from './recorded-version.ts'

/**
 * Completes versions of which only the accepted update was recorded: where the version before is known whole, the rules
 * that the service itself follows make the next one of it.
 *
 *     documents v4 {a:1,b:1}, accepted v5 {a:2}, accepted v7 {b:9}  →  v5 {a:2,b:1} reckoned; of v7 only {b:9} is known
 */
export function reckonVersions(versions: readonly RecordedVersion[]): readonly RecordedVersion[] {
  let before: RecordedVersion | undefined
  let shadow: Shadow | undefined
  return versions.map((recorded) => {
    const isNext = before?.kind !== 'deleted' && before?.version === recorded.version - 1
    const base = isNext ? (shadow ?? wholeOf(before)) : undefined
    const reckoned = recorded.kind === 'update' && (base || recorded.version === 1) ? reckon(base, recorded) : undefined
    shadow = reckoned?.shadow
    before = reckoned?.recorded ?? recorded
    return before
  })
}

const wholeOf = (recorded: RecordedVersion | undefined): Shadow | undefined => recorded && documentOf(recorded)?.shadow

function reckon(
  base: Shadow | undefined,
  update: RecordedVersion,
): { readonly shadow: Shadow; readonly recorded: RecordedVersion } | undefined {
  const state = patchOf(update.text)
  if (state === undefined) return undefined
  try {
    const nowSeconds = update.timestampSeconds ?? Math.floor(update.seenAtMs / 1_000)
    // The service accepted it, so its size was within what that account has as its limit.
    const options = { nowSeconds, maxStateBytes: Number.POSITIVE_INFINITY }
    const { shadow, documents } = applyUpdate(base, { state, clientToken: update.clientToken }, options)
    return { shadow, recorded: { ...update, kind: 'reckoned', text: stringifyJson(documents) } }
  } catch (error) {
    if (error instanceof ShadowError) return undefined
    throw error
  }
}

/** What an accepted update named; `null` if it removed everything, undefined if it is no such message. */
export function patchOf(text: string): StatePatch | null | undefined {
  const message = parseJson(text)
  const state = isJsonObject(message) ? message.get('state') : undefined
  if (state === null) return null
  if (!isJsonObject(state)) return undefined
  return { ...sectionOf('desired', state.get('desired')), ...sectionOf('reported', state.get('reported')) }
}

function sectionOf(name: SectionName, value: JsonValue | undefined): StatePatch {
  return value === null || isJsonObject(value) ? { [name]: value } : {}
}
