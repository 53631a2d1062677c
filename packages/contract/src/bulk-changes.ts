import { type Static, Type } from 'typebox'
import { AuditChange } from './audit.ts'
import { BulkChangeChange } from './bulk-change-kinds.ts'
import { BulkChangeTargets } from './bulk-change-targets.ts'
import { begun, defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'

export const BulkChangeRequest = Type.Object({
  targets: BulkChangeTargets,
  change: BulkChangeChange,
  dryRun: Type.Boolean({ description: 'Only reads, and says for each target what would change' }),
  requestsPerSecond: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 100, description: 'To AWS, of this bulk change; absent: as its kind has it' }),
  ),
  confirmedCount: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: 'It is begun on exactly so many targets, or on none: what a person agreed to',
    }),
  ),
  clientRequestToken: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 64,
      pattern: '^[a-zA-Z0-9_-]+$',
      description:
        'Begun once for each: asked again, because no answer came, it is answered with the one that was begun. Another request with it is refused',
    }),
  ),
})
export type BulkChangeRequest = Static<typeof BulkChangeRequest>

export const BULK_CHANGE_OUTCOMES = [
  'waiting',
  'under-way',
  'changed',
  'would-change',
  'unchanged',
  'left-out',
  'not-there',
  'failed',
  'cancelled',
] as const
export const BulkChangeOutcome = oneOf(BULK_CHANGE_OUTCOMES, {
  description: [
    'waiting: its turn has not come',
    'under-way: it is written, or was being written when its server ended',
    'changed, would-change, unchanged: it is so already',
    'left-out: the change does not fit it; `message` says why',
    'not-there: nothing has this name',
    'failed: `code` and `message` say why',
    'cancelled: it was not begun',
  ].join('; '),
})
export type BulkChangeOutcome = (typeof BULK_CHANGE_OUTCOMES)[number]

/** What became of one target. */
export const BulkChangeResult = Type.Object({
  target: Type.String({ description: 'Name of the thing; of tags, the ARN of the resource' }),
  outcome: BulkChangeOutcome,
  changes: Type.Optional(Type.Array(AuditChange, { description: 'What it changed, or would change' })),
  certificateId: Type.Optional(Type.String({ description: 'Of the certificate that was made for it' })),
  executionId: Type.Optional(Type.String({ description: 'Of the command that was sent to it' })),
  version: Type.Optional(Type.Integer({ description: 'That the change made, or that was read' })),
  code: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
  isResumed: Type.Optional(
    Type.Literal(true, { description: 'It was under way when its server ended, and was looked at again' }),
  ),
})
export type BulkChangeResult = Static<typeof BulkChangeResult>

const BULK_CHANGE_STATES = ['finding-things', 'running', 'paused', 'done', 'cancelled', 'failed'] as const

/** How far one is; of the things that it was meant for, which were named one by one, only their number. */
export const BulkChange = Type.Object({
  bulkChangeId: Type.String(),
  request: Type.Object({
    ...Type.Omit(BulkChangeRequest, ['targets', 'confirmedCount']).properties,
    targets: Type.Optional(
      Type.Unsafe<BulkChangeTargets>({ ...BulkChangeTargets, description: 'Absent: named one by one' }),
    ),
  }),
  startedBy: Type.String({ description: 'Name of the person' }),
  startedAt: Type.String({ format: 'date-time' }),
  endedAt: Type.Optional(Type.String({ format: 'date-time' })),
  state: oneOf(BULK_CHANGE_STATES),
  workedMs: Type.Optional(
    Type.Integer({ description: 'How long its targets were worked on, in milliseconds, without pauses' }),
  ),
  pausedWhy: Type.Optional(Type.String({ description: 'Why it paused by itself; absent: a person paused it' })),
  failure: Type.Optional(Type.String({ description: 'Why its targets could not be found' })),
  total: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer(), { description: 'Targets by outcome' }),
  effects: Type.Record(Type.String(), Type.Integer(), {
    description: 'What it did, or would do, beyond the targets: `certificates-deleted`',
  }),
  applies: Type.Optional(Type.String({ description: 'The dry run of which this does what it found' })),
  appliedBy: Type.Optional(Type.String({ description: 'The bulk change that did what this dry run found' })),
  undoOf: Type.Optional(Type.String({ description: 'The bulk change that this one undoes' })),
  undoneBy: Type.Optional(Type.String({ description: 'The bulk change that undid this one' })),
  resumed: Type.Optional(Type.Integer({ description: 'How often another server went on with it' })),
})
export type BulkChange = Static<typeof BulkChange>

