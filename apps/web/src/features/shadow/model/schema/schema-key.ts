import type { ShadowKey } from '../shadow-key.ts'

const PREFIX = 'thingdeck-schema:'
const MAX_THING_NAME = 128

/**
 * The shadow that holds the schema of a thing type's shadow: of the same name, of a thing that is in no registry. See
 * `docs/decisions/0008-where-a-shadow-schema-lives.md`.
 * @returns undefined for the thing types whose names are too long for it
 */
export function schemaKey(thingTypeName: string, shadowName: string | undefined): ShadowKey | undefined {
  const thingName = PREFIX + thingTypeName
  return thingName.length <= MAX_THING_NAME ? { thingName, shadowName } : undefined
}
