import { JsonNumber, JsonParseError, type JsonValue, parseJson, stringifyJson } from '@thingdeck/json'
import { visibleJson, visibleParts } from '../text/visible-text.ts'

/** The kinds of field that a form has, derived from the value that is there. */
export const FIELD_TYPES = ['string', 'number', 'boolean', 'json'] as const
export type FieldType = (typeof FIELD_TYPES)[number]

/** As people call them, the same wherever they choose one. */
export const FIELD_TYPE_WORDS: Readonly<Record<FieldType, string>> = {
  string: 'text',
  number: 'number',
  boolean: 'true/false',
  json: 'JSON',
}

/**
 * Whether a field of one line can hold this text: browsers take line breaks out of what is put into one, without a word
 * (HTML, value sanitization of `input`), and whoever edits around what cannot be seen, or reorders the rest, does not
 * know what they edit. Such texts are edited as JSON, escaped.
 */
export const fitsOneLine = (text: string): boolean => visibleParts(text).every(({ kind }) => kind !== 'escaped')

export function fieldTypeOf(value: JsonValue | undefined): FieldType {
  if (value instanceof JsonNumber) return 'number'
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return fitsOneLine(value) ? 'string' : 'json'
  return value === undefined ? 'string' : 'json'
}

/** As a person types it in a field of this type: texts without quotes, numbers with all their digits. */
export function fieldText(value: JsonValue | undefined, type: FieldType = fieldTypeOf(value)): string {
  if (value === undefined) return ''
  return typeof value === 'string' && type !== 'json' ? value : visibleJson(stringifyJson(value))
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
