import type { BulkChangeRequest, BulkChangeResult } from '@thingdeck/contract'
import {
  getAt,
  JsonObject,
  type JsonPath,
  type JsonValue,
  jsonIdentical,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'
import { formatUpdateRequest, readShadow } from '@thingdeck/shadows'
import { isNamed } from '../../aws/error-name.ts'
import type { Pace } from '../../aws/pace.ts'
import type { Shadows } from '../../aws/shadows.ts'

/** The change of one thing: read, compare, write with the version; again if somebody else was faster. */
const MAX_ATTEMPTS = 5
/** After a throttle nobody asks AWS for so long. */
const THROTTLE_MS = 1_000

export type OneChange = Pick<BulkChangeRequest, 'shadowName' | 'path' | 'valueText' | 'dryRun' | 'createMissing'>

/** @returns the outcome; failures are in it, none is thrown */
export async function changeOne(
  shadows: Pick<Shadows, 'get' | 'update'>,
  pace: Pick<Pace, 'turn' | 'holdMs'>,
  thingName: string,
  change: OneChange,
): Promise<BulkChangeResult> {
  const key = { thingName, ...(change.shadowName === undefined ? {} : { shadowName: change.shadowName }) }
  const wanted = change.valueText === undefined ? undefined : parseJson(change.valueText)
  for (let attempt = 1; ; attempt += 1) {
    try {
      await pace.turn()
      const before = await readDesired(shadows, key, change.path)
      if (before === undefined && !change.createMissing) return { thingName, outcome: 'no-shadow' }
      const known = {
        thingName,
        ...(before?.value === undefined ? {} : { beforeText: stringifyJson(before.value) }),
        ...(before === undefined ? {} : { version: before.version }),
      }
      if (isSame(before?.value, wanted)) return { ...known, outcome: 'unchanged' }
      if (change.dryRun) return { ...known, outcome: 'would-change' }
      await pace.turn()
      const version = versionOf(await shadows.update(key, requestText(change.path, wanted, before?.version)))
      return { ...known, outcome: 'changed', ...(version === undefined ? {} : { version }) }
    } catch (error) {
      const { name, message } = error as Error
      if (isNamed(error, 'ThrottlingException')) pace.holdMs(THROTTLE_MS)
      const mayPass = isNamed(error, 'ThrottlingException', 'ConflictException', 'ServiceUnavailableException')
      if (!mayPass || attempt >= MAX_ATTEMPTS) return { thingName, outcome: 'failed', code: name, message }
    }
  }
}

async function readDesired(
  shadows: Pick<Shadows, 'get'>,
  key: { thingName: string; shadowName?: string },
  path: JsonPath,
): Promise<{ version: number; value: JsonValue | undefined } | undefined> {
  try {
    const { state, version } = readShadow(parseJson(await shadows.get(key)))
    return { version, value: state.desired && getAt(state.desired, path) }
  } catch (error) {
    if (isNamed(error, 'ResourceNotFoundException')) return undefined
    throw error
  }
}

function isSame(before: JsonValue | undefined, wanted: JsonValue | undefined): boolean {
  return before === undefined || wanted === undefined ? before === wanted : jsonIdentical(before, wanted)
}

/** Names the one key only: whatever else stands in `desired` is nobody's business here. */
function requestText(path: readonly string[], value: JsonValue | undefined, version: number | undefined): string {
  const desired = path.reduceRight<JsonValue>((inner, key) => JsonObject.from([[key, inner]]), value ?? null)
  const state = { desired: desired as JsonObject }
  return stringifyJson(formatUpdateRequest({ state, version }))
}

function versionOf(answer: string): number | undefined {
  const { version } = JSON.parse(answer) as { version?: unknown }
  return typeof version === 'number' ? version : undefined
}
