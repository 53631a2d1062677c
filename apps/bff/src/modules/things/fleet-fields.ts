import type { ThingDocument } from '@aws-sdk/client-iot'
import { isJsonArray, isJsonObject, JsonParseError, type JsonValue, parseJson, stringifyJson } from '@thingdeck/json'

/** Of a thing of the fleet index: fields as queries name them, with all values that are there. */
export type FieldValues = ReadonlyMap<string, readonly JsonValue[]>

/** Where a shadow may be as deep as AWS lets it, fields of metadata are of no use to anybody who chooses one. */
const SECTION = /^(?:name\.[^.]+\.)?(?:desired|reported|delta)\.|^(?:name\.[^.]+\.)?hasDelta$/

/**
 * The fields of a thing as the index answers it. Names within a shadow are joined by periods, as the index does
 * (AWS IoT developer guide, "Managing thing indexing").
 */
export function fieldsOf({ attributes = {}, shadow, deviceDefender, connectivity = {} }: ThingDocument): FieldValues {
  const fields = new Map<string, JsonValue[]>()
  for (const [name, value] of Object.entries(attributes)) fields.set(`attributes.${name}`, [value])
  for (const [name, value] of Object.entries(connectivity)) {
    if (value !== undefined) fields.set(`connectivity.${name}`, [typeof value === 'number' ? String(value) : value])
  }
  collect('shadow', jsonOf(shadow), fields)
  collect('deviceDefender', jsonOf(deviceDefender), fields)
  return fields
}

/** A text of JSON as AWS answers it; what is none says nothing. */
function jsonOf(text: string | undefined): JsonValue {
  if (!text) return null
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonParseError) return null
    throw error
  }
}

function collect(path: string, value: JsonValue, fields: Map<string, JsonValue[]>): void {
  if (value === null) return
  if (isJsonArray(value)) {
    if (value.every((element) => !isJsonObject(element) && !isJsonArray(element))) {
      fields.set(path, [...(fields.get(path) ?? []), ...value])
    }
    return
  }
  if (!isJsonObject(value)) {
    fields.set(path, [...(fields.get(path) ?? []), value])
    return
  }
  for (const [name, member] of value.entries()) collect(`${path}.${name}`, member, fields)
}

/** A text as it is, all else as JSON; several values of an array one after the other. */
const textOf = (values: readonly JsonValue[]): string =>
  values.map((value) => (typeof value === 'string' ? value : stringifyJson(value))).join(', ')

/** Those of some fields, as texts; a field that is not there is not in it. */
export function valuesOf(fields: FieldValues, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const values = fields.get(name)
      return values === undefined ? [] : [[name, textOf(values)]]
    }),
  )
}

const MOST_FIELDS = 300
const MOST_VALUES = 12
const LONGEST_VALUE = 80

/** The fields of all of them, by name, each with some of its values. */
export function sampleOf(things: readonly FieldValues[]): { name: string; values: string[] }[] {
  const seen = new Map<string, Set<string>>()
  for (const fields of things) {
    for (const [name, values] of fields) {
      if (name.startsWith('shadow.') && !SECTION.test(name.slice('shadow.'.length))) continue
      const known = seen.get(name) ?? new Set()
      seen.set(name, known)
      for (const value of values) {
        const text = textOf([value])
        if (known.size < MOST_VALUES && text !== '' && text.length <= LONGEST_VALUE) known.add(text)
      }
    }
  }
  return [...seen]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(0, MOST_FIELDS)
    .map(([name, values]) => ({ name, values: [...values] }))
}
