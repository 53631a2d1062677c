import {
  type FieldType,
  type ProtoEnum,
  type ProtoField,
  type ProtoMessage,
  type ProtoSchema,
  ProtoSchemaError,
  type ScalarType,
} from './schema.ts'

/** A field as a file declares it: of a scalar type, or of a type by a name that is not looked up yet. */
export interface DeclaredField {
  readonly number: number
  readonly name: string
  /** `ref`: as written, `.acme.Unit` is absolute. */
  readonly type: ScalarType | { readonly ref: string }
  readonly isRepeated: boolean
  readonly isImplicit: boolean
}

export interface DeclaredMessage {
  /** Full name. */
  readonly name: string
  readonly fields: readonly DeclaredField[]
  readonly isMapEntry: boolean
}

export interface DeclaredEnum {
  /** Full name. */
  readonly name: string
  readonly values: readonly (readonly [number: number, name: string])[]
}

export interface Declarations {
  readonly messages: readonly DeclaredMessage[]
  readonly enums: readonly DeclaredEnum[]
}

/**
 * The types of some files, each name looked up where it is used. What several files declare alike is one type.
 * @throws {ProtoSchemaError} naming a type that is missing, one that is declared in two ways, or two fields with one number
 */
export function linkSchema(files: readonly Declarations[]): ProtoSchema {
  const declared = files.flatMap(({ messages }) => messages)
  const seen = new Map<string, string>()
  for (const each of [...declared, ...files.flatMap((file) => file.enums)]) {
    const text = JSON.stringify(each)
    if ((seen.get(each.name) ?? text) !== text) {
      throw new ProtoSchemaError(`${each.name} is declared twice, and not alike: give the files of one version.`)
    }
    seen.set(each.name, text)
  }
  const names = new Set(declared.map(({ name }) => name))
  const enums = new Map<string, ProtoEnum>()
  for (const { name, values } of files.flatMap((file) => file.enums)) {
    // Of two names of one number the first is shown (allow_alias).
    enums.set(name, new Map(values.toReversed()))
  }
  const typeOf = (name: string): FieldType | undefined => {
    if (names.has(name)) return { kind: 'message', name }
    return enums.has(name) ? { kind: 'enum', name } : undefined
  }
  const messages = new Map<string, ProtoMessage>()
  for (const message of declared) {
    const fields = new Map<number, ProtoField>()
    for (const field of message.fields) {
      const other = fields.get(field.number)
      if (other) {
        throw new ProtoSchemaError(
          `${message.name} has two fields with the number ${field.number}: ${other.name} and ${field.name}.`,
        )
      }
      fields.set(field.number, linked(field, message.name, typeOf))
    }
    messages.set(message.name, { fields, isMapEntry: message.isMapEntry })
  }
  return { messages, enums }
}

function linked(field: DeclaredField, scope: string, typeOf: (name: string) => FieldType | undefined): ProtoField {
  const { number, name, isRepeated, isImplicit, type: declared } = field
  const type: FieldType | undefined =
    typeof declared === 'string' ? { kind: 'scalar', scalar: declared } : lookUp(declared.ref, scope, typeOf)
  if (!type) {
    const ref = typeof declared === 'string' ? declared : declared.ref.replace(/^\./, '')
    throw new ProtoSchemaError(
      `${scope}.${name} is of the type ${ref}, which no file declares: give the file that does too (protoc writes all of them with --include_imports).`,
    )
  }
  return { number, name, type, isRepeated, isImplicit: isImplicit && !isRepeated && type.kind !== 'message' }
}

/** In `a.b.C` a name means `a.b.C.Name`, `a.b.Name`, `a.Name` or `Name`, the first that there is. */
function lookUp(ref: string, scope: string, typeOf: (name: string) => FieldType | undefined): FieldType | undefined {
  if (ref.startsWith('.')) return typeOf(ref.slice(1))
  for (let within = scope; ; within = within.slice(0, Math.max(0, within.lastIndexOf('.')))) {
    const found = typeOf(within === '' ? ref : `${within}.${ref}`)
    if (found || within === '') return found
  }
}
