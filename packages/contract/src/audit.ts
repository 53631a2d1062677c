import { type Static, Type } from 'typebox'
import { AuditResource } from './audit-resource.ts'
import { defineEndpoints, json } from './endpoint.ts'
import { Published } from './published.ts'
import { Role } from './role.ts'
import { ShadowName } from './shadows.ts'
import { ThingName } from './things.ts'

/** One value that a write changed. Texts are JSON, so that no digit is lost. */
export const AuditChange = Type.Object({
  path: Type.String({ maxLength: 4096, description: 'JSONPath, e.g. `$.desired.on` or `$.attributes.site`' }),
  beforeText: Type.Optional(Type.String({ maxLength: 65_536, description: 'JSON; absent: there was no such key' })),
  afterText: Type.Optional(Type.String({ maxLength: 65_536, description: 'JSON; absent: the key was removed' })),
})
export type AuditChange = Static<typeof AuditChange>

/** SHA-256, 64 hexadecimal digits. */
const Sha256 = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** One write of a person through the console, done or refused. Entries are added and never changed. */
export const AuditEntry = Type.Object({
  id: Type.String({ description: '`MILLISECONDS-NUMBER`; a later entry has a greater one' }),
  time: Type.String({ format: 'date-time' }),
  person: Type.Object({ id: Type.String(), name: Type.String(), role: Role }),
  action: Type.String({
    description: "AWS's operation (`UpdateThingShadow`), or the console's own where there is none (`SignIn`)",
  }),
  resource: Type.Optional(AuditResource),
  requestId: Type.String({ description: "Of the console's request, as in its log" }),
  outcome: Type.Object({
    status: Type.Optional(
      Type.Integer({ description: 'HTTP; absent for a thing of a bulk change, which may have to ask several times' }),
    ),
    code: Type.Optional(
      Type.String({ description: "Absent: it was done. Why not: AWS's error name, or the console's own code" }),
    ),
    message: Type.Optional(Type.String()),
  }),
  changes: Type.Optional(Type.Array(AuditChange, { description: 'Absent: not known' })),
  changesLeftOut: Type.Optional(Type.Integer({ description: 'Further ones, too large to keep' })),
  isBeforeUnknown: Type.Optional(Type.Literal(true, { description: 'What was there before could not be read' })),
  beforeVersion: Type.Optional(Type.Integer({ description: 'Of the shadow that `beforeText` was read from' })),
  version: Type.Optional(Type.Integer({ description: 'Of the shadow that the write made, or deleted' })),
  clientToken: Type.Optional(Type.String()),
  reportedByPage: Type.Optional(
    Type.Literal(true, { description: "Written over the person's own MQTT session: by the word of their page" }),
  ),
  mqtt: Type.Optional(
    Type.Object(
      {
        clientId: Type.String(),
        from: Type.String({ format: 'date-time' }),
        to: Type.String({ format: 'date-time' }),
      },
      { description: "Which connection wrote, and when by the page's clock; `time` is when the server heard of it" },
    ),
  ),
  published: Type.Optional(Published),
  shadows: Type.Optional(
    Type.Array(AuditResource, { description: 'Further ones that it may have written: it published to their topics' }),
  ),
  bulkChangeId: Type.Optional(Type.String({ description: 'Of the change of many shadows that it belongs to' })),
  repeated: Type.Optional(
    Type.Object(
      { times: Type.Integer({ minimum: 1 }), since: Type.String({ format: 'date-time' }) },
      { description: 'Refused so often in the same way since then; this is the last time' },
    ),
  ),
  chain: Type.Optional(
    Type.Object(
      { previous: Sha256, hash: Sha256 },
      {
        description:
          'What was done is one chain, what was refused another. `hash` is of `previous`, the hash before it in its chain, and of the entry without this member as JSON with its members in order. Absent: of an earlier release',
      },
    ),
  ),
})
export type AuditEntry = Static<typeof AuditEntry>

/** The classic shadow among the values of `shadow`: no shadow can have this name. */
export const CLASSIC_SHADOW = '(classic)'

/** Everything that is given has to hold. */
export const AuditQuery = Type.Object({
  resourceType: Type.Optional(
    Type.String({ minLength: 1, maxLength: 64, description: 'As in entries: `certificate`' }),
  ),
  resourceId: Type.Optional(Type.String({ minLength: 1, maxLength: 2_048, description: 'The whole of it' })),
  thing: Type.Optional(Type.String({ ...ThingName, description: 'The thing, and every shadow of it' })),
  shadow: Type.Optional(
    Type.Union([ShadowName, Type.Literal(CLASSIC_SHADOW)], { description: 'Of whichever thing, unless one is given' }),
  ),
  person: Type.Optional(Type.String({ minLength: 1, maxLength: 256, description: 'Name or id' })),
  action: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  outcome: Type.Optional(Type.Union([Type.Literal('done'), Type.Literal('refused')])),
  bulkChange: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  from: Type.Optional(Type.String({ format: 'date-time' })),
  to: Type.Optional(Type.String({ format: 'date-time', description: 'Before this moment' })),
})
export type AuditQuery = Static<typeof AuditQuery>

/** Newest first. A page may be short or empty and still have a cursor: the search goes on behind it. */
export const AuditPage = Type.Object({
  entries: Type.Array(AuditEntry),
  nextCursor: Type.Optional(Type.String()),
  store: Type.Union([Type.Literal('memory'), Type.Literal('file'), Type.Literal('redis')], {
    description: '`memory` ends with the process',
  }),
  keeps: Type.Integer({ description: 'How many entries of what was done are kept; older ones are let go' }),
  unreadable: Type.Optional(
    Type.Integer({ description: 'So many more are not as the trail writes them, and are left out' }),
  ),
})
export type AuditPage = Static<typeof AuditPage>

/** Whether the trail is as it was written: each entry names the one before it in its chain. */
export const AuditVerification = Type.Object({
  isWhole: Type.Boolean(),
  verified: Type.Integer({ description: 'Entries whose hash is right' }),
  unchained: Type.Integer({ description: 'Before them, of a release that made no hashes' }),
  heads: Type.Object(
    { done: Type.Optional(Sha256), refused: Type.Optional(Sha256) },
    { description: 'The latest hashes: who notes them can tell later whether what was before is still there' },
  ),
  firstBroken: Type.Optional(
    Type.Object({
      id: Type.Optional(Type.String({ description: 'Of the entry; absent where none can be read' })),
      why: Type.Union([
        Type.Literal('changed', { description: 'It is not what was written' }),
        Type.Literal('missing', { description: 'The one before it is gone; without an id, the latest' }),
        Type.Literal('unreadable', { description: 'It is no entry' }),
      ]),
    }),
  ),
})
export type AuditVerification = Static<typeof AuditVerification>

/** Nobody can change the trail, so there is no other endpoint. */
export const auditEndpoints = defineEndpoints({
  listAuditEntries: {
    method: 'GET',
    path: '/api/audit',
    summary: 'A page of the audit trail, newest first',
    access: 'viewer', // a viewer sees everything
    query: Type.Object({
      ...AuditQuery.properties,
      cursor: Type.Optional(Type.String({ maxLength: 40, description: '`nextCursor` of a page before' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: '50 where it is not given' })),
    }),
    answer: json(AuditPage),
  },
  verifyAuditTrail: {
    method: 'GET',
    path: '/api/audit/verification',
    summary: 'Reads the whole trail, and says whether an entry was changed or is missing',
    access: 'viewer',
    answer: json(AuditVerification),
  },
})
