/** How a field's value is written: the scalar types of Protocol Buffers by the names that `.proto` files use. */
export type ScalarType =
  | 'double'
  | 'float'
  | 'int64'
  | 'uint64'
  | 'int32'
  | 'fixed64'
  | 'fixed32'
  | 'bool'
  | 'string'
  | 'bytes'
  | 'uint32'
  | 'sfixed32'
  | 'sfixed64'
  | 'sint32'
  | 'sint64'

/** What a field holds: a scalar, or a message or an enum by its full name, `acme.Telemetry`. */
export type FieldType =
  | { readonly kind: 'scalar'; readonly scalar: ScalarType }
  | { readonly kind: 'message'; readonly name: string }
  | { readonly kind: 'enum'; readonly name: string }

export interface ProtoField {
  readonly number: number
  readonly name: string
  readonly type: FieldType
  readonly isRepeated: boolean
  /** Implicit presence: when it is not there, its value is the default, 0 or empty (proto3 without `optional`). */
  readonly isImplicit: boolean
}

export interface ProtoMessage {
  readonly fields: ReadonlyMap<number, ProtoField>
  /** The message that stands for an entry of a `map<…>`: key 1, value 2. */
  readonly isMapEntry: boolean
}

/** Names by number. */
export type ProtoEnum = ReadonlyMap<number, string>

/** Types by their full names, without a dot before them. Every type that a field names is there. */
export interface ProtoSchema {
  readonly messages: ReadonlyMap<string, ProtoMessage>
  readonly enums: ReadonlyMap<string, ProtoEnum>
}

/** Why a `.proto` file or a descriptor set cannot be used. The message is a sentence for a person. */
export class ProtoSchemaError extends Error {
  override readonly name = 'ProtoSchemaError'
}
