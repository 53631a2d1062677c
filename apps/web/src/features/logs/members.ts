import { isJsonObject, JsonParseError, parseJson, stringifyJson } from '@thingdeck/json'

/** The members of an entry in their order, as texts: strings as they are, all else as JSON with every digit. */
export function membersOf(message: string): readonly (readonly [name: string, text: string])[] {
  try {
    const value = parseJson(message)
    if (!isJsonObject(value)) return []
    return [...value.entries()].map(([name, member]) => [
      name,
      typeof member === 'string' ? member : stringifyJson(member),
    ])
  } catch (error) {
    if (error instanceof JsonParseError) return []
    throw error
  }
}
