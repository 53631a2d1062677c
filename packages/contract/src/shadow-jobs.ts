import { type Static, Type } from 'typebox'
import { ShadowName } from './shadows.ts'
import { ThingName } from './things.ts'

/** The things that a change is meant for: named one by one, in a group (with the groups below), or by a filter. */
export const ShadowJobTargets = Type.Union([
  Type.Object(
    { thingNames: Type.Array(ThingName, { minItems: 1, maxItems: 10_000 }) },
    { additionalProperties: false },
  ),
  Type.Object({ thingGroupName: ThingName }, { additionalProperties: false }),
  Type.Object(
    {
      thingTypeName: Type.Optional(ThingName),
      attributeName: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
      attributeValue: Type.Optional(Type.String({ maxLength: 800 })),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
])
export type ShadowJobTargets = Static<typeof ShadowJobTargets>

/** `POST /api/shadow-jobs`: change one key of `desired` in the same shadow of many things. */
export const ShadowJobRequest = Type.Object(
  {
    targets: ShadowJobTargets,
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
  },
  { additionalProperties: false },
)
export type ShadowJobRequest = Static<typeof ShadowJobRequest>

export const ShadowJobOutcome = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('changed'),
  Type.Literal('would-change'),
  Type.Literal('unchanged'),
  Type.Literal('no-shadow'),
  Type.Literal('failed'),
  Type.Literal('cancelled'),
])
export type ShadowJobOutcome = Static<typeof ShadowJobOutcome>

export const ShadowJobResult = Type.Object({
  thingName: Type.String(),
  outcome: ShadowJobOutcome,
  beforeText: Type.Optional(
    Type.String({ description: 'The desired value before, as JSON text; absent: there was none' }),
  ),
  version: Type.Optional(Type.Integer({ description: 'Of the shadow that the change made, or that was read' })),
  code: Type.Optional(Type.String()),
  message: Type.Optional(Type.String()),
})
export type ShadowJobResult = Static<typeof ShadowJobResult>

/**
 * `GET /api/shadow-jobs/:jobId`. A job runs in the server that it was started on. Without a store that servers share, it
 * is known there only, and ends with it.
 */
export const ShadowJob = Type.Object({
  jobId: Type.String(),
  request: ShadowJobRequest,
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
  total: Type.Integer(),
  counts: Type.Record(Type.String(), Type.Integer(), { description: 'Things by outcome' }),
})
export type ShadowJob = Static<typeof ShadowJob>

export const ShadowJobList = Type.Object({ jobs: Type.Array(ShadowJob) })
export type ShadowJobList = Static<typeof ShadowJobList>

/** `GET /api/shadow-jobs/:jobId/results?outcome&offset&limit` */
export const ShadowJobResults = Type.Object({ results: Type.Array(ShadowJobResult), total: Type.Integer() })
export type ShadowJobResults = Static<typeof ShadowJobResults>

/** `POST /api/shadow-jobs/preview`: how many things it would be, and some of their names. */
export const ShadowJobPreview = Type.Object({
  count: Type.Integer(),
  isAtLeast: Type.Boolean({ description: 'There are more than a job takes' }),
  sample: Type.Array(Type.String()),
})
export type ShadowJobPreview = Static<typeof ShadowJobPreview>
