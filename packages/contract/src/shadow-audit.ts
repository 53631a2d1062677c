import { type Static, Type } from 'typebox'
import { AuditChange } from './audit.ts'
import { defineEndpoints, EMPTY } from './endpoint.ts'
import { ShadowName } from './shadows.ts'
import { ThingName } from './things.ts'

/**
 * What a page wrote over its own MQTT session, where the server was not asked. The
 * server knows who says so, and no more: it marks the entry as reported by the page.
 */
export const ShadowWriteReport = Type.Object({
  thingName: ThingName,
  shadowName: Type.Optional(ShadowName),
  operation: Type.Union([Type.Literal('update'), Type.Literal('delete')]),
  clientToken: Type.Optional(Type.String({ maxLength: 64 })),
  beforeVersion: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Of the document that `beforeText` was read from' }),
  ),
  version: Type.Optional(Type.Integer({ minimum: 0, description: 'Of the document that was made, or deleted' })),
  changes: Type.Array(AuditChange, { maxItems: 2_000 }),
})
export type ShadowWriteReport = Static<typeof ShadowWriteReport>

export const shadowAuditEndpoints = defineEndpoints({
  reportShadowWrite: {
    method: 'POST',
    path: '/api/audit/shadow-writes',
    summary: 'Puts a write over MQTT into the audit trail, by the word of the page',
    access: 'operator',
    audit: false, // the entry is of the write, not of the report
    body: ShadowWriteReport,
    answer: EMPTY,
  },
})
