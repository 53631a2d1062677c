import { type CborValue, encodeCbor } from '@thingdeck/aws-api'
import {
  isJsonArray,
  isJsonObject,
  JsonNumber,
  JsonObject,
  JsonParseError,
  type JsonValue,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'
import { invalidInput } from '../../foundation/errors.ts'
import type { PlainValue } from './parameter-value.ts'

const PLACEHOLDER = /\$\{aws:iot:commandexecution::(?:parameter:([.$a-zA-Z0-9_-]+)|(executionTimeoutSec))\}/g
const WHOLE = new RegExp(`^(?:${PLACEHOLDER.source})$`)
/** What begins like one of AWS's placeholders and is none of those. */
const UNKNOWN = /\$\{aws:[^}]*\}?/

/** What placeholders stand for. */
export interface TemplateValues {
  readonly parameters: ReadonlyMap<string, PlainValue>
  readonly executionTimeoutSeconds: number
}

/**
 * Names of the parameters that a template has placeholders for.
 * @throws {AwsError} ValidationException where it is no JSON, has no placeholder, or one that AWS does not have
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
      throw invalidInput(`payloadTemplate has the placeholder ${unknown}, which commands do not know`)
  }
  if (found === 0) {
    throw invalidInput(
      'payloadTemplate needs a placeholder, such as ${aws:iot:commandexecution::parameter:NAME}, in a value',
    )
  }
  return names
}

/** The payload for one execution: JSON text, or the same in CBOR. */
export function fillTemplate(template: string, values: TemplateValues, outputFormat: 'JSON' | 'CBOR'): Uint8Array {
  const document = parseTemplate(template)
  return outputFormat === 'CBOR'
    ? encodeCbor(filledCbor(document, values))
    : Buffer.from(stringifyJson(filledJson(document, values)))
}

function parseTemplate(template: string): JsonValue {
  try {
    return parseJson(template)
  } catch (error) {
    if (error instanceof JsonParseError) throw invalidInput(`payloadTemplate is not JSON: ${error.message}`)
    throw error
  }
}

/** Every text that is a value; names of members are not filled. */
function* textsOf(value: JsonValue): Generator<string> {
  if (typeof value === 'string') yield value
  else if (isJsonArray(value)) for (const item of value) yield* textsOf(item)
  else if (isJsonObject(value)) for (const [, item] of value) yield* textsOf(item)
}

/** A text that is a placeholder as a whole becomes the value with its type; within a text, its text. */
function filledJson(value: JsonValue, values: TemplateValues): JsonValue {
  if (typeof value === 'string') {
    const whole = wholeValue(value, values)
    return whole ? jsonOf(whole) : filledText(value, values)
  }
  if (isJsonArray(value)) return value.map((item) => filledJson(item, values))
  if (isJsonObject(value))
    return new JsonObject(new Map([...value].map(([name, item]) => [name, filledJson(item, values)])))
  return value
}

function filledCbor(value: JsonValue, values: TemplateValues): CborValue {
  if (typeof value === 'string') {
    const whole = wholeValue(value, values)
    if (whole?.kind === 'bytes') return whole.bytes
    return whole ? cborOf(whole) : filledText(value, values)
  }
  if (isJsonArray(value)) return value.map((item) => filledCbor(item, values))
  if (isJsonObject(value)) return Object.fromEntries([...value].map(([name, item]) => [name, filledCbor(item, values)]))
  return value instanceof JsonNumber ? Number(value.text) : value
}

function wholeValue(text: string, values: TemplateValues): PlainValue | undefined {
  const match = WHOLE.exec(text)
  return match ? placeholderValue(match[1], values) : undefined
}

const filledText = (text: string, values: TemplateValues): string =>
  text.replace(PLACEHOLDER, (_, name: string | undefined) => textOf(placeholderValue(name, values)))

/** @param name undefined for the time-out */
function placeholderValue(
  name: string | undefined,
  { parameters, executionTimeoutSeconds }: TemplateValues,
): PlainValue {
  if (name === undefined) return { kind: 'number', digits: String(executionTimeoutSeconds) }
  const value = parameters.get(name)
  if (!value) throw new Error(`the template's parameter ${name} was not checked`)
  return value
}

function textOf(value: PlainValue): string {
  switch (value.kind) {
    case 'text':
      return value.text
    case 'number':
      return value.digits
    case 'boolean':
      return String(value.on)
    case 'bytes':
      return Buffer.from(value.bytes).toString('base64')
  }
}

const jsonOf = (value: PlainValue): JsonValue =>
  value.kind === 'number' ? new JsonNumber(value.digits) : value.kind === 'boolean' ? value.on : textOf(value)

const cborOf = (value: PlainValue): CborValue =>
  value.kind === 'number' ? Number(value.digits) : value.kind === 'boolean' ? value.on : textOf(value)
