import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  JsonParseError,
  type JsonValue,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'

/** The kinds of field that a form has, derived from the value that is there. */
export const FIELD_TYPES = ['string', 'number', 'boolean', 'json'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

export function fieldTypeOf(value: JsonValue | undefined): FieldType {
  if (value instanceof JsonNumber) return 'number'
  if (typeof value === 'boolean') return 'boolean'
  return isJsonArray(value) || isJsonObject(value) || value === null ? 'json' : 'string'
}

/** As a person types it: strings without quotes, numbers with all their digits. */
export function fieldText(value: JsonValue | undefined): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : stringifyJson(value)
}

export type ReadField =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly message: string }

export function readField(type: FieldType, text: string): ReadField {
  switch (type) {
    case 'string':
      return { ok: true, value: text }
    case 'boolean':
      return text === 'true' || text === 'false'
        ? { ok: true, value: text === 'true' }
        : { ok: false, message: 'true or false' }
    case 'number':
      try {
        return { ok: true, value: JsonNumber.of(text.trim()) }
      } catch {
        return { ok: false, message: 'A number, such as 21.5 or -4e3' }
      }
    case 'json':
      try {
        return { ok: true, value: parseJson(text) }
      } catch (error) {
        if (error instanceof JsonParseError) return { ok: false, message: error.message }
        throw error
      }
  }
}
