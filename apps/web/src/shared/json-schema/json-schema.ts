import {
  decimalForm,
  isJsonArray,
  isJsonObject,
  JsonNumber,
  JsonObject,
  JsonParseError,
  type JsonPath,
  type JsonValue,
  jsonEquals,
  parseJson,
  stringifyJson,
} from '@thingdeck/json'

/**
 * A validator for the part of JSON Schema (draft 2020-12) that shadows need, on lossless values. It compiles nothing:
 * the page's content security policy forbids `eval`, on which the usual validators stand. A schema with a keyword that
 * is not known here is refused, so that nobody believes it is checked.
 */
export interface Violation {
  /** From the root of the value. */
  readonly path: JsonPath
  readonly message: string
}

export type ReadSchema =
  | { readonly ok: true; readonly schema: JsonObject }
  | { readonly ok: false; readonly message: string }

/** Say something about the value to people, and check nothing. */
const ANNOTATIONS = new Set([
  '$schema',
  '$id',
  '$comment',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'format',
])

type Check = (argument: JsonValue, value: JsonValue, at: Place) => readonly Violation[]

interface Place {
  readonly path: JsonPath
  readonly schema: JsonObject
}

const TYPES = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'] as const

function typeMatches(type: JsonValue, value: JsonValue): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'boolean':
      return typeof value === 'boolean'
    case 'string':
      return typeof value === 'string'
    case 'array':
      return isJsonArray(value)
    case 'object':
      return isJsonObject(value)
    case 'number':
      return value instanceof JsonNumber
    case 'integer':
      return value instanceof JsonNumber && isInteger(value)
    default:
      return false
  }
}

/** By its decimal form, so that no digit decides that a double does not have: `12e-1` is none, `1.0` is. */
const isInteger = ({ text }: JsonNumber) => !decimalForm(text).includes('e-')

const violation = ({ path }: Place, message: string): Violation[] => [{ path, message }]
const listed = (values: readonly JsonValue[]) => values.map((value) => stringifyJson(value)).join(', ')

function compareTo(words: string, holds: (value: number, limit: number) => boolean): Check {
  return (limit, value, at) => {
    if (!(value instanceof JsonNumber) || !(limit instanceof JsonNumber)) return []
    return holds(value.toNumber(), limit.toNumber()) ? [] : violation(at, `must be ${words} ${limit.text}`)
  }
}

function lengthOf(
  words: string,
  unit: string,
  measure: (value: JsonValue) => number | undefined,
  atLeast: boolean,
): Check {
  return (limit, value, at) => {
    const length = measure(value)
    if (length === undefined || !(limit instanceof JsonNumber)) return []
    const isWithin = atLeast ? length >= limit.toNumber() : length <= limit.toNumber()
    return isWithin ? [] : violation(at, `must have ${words} ${limit.text} ${unit}`)
  }
}

const characters = (value: JsonValue) => (typeof value === 'string' ? [...value].length : undefined)
const items = (value: JsonValue) => (isJsonArray(value) ? value.length : undefined)
const keys = (value: JsonValue) => (isJsonObject(value) ? value.size : undefined)

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  [
    'type',
    (type, value, at) => {
      const types = isJsonArray(type) ? type : [type]
      return types.some((each) => typeMatches(each, value)) ? [] : violation(at, `must be ${types.join(' or ')}`)
    },
  ],
  [
    'enum',
    (choices, value, at) =>
      isJsonArray(choices) && !choices.some((choice) => jsonEquals(choice, value))
        ? violation(at, `must be one of ${listed(choices)}`)
        : [],
  ],
  ['const', (only, value, at) => (jsonEquals(only, value) ? [] : violation(at, `must be ${stringifyJson(only)}`))],
  ['minimum', compareTo('at least', (value, limit) => value >= limit)],
  ['maximum', compareTo('at most', (value, limit) => value <= limit)],
  ['exclusiveMinimum', compareTo('more than', (value, limit) => value > limit)],
  ['exclusiveMaximum', compareTo('less than', (value, limit) => value < limit)],
  ['minLength', lengthOf('at least', 'characters', characters, true)],
  ['maxLength', lengthOf('at most', 'characters', characters, false)],
  ['minItems', lengthOf('at least', 'items', items, true)],
  ['maxItems', lengthOf('at most', 'items', items, false)],
  ['minProperties', lengthOf('at least', 'keys', keys, true)],
  ['maxProperties', lengthOf('at most', 'keys', keys, false)],
  [
    'pattern',
    (pattern, value, at) =>
      typeof value === 'string' && typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)
        ? violation(at, `must match ${pattern}`)
        : [],
  ],
  [
    'required',
    (names, value, at) =>
      isJsonObject(value) && isJsonArray(names)
        ? names.flatMap((name) => (value.has(String(name)) ? [] : violation(at, `needs the key ${String(name)}`)))
        : [],
  ],
  [
    'properties',
    (properties, value, at) =>
      isJsonObject(value) && isJsonObject(properties)
        ? [...value].flatMap(([key, member]) => checkWith(properties.get(key), member, [...at.path, key]))
        : [],
  ],
  [
    'additionalProperties',
    (rest, value, at) => {
      const properties = at.schema.get('properties')
      if (!isJsonObject(value)) return []
      const known = isJsonObject(properties) ? properties : JsonObject.EMPTY
      return [...value].flatMap(([key, member]) => (known.has(key) ? [] : checkWith(rest, member, [...at.path, key])))
    },
  ],
  [
    'items',
    (each, value, at) =>
      isJsonArray(value) ? value.flatMap((item, index) => checkWith(each, item, [...at.path, index])) : [],
  ],
  ['allOf', (all, value, at) => branches(all).flatMap((each) => checkWith(each, value, at.path))],
  [
    'anyOf',
    (any, value, at) =>
      branches(any).some((each) => checkWith(each, value, at.path).length === 0)
        ? []
        : violation(at, 'fits none of the alternatives'),
  ],
  [
    'oneOf',
    (one, value, at) => {
      const fitting = branches(one).filter((each) => checkWith(each, value, at.path).length === 0).length
      return fitting === 1 ? [] : violation(at, `fits ${fitting} of the alternatives instead of one`)
    },
  ],
  ['not', (not, value, at) => (checkWith(not, value, at.path).length > 0 ? [] : violation(at, 'must not be this'))],
])

