import { fromBase64 } from '../../bytes-text.ts'
import { type ReadSchema, readSchema } from './read-schema.ts'
import { ProtoSchemaError } from './schema.ts'
import type { GivenType } from './topic-types.ts'

/** A message type that somebody gave for the topics that a filter matches, as it is kept: with the files that declare it. */
export interface StoredType {
  readonly filter: string
  /** Full name of the message type. */
  readonly name: string
  readonly files: readonly StoredFile[]
}

export interface StoredFile {
  readonly name: string
  readonly base64: string
}

/** What is stored may be of an older release, or edited: what makes no sense is left out. */
export function parseStoredTypes(stored: unknown): readonly StoredType[] {
  return Array.isArray(stored) ? stored.flatMap(parseStoredType) : []
}

function parseStoredType(stored: unknown): StoredType[] {
  if (typeof stored !== 'object' || stored === null) return []
  const { filter, name, files }: Partial<Record<keyof StoredType, unknown>> = stored
  if (typeof filter !== 'string' || typeof name !== 'string' || !Array.isArray(files)) return []
  return [{ filter, name, files: files.flatMap(parseStoredFile) }]
}

function parseStoredFile(stored: unknown): StoredFile[] {
  if (typeof stored !== 'object' || stored === null) return []
  const { name, base64 }: Partial<Record<keyof StoredFile, unknown>> = stored
  return typeof name === 'string' && typeof base64 === 'string' ? [{ name, base64 }] : []
}

/** @throws {ProtoSchemaError} */
export const readStoredFiles = (files: readonly StoredFile[]): ReadSchema =>
  readSchema(files.map(({ name, base64 }) => ({ name, bytes: fromBase64(base64) ?? new Uint8Array() })))

/** The types of which the files can be read and declare the message. */
export function givenTypesOf(stored: readonly StoredType[]): readonly GivenType[] {
  return stored.flatMap(({ filter, name, files }) => {
    try {
      const { schema } = readStoredFiles(files)
      return schema.messages.has(name) ? [{ filter, name, schema }] : []
    } catch (error) {
      if (error instanceof ProtoSchemaError) return []
      throw error
    }
  })
}
