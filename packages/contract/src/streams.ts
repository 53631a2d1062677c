import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { RoleArn } from './role-aliases.ts'
import { ReadS3Location } from './software-packages.ts'
import { Tags } from './tags.ts'
import { NextToken } from './things.ts'

/** 1 to 128 of `a-zA-Z0-9_-` (AWS IoT API reference, CreateStream). */
export const StreamId = Type.String({ minLength: 1, maxLength: 128, pattern: '^[a-zA-Z0-9_-]+$' })
/** AWS IoT Core endpoints and quotas, "MQTT-based file delivery". */
export const MOST_STREAM_FILES = 10

export const StreamSummary = Type.Object({
  streamId: Type.String(),
  streamArn: Type.String(),
  streamVersion: Type.Integer({ description: 'One more with each update' }),
  description: Type.Optional(Type.String()),
})
export type StreamSummary = Static<typeof StreamSummary>

export const StreamPage = Type.Object({
  streams: Type.Array(StreamSummary),
  nextToken: Type.Optional(Type.String()),
})
export type StreamPage = Static<typeof StreamPage>

export const Stream = Type.Object({
  ...StreamSummary.properties,
  files: Type.Array(Type.Object({ fileId: Type.Integer(), s3Location: ReadS3Location })),
  roleArn: Type.Optional(Type.String()),
  createdAt: Type.Optional(Type.String({ format: 'date-time' })),
  lastUpdatedAt: Type.Optional(Type.String({ format: 'date-time' })),
})
export type Stream = Static<typeof Stream>

/** A file that devices know by its number alone (AWS IoT API reference, StreamFile). */
export const NewStreamFile = Type.Object({
  fileId: Type.Integer({ minimum: 0, maximum: 255 }),
  s3Location: Type.Object({
    bucket: Type.String({ minLength: 1, maxLength: 255 }),
    key: Type.String({ minLength: 1, maxLength: 1_024 }),
    version: Type.Optional(Type.String({ minLength: 1, maxLength: 1_024 })),
  }),
})
export type NewStreamFile = Static<typeof NewStreamFile>

const content = {
  description: Type.Optional(Type.String({ minLength: 1, maxLength: 2_028 })),
  files: Type.Array(NewStreamFile, { minItems: 1, maxItems: MOST_STREAM_FILES }),
  roleArn: RoleArn,
}
const params = Type.Object({ streamId: StreamId })

export const streamEndpoints = defineEndpoints({
  listStreams: {
    method: 'GET',
    path: '/api/streams',
    summary: 'A page of streams: files that devices fetch over MQTT',
    access: 'viewer',
    query: Type.Object({
      nextToken: Type.Optional(NextToken),
      maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 250 })),
    }),
    answer: json(StreamPage),
  },
  createStream: {
    method: 'POST',
    path: '/api/streams',
    summary: 'Makes a stream of files in S3, which AWS IoT reads by a role',
    access: 'operator',
    audit: 'CreateStream',
    body: Type.Object({ streamId: StreamId, ...content, tags: Type.Optional(Tags) }),
    answer: json(Stream),
  },
  describeStream: {
    method: 'GET',
    path: '/api/streams/:streamId',
    summary: 'A stream with its files and its role',
    access: 'viewer',
    params,
    answer: json(Stream),
  },
  updateStream: {
    method: 'PUT',
    path: '/api/streams/:streamId',
    summary: 'Makes the next version of a stream',
    access: 'operator',
    audit: 'UpdateStream',
    params,
    body: Type.Object(content),
    answer: json(Stream),
  },
  deleteStream: {
    method: 'DELETE',
    path: '/api/streams/:streamId',
    summary: 'Deletes a stream: devices fetch no further block of its files',
    access: 'admin',
    audit: 'DeleteStream',
    params,
    answer: EMPTY,
  },
})
