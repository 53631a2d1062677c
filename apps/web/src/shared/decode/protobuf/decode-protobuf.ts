import type { DataEntry, DataTree } from '../data-tree.ts'
import { DecodeError } from '../decode-error.ts'
import { textOf } from '../text.ts'
import { defaultOf, numberOf, scalarOf, WIRE_OF } from './scalar-value.ts'
import type { FieldType, ProtoField, ProtoMessage, ProtoSchema } from './schema.ts'
import { readFields, readPacked, type WireField } from './wire-reader.ts'

const MAX_DEPTH = 100

/**
 * Decodes a message of a type that the schema has: fields by name in the order of the wire, repeated ones as arrays, maps
 * as maps, enums as their names. Fields that the type does not have are there by their number, and those of implicit
 * presence that are not on the wire have their default.
 * @throws {DecodeError}
 */
export function decodeProtobuf(payload: Uint8Array, schema: ProtoSchema, typeName: string): DataTree {
  const type = schema.messages.get(typeName)
  if (!type) throw new Error(`There is no message type ${typeName}`)
  return message(readFields(payload), type, schema, 0)
}

/**
 * Decodes a message of which nothing is known: fields by number; what has a length as text, as a message or as bytes, the
 * first that it can be.
 * @throws {DecodeError}
 */
export function decodeProtobufRaw(payload: Uint8Array): DataTree {
  if (payload.length === 0) throw new DecodeError('The payload is empty', 0)
  return rawMessage(readFields(payload), 0)
}

function message(fields: readonly WireField[], type: ProtoMessage, schema: ProtoSchema, depth: number): DataTree {
  if (depth > MAX_DEPTH) throw new DecodeError(`There are more than ${MAX_DEPTH} levels`, fields[0]?.offset ?? 0)
  const slots: { readonly key: DataTree; readonly field?: ProtoField; readonly values: DataTree[] }[] = []
  const repeated = new Map<number, DataTree[]>()
  const present = new Set<number>()
  for (const wire of fields) {
    const field = type.fields.get(wire.number)
    const values = field && valuesOf(wire, field, schema, depth)
    if (field && values) present.add(field.number)
    if (!field || !values) {
      slots.push({ key: { kind: 'number', text: String(wire.number) }, values: [rawValue(wire, depth)] })
    } else if (!field.isRepeated) slots.push({ key: keyOf(field), values: [...values] })
    else if (repeated.has(field.number)) repeated.get(field.number)?.push(...values)
    else {
      const gathered = [...values]
      repeated.set(field.number, gathered)
      slots.push({ key: keyOf(field), field, values: gathered })
    }
  }
  const entries = slots.map(({ key, field, values }): DataEntry => {
    if (field) return { key, value: isMap(field.type, schema) ? mapOf(values) : { kind: 'array', items: values } }
    return { key, value: values[0] ?? { kind: 'null' } }
  })
  return { kind: 'map', entries: [...entries, ...defaultsOf(present, type, schema)] }
}

const keyOf = ({ name }: ProtoField): DataTree => ({ kind: 'string', value: name })

/** The values that one field of the wire brings: several when it is packed. Undefined where it is not of the type. */
function valuesOf(
  wire: WireField,
  { type, isRepeated }: ProtoField,
  schema: ProtoSchema,
  depth: number,
): readonly DataTree[] | undefined {
  if (type.kind === 'message') {
    const inner = schema.messages.get(type.name)
    if (!inner) return undefined
    if (wire.wire === 'group') return [message(wire.value, inner, schema, depth + 1)]
    return wire.wire === 'bytes' ? [message(readFields(wire.value, wire.offset), inner, schema, depth + 1)] : undefined
  }
  const scalar = type.kind === 'enum' ? 'int32' : type.scalar
  const expected = WIRE_OF[scalar]
  const named = (value: DataTree) => (type.kind === 'enum' ? enumValue(value, type.name, schema) : value)
  // Who reads takes numbers packed or not, whatever the schema says of how they are written.
  if (isRepeated && wire.wire === 'bytes' && expected !== 'bytes') {
    return readPacked(wire.value, expected, wire.offset).map((value) => named(numberOf(scalar, value)))
  }
  const value = scalarOf(scalar, wire)
  return value && [named(value)]
}

function enumValue(value: DataTree, typeName: string, schema: ProtoSchema): DataTree {
  const name = value.kind === 'number' ? schema.enums.get(typeName)?.get(Number(value.text)) : undefined
  return name === undefined ? value : { kind: 'string', value: name }
}

function isMap(type: FieldType, schema: ProtoSchema): boolean {
  return type.kind === 'message' && schema.messages.get(type.name)?.isMapEntry === true
}

/** Entries of a map field are messages whose members are `key` and `value`. */
function mapOf(items: readonly DataTree[]): DataTree {
  const member = (item: DataTree, name: string): DataTree =>
    (item.kind === 'map' && item.entries.findLast(({ key }) => key.kind === 'string' && key.value === name)?.value) || {
      kind: 'null',
    }
  return { kind: 'map', entries: items.map((item) => ({ key: member(item, 'key'), value: member(item, 'value') })) }
}

/** Members that are not on the wire, and have a value all the same. */
function defaultsOf(present: ReadonlySet<number>, type: ProtoMessage, schema: ProtoSchema): readonly DataEntry[] {
  const absent = [...type.fields.values()].filter(({ number, isImplicit }) => isImplicit && !present.has(number))
  return absent.map((field) => ({ key: keyOf(field), value: implicitValue(field.type, schema) }))
}

function implicitValue(type: FieldType, schema: ProtoSchema): DataTree {
  if (type.kind === 'enum') return enumValue(numberOf('int32', 0), type.name, schema)
  if (type.kind === 'scalar') return defaultOf(type.scalar)
  return { kind: 'map', entries: [] }
}

function rawMessage(fields: readonly WireField[], depth: number): DataTree {
  return {
    kind: 'map',
    entries: fields.map((field) => ({
      key: { kind: 'number', text: String(field.number) },
      value: rawValue(field, depth),
    })),
  }
}

function rawValue(field: WireField, depth: number): DataTree {
  if (field.wire === 'group') return rawMessage(field.value, depth + 1)
  if (field.wire !== 'bytes') return { kind: 'number', text: String(field.value) }
  const text = textOf(field.value)
  if (text !== undefined && !/\p{Cc}/u.test(text)) return { kind: 'string', value: text }
  if (depth < MAX_DEPTH) {
    try {
      return rawMessage(readFields(field.value), depth + 1)
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
    }
  }
  return { kind: 'bytes', value: field.value }
}
