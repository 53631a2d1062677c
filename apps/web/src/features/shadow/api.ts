import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { fromPlain, type JsonObject, parseJson, stringifyJson } from '@thingdeck/json'
import { formatUpdateRequest, readShadow, type Shadow, type StatePatch } from '@thingdeck/shadows'
import { api } from '../../shared/api.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import type { ShadowKey } from './model/shadow-key.ts'

const SHADOWS = ['shadows'] as const // prefix of every key of this feature: one call refreshes them all

export const shadowsKey = (thingName: string) => [...SHADOWS, thingName] as const

export const shadowListQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...shadowsKey(thingName), 'list'],
    queryFn: ({ signal }) => api(endpoints.listShadows, { params: { thingName }, signal }),
    staleTime: 10_000, // ms
  })

/** A shadow in a list: what its row says. */
export interface ShadowSummary {
  readonly shadow: Shadow
  readonly readAtMs: number
}

/** The shadow as REST tells it; `null` when there is none. */
export const shadowQuery = ({ thingName, shadowName }: ShadowKey) =>
  queryOptions({
    queryKey: [...shadowsKey(thingName), 'document', shadowName ?? null],
    queryFn: ({ signal }) => readShadowByRest({ thingName, shadowName }, signal),
    staleTime: 5_000, // ms
    structuralSharing: false, // documents are immutable values with identity, not plain JSON
  })

export async function readShadowByRest(
  { thingName, shadowName }: ShadowKey,
  signal?: AbortSignal,
): Promise<ShadowSummary | null> {
  // That there is none is an answer like another: browsers write refusals into their console, in red.
  const text = await api(endpoints.getShadow, { params: { thingName }, query: { shadowName, optional: true }, signal })
  return text === '' ? null : { shadow: readShadow(parseJson(text)), readAtMs: serverNow() }
}

/** Writes a shadow that is not open here: a new one, or the copy of one. Without a version it makes no check. */
export function postUpdate({ thingName, shadowName }: ShadowKey, state: StatePatch, version?: number): Promise<string> {
  const document = stringifyJson(formatUpdateRequest({ state, version }))
  return api(endpoints.updateShadow, { params: { thingName }, query: { shadowName }, body: document })
}

/** What a new shadow may begin with. */
export const SHADOW_TEMPLATES: readonly {
  readonly id: string
  readonly label: string
  readonly desired: JsonObject
}[] = [
  template('empty', 'Empty: the device or the first update fills it', {}),
  template('switch', 'A switch: on', { on: false }),
  template('setpoint', 'A setpoint: mode and target', { mode: 'auto', target: 20 }),
  template('config', 'A configuration: report interval and log level', { reportIntervalSeconds: 60, logLevel: 'info' }),
]

function template(id: string, label: string, desired: Record<string, unknown>) {
  const value = fromPlain(desired)
  return { id, label, desired: value as JsonObject } // a record becomes an object
}
