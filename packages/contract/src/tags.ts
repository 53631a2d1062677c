import { type Static, Type } from 'typebox'

/** Tags to give to a resource: up to 50 (AWS IoT API reference, Tag). */
export const Tags = Type.Record(Type.String({ minLength: 1, maxLength: 128 }), Type.String({ maxLength: 256 }), {
  maxProperties: 50,
})
export type Tags = Static<typeof Tags>

/** Tags that a resource has. */
export const ReadTags = Type.Optional(
  Type.Record(Type.String(), Type.String(), { description: 'Absent: the console may not read them' }),
)