const branches = (value: JsonValue): readonly JsonValue[] => (isJsonArray(value) ? value : [])

/** Keywords whose argument holds schemas: one, a list of them, or one for each key. */
const SUBSCHEMAS: Readonly<Record<string, 'one' | 'list' | 'members'>> = {
  additionalProperties: 'one',
  items: 'one',
  not: 'one',
  allOf: 'list',
  anyOf: 'list',
  oneOf: 'list',
  properties: 'members',
}

/** Reads a schema's text, and refuses what is not understood here. */
export function readSchema(text: string): ReadSchema {
  try {
    const schema = parseJson(text)
    if (!isJsonObject(schema)) return { ok: false, message: 'A schema is an object' }
    const fault = faultOf(schema, '')
    return fault === undefined ? { ok: true, schema } : { ok: false, message: fault }
  } catch (error) {
    if (error instanceof JsonParseError) return { ok: false, message: error.message }
    throw error
  }
}

function faultOf(schema: JsonValue, where: string): string | undefined {
  if (typeof schema === 'boolean') return undefined
  if (!isJsonObject(schema)) return `${where || 'The schema'} must be an object, true or false`
  for (const [keyword, argument] of schema) {
    if (!CHECKS.has(keyword) && !ANNOTATIONS.has(keyword)) return `${where}/${keyword} is not supported here`
    if (keyword === 'type' && !isType(argument)) return `${where}/type is none of ${TYPES.join(', ')}`
    if (keyword === 'pattern' && !isPattern(argument)) return `${where}/pattern is no regular expression`
    for (const [name, each] of subschemasOf(keyword, argument)) {
      const fault = faultOf(each, `${where}/${keyword}${name}`)
      if (fault !== undefined) return fault
    }
  }
  return undefined
}

function isType(argument: JsonValue): boolean {
  const types = isJsonArray(argument) ? argument : [argument]
  return types.length > 0 && types.every((type) => TYPES.some((known) => known === type))
}

function isPattern(argument: JsonValue): boolean {
  try {
    return typeof argument === 'string' && new RegExp(argument, 'u') instanceof RegExp
  } catch {
    return false
  }
}

function subschemasOf(keyword: string, argument: JsonValue): (readonly [name: string, schema: JsonValue])[] {
  switch (SUBSCHEMAS[keyword]) {
    case 'one':
      return [['', argument]]
    case 'list':
      return branches(argument).map((each, index) => [`/${index}`, each])
    case 'members':
      return isJsonObject(argument) ? [...argument].map(([key, each]) => [`/${key}`, each]) : []
    default:
      return []
  }
}

/** What about a value breaks the schema; empty if nothing does. */
export function validate(schema: JsonObject, value: JsonValue): readonly Violation[] {
  return checkWith(schema, value, [])
}

function checkWith(schema: JsonValue | undefined, value: JsonValue, path: JsonPath): readonly Violation[] {
  if (schema === false) return [{ path, message: 'is not a key that the schema knows' }]
  if (!isJsonObject(schema)) return []
  return [...schema].flatMap(([keyword, argument]) => CHECKS.get(keyword)?.(argument, value, { path, schema }) ?? [])
}

/** The schema of one key, as far as `properties` lead there; undefined where they do not. */
export function schemaAt(schema: JsonObject, path: readonly string[]): JsonObject | undefined {
  let current: JsonValue | undefined = schema
  for (const key of path) {
    const properties: JsonValue | undefined = isJsonObject(current) ? current.get('properties') : undefined
    current = isJsonObject(properties) ? properties.get(key) : undefined
  }
  return isJsonObject(current) ? current : undefined
}
