import { DecodeError } from '../decode-error.ts'
import { utf8Of } from '../text.ts'
import type { Declarations, DeclaredEnum, DeclaredField, DeclaredMessage } from './link-schema.ts'
import { ProtoSchemaError, type ScalarType } from './schema.ts'
import { readFields, type WireField } from './wire-reader.ts'

/**
 * What the files of a FileDescriptorSet declare, as `protoc --include_imports --descriptor_set_out=…` writes it.
 * Numbers of fields: google/protobuf/descriptor.proto.
 * @throws {ProtoSchemaError}
 */
export function readDescriptorSet(bytes: Uint8Array): readonly Declarations[] {
  try {
    const files = messagesAt(partsOf(bytes), 1)
    const found = files.map(readFile)
    if (found.some(({ messages }) => messages.length > 0)) return found
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
  }
  throw new ProtoSchemaError(
    'This file is no descriptor set: protoc writes one with --include_imports --descriptor_set_out=FILE.',
  )
}

/** The fields of a message by number. */
type Parts = ReadonlyMap<number, readonly WireField[]>

const partsOf = (bytes: Uint8Array): Parts => Map.groupBy(readFields(bytes), ({ number }) => number)

const messagesAt = (parts: Parts, number: number): readonly Parts[] =>
  (parts.get(number) ?? []).flatMap((field) => (field.wire === 'bytes' ? [partsOf(field.value)] : []))

function textAt(parts: Parts, number: number): string {
  const field = parts.get(number)?.at(-1)
  return (field?.wire === 'bytes' ? utf8Of(field.value) : undefined) ?? ''
}

function numberAt(parts: Parts, number: number): number | undefined {
  const field = parts.get(number)?.at(-1)
  return field?.wire === 'varint' ? Number(BigInt.asIntN(32, field.value)) : undefined
}

/** Where fields have no presence of their own unless they say otherwise. */
interface FileRules {
  readonly isImplicit: boolean
}

/** FeatureSet.field_presence: EXPLICIT = 1, IMPLICIT = 2, LEGACY_REQUIRED = 3; in `options` as field 21, 50 in a file's. */
function presenceOf(options: Parts | undefined, featuresNumber: number): boolean | undefined {
  const presence = options && numberAt(messagesAt(options, featuresNumber).at(-1) ?? new Map(), 1)
  return presence === undefined ? undefined : presence === 2
}

function readFile(file: Parts): Declarations {
  const scope = textAt(file, 2)
  const isImplicit = presenceOf(messagesAt(file, 8).at(-1), 50) ?? textAt(file, 12) === 'proto3'
  const messages: DeclaredMessage[] = []
  const enums = messagesAt(file, 5).map((each) => readEnum(each, scope))
  for (const each of messagesAt(file, 4)) readMessage(each, scope, { isImplicit }, messages, enums)
  return { messages, enums }
}

function readMessage(
  message: Parts,
  scope: string,
  rules: FileRules,
  messages: DeclaredMessage[],
  enums: DeclaredEnum[],
): void {
  const name = within(scope, textAt(message, 1))
  const options = messagesAt(message, 7).at(-1)
  const isMapEntry = options !== undefined && numberAt(options, 7) === 1
  const fields = messagesAt(message, 2).map((field) => readField(field, isMapEntry ? { isImplicit: true } : rules))
  messages.push({ name, fields, isMapEntry })
  for (const each of messagesAt(message, 4)) enums.push(readEnum(each, name))
  for (const each of messagesAt(message, 3)) readMessage(each, name, rules, messages, enums)
}

/** FieldDescriptorProto.Type; 10 (group), 11 (message) and 14 (enum) name their type. */
const SCALARS = new Map<number, ScalarType>([
  [1, 'double'],
  [2, 'float'],
  [3, 'int64'],
  [4, 'uint64'],
  [5, 'int32'],
  [6, 'fixed64'],
  [7, 'fixed32'],
  [8, 'bool'],
  [9, 'string'],
  [12, 'bytes'],
  [13, 'uint32'],
  [15, 'sfixed32'],
  [16, 'sfixed64'],
  [17, 'sint32'],
  [18, 'sint64'],
])

const REPEATED = 3

function readField(field: Parts, rules: FileRules): DeclaredField {
  const isInOneof = field.has(9) // an `optional` field of proto3 is in one of its own
  return {
    number: numberAt(field, 3) ?? 0,
    name: textAt(field, 1),
    type: SCALARS.get(numberAt(field, 5) ?? 0) ?? { ref: textAt(field, 6) },
    isRepeated: numberAt(field, 4) === REPEATED,
    isImplicit: !isInOneof && (presenceOf(messagesAt(field, 8).at(-1), 21) ?? rules.isImplicit),
  }
}

function readEnum(declared: Parts, scope: string): DeclaredEnum {
  const values = messagesAt(declared, 2).map((value) => [numberAt(value, 2) ?? 0, textAt(value, 1)] as const)
  return { name: within(scope, textAt(declared, 1)), values }
}

const within = (scope: string, name: string): string => (scope === '' ? name : `${scope}.${name}`)
