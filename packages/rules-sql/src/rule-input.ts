import { decodeUtf8 } from '@thingdeck/json'
import type { RuleMessage } from './message.ts'
import { Numbers } from './numbers.ts'
import { parseJsonValue } from './payload.ts'
import { DEFAULT_SQL_VERSION, type SqlVersion } from './sql-version.ts'
import { isArray, isObject, type Value } from './value.ts'

/**
 * A message that rules are run on. Its payload is read once, however many rules look at it, and not before one does.
 */
export class RuleInput {
  readonly message: RuleMessage
  #text: string | undefined
  /** As the version has it that keeps whole Decimals, and as the others have it. */
  #withWholeDecimals: Value
  #withInts: Value

  /** @param text of the payload, where the caller has it already */
  constructor(message: RuleMessage, text?: string) {
    this.message = message
    this.#text = text
  }

  /**
   * The payload: an Object, since 2016-03-23 an Array as well. All else is Binary, a JSON text of a number or a string
   * too: to AWS it is no JSON that rules read. Source: AWS IoT developer guide, "Working with binary payloads".
   */
  payload(version: SqlVersion): Value {
    if (version === DEFAULT_SQL_VERSION) {
      this.#withWholeDecimals ??= this.#read(version)
      return this.#withWholeDecimals
    }
    this.#withInts ??= this.#read(version)
    return this.#withInts
  }

  #read(version: SqlVersion): Value {
    const { payload } = this.message
    // Of bytes that are no JSON it is cheaper to see this than to have the parser say so.
    if (!beginsAsJson(payload)) return payload
    this.#text ??= decodeUtf8(payload)
    const value = this.#text === undefined ? undefined : parseJsonValue(this.#text, Numbers.of(version), payload)
    return isObject(value) || (isArray(value) && version !== DEFAULT_SQL_VERSION) ? value : payload
  }
}

const BRACE = 0x7b
const BRACKET = 0x5b

/** Whether the first byte that is no white space of JSON's begins an Object or an Array. */
function beginsAsJson(payload: Uint8Array): boolean {
  for (const byte of payload) {
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte === BRACE || byte === BRACKET
  }
  return false
}
