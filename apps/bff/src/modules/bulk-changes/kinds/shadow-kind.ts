import type { ShadowChange } from '@thingdeck/contract'
import {
  formatPath,
  getAt,
  JsonObject,
  JsonParseError,
  type JsonPath,
  type JsonValue,
  jsonIdentical,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'
import { checkUpdateRequest, formatUpdateRequest, readShadow, ShadowError } from '@thingdeck/shadows'
import type { Arns } from '../../../aws/arns.ts'
import { isNamed } from '../../../aws/error-name.ts'
import { type ShadowKey, type Shadows, shadowKey } from '../../../aws/shadows.ts'
import { Problem } from '../../../problem.ts'
import type { Kind } from './kind.ts'

interface ShadowPlan {
  /** Undefined: there is no shadow yet. */
  readonly version: number | undefined
}

interface ShadowKindParts {
  readonly shadows: Pick<Shadows, 'get' | 'update'>
  readonly arns: Pick<Arns, 'shadow'>
}

/** One key of `desired`: whatever else stands there is nobody's business here. */
export const createShadowKind = ({ shadows, arns }: ShadowKindParts): Kind<ShadowChange, ShadowPlan> => ({
  check: checkValue,

  async prepare(thingName, { shadowName, path, valueText, createMissing }, { turn }) {
    await turn()
    const before = await readDesired(shadows, shadowKey(thingName, shadowName), path)
    if (before === undefined && !createMissing) return { outcome: 'left-out', message: 'It has no such shadow.' }
    const known = before === undefined ? {} : { version: before.version }
    if (isSame(before?.value, wantedOf(valueText))) return { outcome: 'unchanged', ...known }
    const change = {
      path: formatPath(['desired', ...path]),
      ...(before?.value !== undefined && { beforeText: stringifyJson(before.value) }),
      ...(valueText !== undefined && { afterText: valueText }),
    }
    return { outcome: 'would-change', ...known, changes: [change], plan: { version: before?.version } }
  },

  async apply(thingName, { shadowName, path, valueText }, { version }, { turn }) {
    await turn()
    const request = requestText(path, wantedOf(valueText), version)
    return versionOf(await shadows.update(shadowKey(thingName, shadowName), request))
  },

  undo({ shadowName, path }, changes) {
    const [{ beforeText } = {}] = changes
    return {
      change: {
        kind: 'shadow',
        path,
        ...(shadowName !== undefined && { shadowName }),
        ...(beforeText !== undefined && { valueText: beforeText }),
      },
    }
  },

  written: (thingName, { shadowName }, changes) => [
    { action: 'UpdateThingShadow', resource: arns.shadow(shadowKey(thingName, shadowName)), changes },
  ],
})

const wantedOf = (valueText: string | undefined): JsonValue | undefined =>
  valueText === undefined ? undefined : parseJson(valueText)

async function readDesired(
  shadows: Pick<Shadows, 'get'>,
  key: ShadowKey,
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

function requestText(path: readonly string[], value: JsonValue | undefined, version: number | undefined): string {
  const desired = path.reduceRight<JsonValue>((inner, key) => JsonObject.from([[key, inner]]), value ?? null)
  const state = { desired: desired as JsonObject }
  return stringifyJson(formatUpdateRequest({ state, version }))
}

function versionOf(answer: string): number | undefined {
  const { version } = JSON.parse(answer) as { version?: unknown }
  return typeof version === 'number' ? version : undefined
}

function checkValue({ path, valueText }: ShadowChange): void {
  if (valueText === undefined) return
  try {
    const keys = path.map((key) => `{${JSON.stringify(key)}:`).join('')
    checkUpdateRequest(parseJson(`{"state":{"desired":${keys}${valueText}${'}'.repeat(path.length)}}}`))
    parseJson(valueText)
  } catch (error) {
    if (error instanceof JsonParseError || error instanceof ShadowError) throw new Problem('BAD_REQUEST', error.message)
    throw error
  }
}