export const BulkChangeList = Type.Object({
  bulkChanges: Type.Array(BulkChange),
  lasts: Type.Boolean({ description: 'Whether they outlive the server' }),
})
export type BulkChangeList = Static<typeof BulkChangeList>

/** In the order in which they were found. */
export const BulkChangeResults = Type.Object({ results: Type.Array(BulkChangeResult), total: Type.Integer() })
export type BulkChangeResults = Static<typeof BulkChangeResults>

/** Of some targets, in their order; those without a certificate are left out. */
export const BulkChangeCertificates = Type.Object({
  certificates: Type.Array(
    Type.Object({ thingName: Type.String(), certificateId: Type.String(), certificatePem: Type.String() }),
  ),
  total: Type.Integer({ description: 'Of targets' }),
})
export type BulkChangeCertificates = Static<typeof BulkChangeCertificates>

/** How many targets it would be, and some of their names. */
export const BulkChangePreview = Type.Object({
  count: Type.Integer(),
  isAtLeast: Type.Boolean({ description: 'There are more than a bulk change takes' }),
  sample: Type.Array(Type.String()),
})
export type BulkChangePreview = Static<typeof BulkChangePreview>

/** Of 10,000 new things, each with a request for a certificate; 10,000 ARNs take less. */
const MOST_BODY_BYTES = 32 * 1024 * 1024

const params = Type.Object({ bulkChangeId: Type.String({ minLength: 1, maxLength: 64, pattern: '^[a-zA-Z0-9-]+$' }) })

/**
 * Shadows are an operator's to change, the registry, certificates and their policies an admin's: beginning or going on
 * with a change of these needs the role of its kind; anybody who may begin one may pause or cancel any.
 */
export const bulkChangeEndpoints = defineEndpoints({
  previewBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/preview',
    summary: 'How many things a bulk change would be of',
    access: 'operator',
    audit: false, // nothing is written
    mostBodyBytes: MOST_BODY_BYTES,
    body: Type.Object({ targets: BulkChangeTargets }),
    answer: json(BulkChangePreview),
  },
  startBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes',
    summary: 'Begins a change of many things',
    access: 'operator',
    audit: 'StartBulkChange',
    mostBodyBytes: MOST_BODY_BYTES,
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
    answer: json(BulkChange),
  },
  listBulkChangeResults: {
    method: 'GET',
    path: '/api/bulk-changes/:bulkChangeId/results',
    summary: 'What became of each target',
    access: 'viewer',
    params,
    query: Type.Object({
      outcome: Type.Optional(BulkChangeOutcome),
      offset: Type.Optional(Type.Integer({ minimum: 0, description: '0 where it is not given' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '100 where it is not given' })),
    }),
    answer: json(BulkChangeResults),
  },
  listBulkChangeCertificates: {
    method: 'GET',
    path: '/api/bulk-changes/:bulkChangeId/certificates',
    summary: 'The certificates that were made for new things',
    access: 'admin',
    params,
    query: Type.Object({
      offset: Type.Optional(Type.Integer({ minimum: 0, description: '0 where it is not given' })),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '100 where it is not given' })),
    }),
    answer: json(BulkChangeCertificates),
  },
  pauseBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/pause',
    summary: 'Begins nothing more until it is told to go on; what is under way is finished',
    access: 'operator',
    audit: 'PauseBulkChange',
    params,
    answer: json(BulkChange),
  },
  resumeBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/resume',
    summary: 'Goes on with one that is paused',
    access: 'operator',
    audit: 'ResumeBulkChange',
    params,
    answer: json(BulkChange),
  },
  cancelBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/cancel',
    summary: 'Begins nothing more; what is under way is finished',
    access: 'operator',
    audit: 'CancelBulkChange',
    params,
    answer: json(BulkChange),
  },
  applyBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/apply',
    summary: 'Does what a dry run found: on the targets that would change, as a bulk change of its own',
    access: 'operator',
    audit: 'ApplyBulkChange',
    params,
    answer: begun(BulkChange),
  },
  retryBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/retry',
    summary: 'Goes on with what failed or had no turn',
    access: 'operator',
    audit: 'RetryBulkChange',
    params,
    answer: begun(BulkChange),
  },
  undoBulkChange: {
    method: 'POST',
    path: '/api/bulk-changes/:bulkChangeId/undo',
    summary: 'Puts back what was there before, where nobody changed it since, as a bulk change of its own',
    access: 'operator',
    audit: 'UndoBulkChange',
    params,
    body: Type.Object({ dryRun: Type.Boolean() }),
    answer: begun(BulkChange),
  },
})
