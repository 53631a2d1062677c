import { JsonParseError, parseJson, stringifyJson } from '@thingdeck/json'

/** A document as people read it, with every digit; a text that is no JSON as it is. */
export function formatDocument(text: string): string {
  try {
    return stringifyJson(parseJson(text), { indent: 2 })
  } catch (error) {
    if (error instanceof JsonParseError) return text
    throw error
  }
}

/** Whether two texts mean the same: white space between the parts of JSON is nobody's change. */
export const isSameDocument = (one: string, other: string): boolean => formatDocument(one) === formatDocument(other)
