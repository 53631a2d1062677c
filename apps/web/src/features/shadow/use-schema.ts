import { queryOptions, useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import type { JsonObject } from '@thingdeck/json'
import { useMemo } from 'react'
import { api } from '../../shared/api.ts'
import { isNotFound } from '../../shared/http.ts'
import { readSchema } from '../../shared/json-schema/json-schema.ts'
import { readShadowByRest, shadowsKey } from './api.ts'
import { schemaKey } from './model/schema/schema-key.ts'
import type { ShadowKey } from './model/shadow-key.ts'

/** What the registry says of the thing: shadows outlive things, and need none. */
const registryQuery = (thingName: string) =>
  queryOptions({
    queryKey: [...shadowsKey(thingName), 'registry'],
    queryFn: async ({ signal }): Promise<{ readonly isRegistered: boolean; readonly thingTypeName?: string }> => {
      try {
        const thing = await api(endpoints.describeThing, { params: { thingName }, signal })
        return { isRegistered: true, ...(thing.thingTypeName ? { thingTypeName: thing.thingTypeName } : {}) }
      } catch (error) {
        if (isNotFound(error)) return { isRegistered: false }
        throw error
      }
    },
    staleTime: 30_000, // ms
    refetchInterval: 60_000, // ms: a thing may vanish while its shadow is open
  })

export interface StoredSchema {
  readonly text: string
  readonly version: number
}

export const schemaQuery = (key: ShadowKey | undefined) =>
  queryOptions({
    queryKey: [...shadowsKey(key?.thingName ?? ''), 'schema', key?.shadowName ?? null],
    queryFn: async ({ signal }): Promise<StoredSchema | null> => {
      const found = key && (await readShadowByRest(key, signal))
      if (!found) return null
      const text = found.shadow.state.reported?.get('schema')
      return { text: typeof text === 'string' ? text : '', version: found.shadow.version }
    },
    enabled: key !== undefined,
    staleTime: 30_000, // ms
  })

export interface ShadowSchema {
  /** Undefined while it is not known. */
  readonly isRegistered: boolean | undefined
  readonly thingTypeName: string | undefined
  /** Where it is stored; undefined without a thing type. */
  readonly key: ShadowKey | undefined
  readonly stored: StoredSchema | undefined
  /** Undefined if there is none, or none that can be read. */
  readonly schema: JsonObject | undefined
}

/** The JSON Schema for this shadow of the things of this type, if one is attached. */
export function useSchema({ thingName, shadowName }: ShadowKey): ShadowSchema {
  const registry = useQuery(registryQuery(thingName)).data
  const thingTypeName = registry?.thingTypeName
  const key = useMemo(
    () => (thingTypeName === undefined ? undefined : schemaKey(thingTypeName, shadowName)),
    [thingTypeName, shadowName],
  )
  const { data } = useQuery(schemaQuery(key))
  const isRegistered = registry?.isRegistered
  return useMemo(
    () => ({
      isRegistered,
      thingTypeName,
      key,
      stored: data ?? undefined,
      schema: data ? schemaOf(data) : undefined,
    }),
    [isRegistered, thingTypeName, key, data],
  )
}

const read = new WeakMap<StoredSchema, JsonObject | undefined>()

/** The same object for the same answer, so that nothing is drawn or checked twice. */
function schemaOf(stored: StoredSchema): JsonObject | undefined {
  if (!read.has(stored)) {
    const result = stored.text === '' ? undefined : readSchema(stored.text)
    read.set(stored, result?.ok ? result.schema : undefined)
  }
  return read.get(stored)
}
