import { type Static, Type } from 'typebox'
import { begun, defineEndpoints, json } from './endpoint.ts'
import { ShadowName } from './shadows.ts'
import { ThingName } from './things.ts'

/** The things that a change is meant for: named one by one, in a group (with the groups below), or by a filter. */
export const BulkChangeTargets = Type.Union([
  Type.Object({ thingNames: Type.Array(ThingName, { minItems: 1, maxItems: 10_000 }) }),
  Type.Object({ thingGroupName: ThingName }),
  Type.Object(
    {
      thingTypeName: Type.Optional(ThingName),
      attributeName: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      attributeValue: Type.Optional(Type.String({ maxLength: 800 })),
    },
    { minProperties: 1 },
  ),
])
export type BulkChangeTargets = Static<typeof BulkChangeTargets>

/** Change one key of `desired` in the same shadow of many things. */
export const BulkChangeRequest = Type.Object({
  targets: BulkChangeTargets,
  shadowName: Type.Optional(ShadowName),
  path: Type.Array(Type.String({ minLength: 1, maxLength: 1024 }), { minItems: 1, maxItems: 8 }),
  valueText: Type.Optional(
    Type.String({
      maxLength: 8192,
      description: 'The value as JSON text, so that no digit is lost; absent: removed',
    }),
  ),
  dryRun: Type.Boolean({ description: 'Only reads, and says for each thing what would change' }),
  createMissing: Type.Optional(Type.Boolean({ description: 'Also where there is no such shadow yet' })),
  requestsPerSecond: Type.Optional(Type.Integer({ minimum: 1, maximum: 50, default: 10 })),
  confirmedCount: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'It is begun on exactly so many things, or on none: what a person agreed to',
    }),
  ),
})
export type BulkChangeRequest = Static<typeof BulkChangeRequest>

export const BulkChangeOutcome = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('changed'),
  Type.Literal('would-change'),
  Type.Literal('unchanged'),
  Type.Literal('no-shadow'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
])
export type BulkChangeOutcome = Static<typeof BulkChangeOutcome>

export const BulkChangeResult = Type.Object({
  thingName: Type.String(),
  outcome: BulkChangeOutcome,
  beforeText: Type.Optional(
    Type.String({ description: 'The desired value before, as JSON text; absent: there was none' }),
  ),
  version: Type.Optional(Type.Integer({ description: 'Of the shadow that the change made, or that was read' })),
  code: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
})
export type BulkChangeResult = Static<typeof BulkChangeResult>

/**
 * A bulk change runs in the server that it was started on. Without a store that servers share, it is known there only,
 * and ends with it.
 */
export const BulkChange = Type.Object({
  bulkChangeId: Type.String(),
  request: BulkChangeRequest,
  startedBy: Type.String({ description: 'Name of the person' }),
  startedAt: Type.String({ format: 'date-time' }),
  endedAt: Type.Optional(Type.String({ format: 'date-time' })),
  state: Type.Union([
    Type.Literal('finding-things'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('cancelled'),
    Type.Literal('failed'),
    Type.Literal('interrupted', { description: 'Its server ended; what was waiting then was not changed' }),
  ]),
  failure: Type.Optional(Type.String({ description: 'Why the things could not be found' })),
  continuedBy: Type.Optional(Type.String({ description: 'The bulk change that went on with what was left' })),
  total: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer(), { description: 'Things by outcome' }),
})
export type BulkChange = Static<typeof BulkChange>

/** What is told of one, each time that somebody asks how far it is: without the things that it was meant for. */
export const BulkChangeProgress = Type.Object({
  ...BulkChange.properties,
  request: Type.Omit(BulkChangeRequest, ['targets']),
})
export type BulkChangeProgress = Static<typeof BulkChangeProgress>

/** What a list says of one: the value is with the bulk change itself. */
export const BulkChangeSummary = Type.Object({
  ...BulkChange.properties,
  request: Type.Omit(BulkChangeRequest, ['targets', 'valueText']),
})
export type BulkChangeSummary = Static<typeof BulkChangeSummary>

export const BulkChangeList = Type.Object({ bulkChanges: Type.Array(BulkChangeSummary) })
export type BulkChangeList = Static<typeof BulkChangeList>

/** In the order in which they were found. */
export const BulkChangeResults = Type.Object({ results: Type.Array(BulkChangeResult), total: Type.Integer() })
export type BulkChangeResults = Static<typeof BulkChangeResults>

/** How many things it would be, and some of their names. */
export const BulkChangePreview = Type.Object({
  count: Type.Integer(),
  isAtLeast: Type.Boolean({ description: 'There are more than a bulk change takes' }),
  sample: Type.Array(Type.String()),
})
export type BulkChangePreview = Static<typeof BulkChangePreview>

const params = Type.Object({ bulkChangeId: Type.String({ minLength: 1, maxLength: 64 }) })

export const bulkChangeEndpoints = defineEndpoints({
  previewBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/preview',
    summary: 'How many things a bulk change would be of',
    access: 'operator',
    audit: false, // nothing is written
    body: Type.Object({ targets: BulkChangeTargets }),
    answer: json(BulkChangePreview),
  },
  startBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes',
    summary: 'Begins to change one key of the desired state of many things',
    access: 'operator',
    audit: 'StartBulkChange',
    body: BulkChangeRequest,
    answer: begun(BulkChange),
  },
  listBulkChanges: {
    method: 'GET',
    path: '/api/bulk-changes',
    summary: 'The latest bulk changes, newest first',
    access: 'viewer',
    answer: json(BulkChangeList),
  },
  describeBulkChange: {
    method: 'GET',
    path: '/api/bulk-changes/:bulkChangeId',
    summary: 'How far a bulk change is',
    access: 'viewer',
    params,
    answer: json(BulkChangeProgress),
  },
  listBulkChangeResults: {
    method: 'GET',
    path: '/api/bulk-changes/:bulkChangeId/results',
    summary: 'What became of each thing',
    access: 'viewer',
    params,
    query: Type.Object({
      outcome: Type.Optional(BulkChangeOutcome),
      offset: Type.Optional(Type.Integer({ minimum: 0, description: '0 where it is not given' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '100 where it is not given' })),
    }),
    answer: json(BulkChangeResults),
  },
  cancelBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/cancel',
    summary: 'Begins nothing more; what is under way is finished',
    access: 'operator',
    audit: 'CancelBulkChange',
    params,
    answer: json(BulkChangeProgress),
  },
  applyBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/apply',
    summary: 'Does what a dry run found: on the things that would change, as a bulk change of its own',
    access: 'operator',
    audit: 'ApplyBulkChange',
    params,
    answer: begun(BulkChange),
  },
  retryBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/retry',
    summary: 'What failed or had no turn once more, as a bulk change of its own',
    access: 'operator',
    audit: 'RetryBulkChange',
    params,
    answer: begun(BulkChange),
  },
})
