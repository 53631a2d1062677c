import { utf8Of } from '../text.ts'
import { readDescriptorSet } from './descriptor-set.ts'
import { type Declarations, linkSchema } from './link-schema.ts'
import { readProtoText } from './proto-text.ts'
import { type ProtoSchema, ProtoSchemaError } from './schema.ts'
import { WELL_KNOWN_TYPES } from './well-known-types.ts'

/** A file that says what messages are: `.proto`, or a FileDescriptorSet. */
export interface SchemaFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface ReadSchema {
  readonly schema: ProtoSchema
  /** Full names of the messages that the files themselves declare, sorted. */
  readonly messageTypes: readonly string[]
}

/**
 * The types of some files together: they may import one another, in any order.
 * @throws {ProtoSchemaError}
 */
export function readSchema(files: readonly SchemaFile[]): ReadSchema {
  const declared = files.flatMap(readFile)
  const schema = linkSchema([...declared, wellKnownBeside(declared)])
  const messageTypes = declared.flatMap(({ messages }) =>
    messages.filter(({ isMapEntry }) => !isMapEntry).map(({ name }) => name),
  )
  if (messageTypes.length === 0) throw new ProtoSchemaError('No message is declared there.')
  return { schema, messageTypes: [...new Set(messageTypes)].sort() }
}

/** A descriptor set with its imports has the well-known types that it needs: then those count. */
function wellKnownBeside(declared: readonly Declarations[]): Declarations {
  const names = new Set(declared.flatMap(({ messages, enums }) => [...messages, ...enums]).map(({ name }) => name))
  const { messages, enums } = readProtoText(WELL_KNOWN_TYPES, 'google/protobuf')
  return {
    messages: messages.filter(({ name }) => !names.has(name)),
    enums: enums.filter(({ name }) => !names.has(name)),
  }
}

function readFile({ name, bytes }: SchemaFile): readonly Declarations[] {
  if (!/\.proto$/i.test(name)) return readDescriptorSet(bytes)
  const text = utf8Of(bytes)
  if (text === undefined) throw new ProtoSchemaError(`${name} is no text in UTF-8.`)
  return [readProtoText(text, name)]
}
