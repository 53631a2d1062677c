import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'

/** A resource has up to so many (AWS IoT developer guide, "Tag naming limits and conventions"). */
export const MOST_TAGS = 50

export const TagKey = Type.String({ minLength: 1, maxLength: 128 })

/** Tags to give to a resource (AWS IoT API reference, Tag). */
export const Tags = Type.Record(TagKey, Type.String({ maxLength: 256 }), { maxProperties: MOST_TAGS })
export type Tags = Static<typeof Tags>

/** Tags that a resource has. */
export const ReadTags = Type.Optional(
  Type.Record(Type.String(), Type.String(), { description: 'Absent: the console may not read them' }),
)

/** What is given, and what is taken away; tags that are not named stay as they are. */
export const TagsEdit = Type.Object({
  set: Tags,
  remove: Type.Array(TagKey, { maxItems: MOST_TAGS }),
  expected: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      maxProperties: 2 * MOST_TAGS,
      description:
        'Of the tags that are set or removed, those that were there when they were looked at: where one is another by now, or there by now, nothing is changed (409, TAGS_CHANGED)',
    }),
  ),
})
export type TagsEdit = Static<typeof TagsEdit>

/** The ARN of what has the tags. */
const resourceArn = Type.String({ minLength: 1, maxLength: 2_048 })

export const tagEndpoints = defineEndpoints({
  listTags: {
    method: 'GET',
    path: '/api/tags',
    summary: 'The tags of a resource of AWS IoT',
    access: 'viewer',
    query: Type.Object({ resourceArn }),
    answer: json(Type.Object({ tags: ReadTags })),
  },
  changeTags: {
    method: 'PATCH',
    path: '/api/tags',
    summary: 'Gives a resource of AWS IoT tags, and takes tags from it; others stay as they are',
    access: 'admin',
    audit: 'TagResource',
    body: Type.Object({ resourceArn, ...TagsEdit.properties }),
    answer: EMPTY,
  },
})
