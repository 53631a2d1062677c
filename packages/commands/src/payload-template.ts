import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  JsonObject,
  JsonParseError,
  type JsonValue,
  parseJson,
} from '@thingdeck/json'
import { CommandError } from './command-error.ts'
import { type ParameterValue, type PlainValue, plainValue, valueText } from './parameter-value.ts'

const PLACEHOLDER = /\$\{aws:iot:commandexecution::(?:parameter:([.$a-zA-Z0-9_-]+)|(executionTimeoutSec))\}/g
const WHOLE = new RegExp(`^(?:${PLACEHOLDER.source})$`)
/** What begins like one of AWS's placeholders and is none of those. */
const UNKNOWN = /\$\{aws:[^}]*\}?/

/** The placeholder of a parameter, as a template has it. */
export const parameterPlaceholder = (name: string): string => `\${aws:iot:commandexecution::parameter:${name}}`
/** The placeholder of the time-out. */
export const TIMEOUT_PLACEHOLDER = '${aws:iot:commandexecution::executionTimeoutSec}'

/** What placeholders stand for. */
export interface TemplateValues {
  readonly parameters: Readonly<Record<string, ParameterValue>>
  readonly executionTimeoutSeconds: number
}

/** What a payload is made of in a format. Numbers come as their digits, bytes in Base64. */
export interface PayloadForm<Item> {
  readonly nothing: Item
  text(text: string): Item
  number(digits: string): Item
  boolean(on: boolean): Item
  bytes(base64: string): Item
  list(items: readonly Item[]): Item
  map(members: readonly (readonly [name: string, item: Item])[]): Item
}

/** JSON has no bytes: they are texts. */
export const JSON_FORM: PayloadForm<JsonValue> = {
  nothing: null,
  text: (text) => text,
  number: (digits) => new JsonNumber(digits),
  boolean: (on) => on,
  bytes: (base64) => base64,
  list: (items) => items,
  map: (members) => new JsonObject(new Map(members)),
}

/**
 * Names of the parameters that a template has placeholders for.
 * @throws {CommandError} where it is no JSON, has no placeholder, or one that AWS does not have
 * @see AWS IoT developer guide, "Create and manage commands", payload template
 */
export function templateParameters(template: string): ReadonlySet<string> {
  const names = new Set<string>()
  let found = 0
  for (const text of textsOf(parseTemplate(template))) {
    const rest = text.replace(PLACEHOLDER, (_, name: string | undefined) => {
      found += 1
      if (name !== undefined) names.add(name)
      return ''
    })
    const unknown = UNKNOWN.exec(rest)?.[0]
    if (unknown !== undefined)
      throw new CommandError(`payloadTemplate has the placeholder ${unknown}, which commands do not know`)
  }
  if (found === 0) {
    throw new CommandError(`payloadTemplate needs a placeholder, such as ${parameterPlaceholder('NAME')}, in a value`)
  }
  return names
}

/**
 * The payload of one execution. A text that is a placeholder as a whole becomes the value with its type; within a text,
 * its text. Names of members are not filled.
 * @throws {CommandError} where a value is missing
 */
export function fillTemplate<Item>(template: string, values: TemplateValues, form: PayloadForm<Item>): Item {
  return filled(parseTemplate(template))

  function filled(value: JsonValue): Item {
    if (value === null) return form.nothing
    if (typeof value === 'boolean') return form.boolean(value)
    if (typeof value === 'string') return filledText(value)
    if (value instanceof JsonNumber) return form.number(value.text)
    if (isJsonArray(value)) return form.list(value.map(filled))
    return form.map([...value].map(([name, item]) => [name, filled(item)] as const))
  }

  function filledText(text: string): Item {
    const whole = WHOLE.exec(text)
    if (whole) return itemOf(plainValue(filledBy(whole[1])))
    return form.text(text.replace(PLACEHOLDER, (_, name: string | undefined) => valueText(filledBy(name))))
  }

  function itemOf(plain: PlainValue): Item {
    switch (plain.kind) {
      case 'text':
        return form.text(plain.text)
      case 'number':
        return form.number(plain.digits)
      case 'boolean':
        return form.boolean(plain.on)
      case 'bytes':
        return form.bytes(plain.base64)
    }
  }

  /** @param name undefined for the time-out */
  function filledBy(name: string | undefined): ParameterValue {
    if (name === undefined) return { L: values.executionTimeoutSeconds }
    const value = Object.hasOwn(values.parameters, name) ? values.parameters[name] : undefined
    if (!value) throw new CommandError(`The parameter ${name} has no value`)
    return value
  }
}

function parseTemplate(template: string): JsonValue {
  try {
    return parseJson(template)
  } catch (error) {
    if (error instanceof JsonParseError) throw new CommandError(`payloadTemplate is not JSON: ${error.message}`)
    throw error
  }
}

/** Every text that is a value; names of members are not filled. */
function* textsOf(value: JsonValue): Generator<string> {
  if (typeof value === 'string') yield value
  else if (isJsonArray(value)) for (const item of value) yield* textsOf(item)
  else if (isJsonObject(value)) for (const [, item] of value) yield* textsOf(item)
}
