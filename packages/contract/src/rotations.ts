import { type Static, Type } from 'typebox'
import { begun, defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { ThingName } from './things.ts'

/** What one rotation takes at most. */
export const MOST_ROTATION_THINGS = 1_000

/** So many requests for certificates are sent at once. */
export const MOST_CERTIFICATE_REQUESTS = 100

/** The things that get new certificates: named one by one, in a group (with the groups below), or found by a query. */
export const RotationTargets = Type.Union([
  Type.Object({ thingNames: Type.Array(ThingName, { minItems: 1, maxItems: MOST_ROTATION_THINGS }) }),
  Type.Object({ thingGroupName: ThingName }),
  Type.Object({
    queryString: Type.String({ minLength: 1, maxLength: 1_000, description: 'In the query syntax of fleet indexing' }),
  }),
])
export type RotationTargets = Static<typeof RotationTargets>

export const RotationRequest = Type.Object({
  targets: RotationTargets,
  pauseSeconds: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 90 * 86_400,
      description:
        'From the first sight of a device with its new certificate until its old one is deactivated; absent: a person does that',
    }),
  ),
  requestsPerSecond: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 50, default: 5, description: 'To AWS, of this rotation' }),
  ),
  confirmedCount: Type.Optional(
    Type.Integer({ minimum: 1, description: 'It is begun on exactly so many things, or on none' }),
  ),
})
export type RotationRequest = Static<typeof RotationRequest>

/**
 * How far a thing is. What AWS is asked for is asked while it is in one of `requested`, `delivered`, `deactivating`,
 * `deleting` and `undoing`; in the others something or somebody is waited for.
 */
export const ROTATION_STAGES = [
  'chosen',
  'requested',
  'prepared',
  'delivered',
  'waiting',
  'seen',
  'deactivating',
  'replaced',
  'deleting',
  'finished',
  'undoing',
  'undone',
] as const
export const RotationStage = oneOf(ROTATION_STAGES, {
  description: [
    'chosen: its key and its request are to be made, in a browser',
    'requested: the certificate is made, inactive, and attached beside the old one',
    'prepared: key and certificate are to be downloaded',
    'delivered: the new certificate is activated',
    'waiting: for the device to connect with it',
    'seen: the device connected with it; the pause before the old one ends',
    'deactivating: the old one is deactivated',
    'replaced: it is deactivated',
    'deleting: it is deleted',
    'finished: it is deleted',
    'undoing: the old one is made active again, and the new one deleted',
    'undone: it is as before',
  ].join('; '),
})
export type RotationStage = (typeof ROTATION_STAGES)[number]

export const RotationFailure = Type.Object({
  code: Type.String({ description: "AWS's, or HELD: somebody else needs the old certificate still" }),
  message: Type.String(),
  at: Type.String({ format: 'date-time' }),
})

/** One thing of a rotation. Of private keys the server knows nothing. */
export const RotationThing = Type.Object({
  thingName: Type.String(),
  stage: RotationStage,
  since: Type.String({ format: 'date-time', description: 'It is in this stage' }),
  oldCertificateIds: Type.Array(Type.String({ description: 'Active ones that it had when it began' })),
  newCertificateId: Type.Optional(Type.String()),
  seenAt: Type.Optional(Type.String({ format: 'date-time' })),
  seenBy: Type.Optional(
    oneOf(['log', 'person'] as const, { description: "Who told: a Connect entry of AWS IoT's log, or a person" }),
  ),
  failure: Type.Optional(RotationFailure),
})
export type RotationThing = Static<typeof RotationThing>

export const RotationCounts = Type.Record(Type.String(), Type.Integer(), { description: 'Things by stage' })

/** A rotation, without its things. */
export const Rotation = Type.Object({
  rotationId: Type.String(),
  startedBy: Type.String({ description: 'Name of the person' }),
  startedAt: Type.String({ format: 'date-time' }),
  pauseSeconds: Type.Optional(Type.Integer()),
  requestsPerSecond: Type.Integer(),
  total: Type.Integer(),
  counts: RotationCounts,
  failed: Type.Integer({ description: 'Things that wait for somebody to repeat or undo what failed' }),
  isOver: Type.Boolean({ description: 'Nothing is left to do but to delete old certificates' }),
  sight: Type.Object(
    {
      source: oneOf(['log', 'none'] as const),
      message: Type.Optional(Type.String({ description: 'Of none: why the log tells nothing' })),
      lookedAt: Type.Optional(Type.String({ format: 'date-time' })),
    },
    { description: 'How it is known that a device connected with its new certificate' },
  ),
})
export type Rotation = Static<typeof Rotation>

export const RotationList = Type.Object({
  rotations: Type.Array(Rotation),
  lasts: Type.Boolean({ description: 'Whether rotations outlive the process of this console' }),
})
export type RotationList = Static<typeof RotationList>

export const RotationPreview = Type.Object({
  count: Type.Integer(),
  isAtLeast: Type.Boolean({ description: 'There are more than a rotation takes' }),
  sample: Type.Array(Type.String()),
})
export type RotationPreview = Static<typeof RotationPreview>

export const RotationThings = Type.Object({
  things: Type.Array(RotationThing, { description: 'Failed ones first, then those that wait longest' }),
  total: Type.Integer(),
})
export type RotationThings = Static<typeof RotationThings>

/** What a device gets beside its private key, which is where it was made. */
export const RotationCertificates = Type.Object({
  certificates: Type.Array(
    Type.Object({ thingName: Type.String(), certificateId: Type.String(), certificatePem: Type.String() }),
  ),
})
export type RotationCertificates = Static<typeof RotationCertificates>

/** What a person can have done to things of a rotation. */
export const ROTATION_ACTIONS = ['retry', 'renew', 'confirm', 'deactivate', 'delete', 'undo'] as const
export const RotationAction = oneOf(ROTATION_ACTIONS, {
  description: [
    'retry: what failed, once more',
    'renew: keys that were lost are made anew; the certificate that was made for them is deleted',
    'confirm: a person knows that the device uses its new certificate',
    'deactivate: the old certificate, without waiting for the end of the pause',
    'delete: the old certificate, once it is deactivated',
    'undo: as it was before',
  ].join('; '),
})
export type RotationAction = (typeof ROTATION_ACTIONS)[number]

/** What became of an action. */
export const RotationChange = Type.Object({
  changed: Type.Integer({ description: 'Things that it was begun on' }),
  unfit: Type.Integer({ description: 'Things that are in another stage, and were left as they are' }),
})
export type RotationChange = Static<typeof RotationChange>

/** PKCS #10 in PEM (AWS IoT API reference, CreateCertificateFromCsr). */
const CertificateSigningRequest = Type.String({
  minLength: 1,
  maxLength: 4_096,
  pattern: '^-----BEGIN (NEW )?CERTIFICATE REQUEST-----',
})

const params = Type.Object({ rotationId: Type.String({ minLength: 1, maxLength: 64 }) })
const page = {
  offset: Type.Optional(Type.Integer({ minimum: 0, description: '0 where it is not given' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, description: '100 where it is not given' })),
}

export const rotationEndpoints = defineEndpoints({
  previewRotation: {
    method: 'POST',
    path: '/api/certificate-rotations/preview',
    summary: 'How many things a rotation would be of',
    access: 'admin',
    audit: false, // nothing is written
    body: Type.Object({ targets: RotationTargets }),
    answer: json(RotationPreview),
  },
  startRotation: {
    method: 'POST',
    path: '/api/certificate-rotations',
    summary: 'Begins to give things new certificates beside their old ones',
    access: 'admin',
    audit: 'StartCertificateRotation',
    body: RotationRequest,
    answer: begun(Rotation),
  },
  listRotations: {
    method: 'GET',
    path: '/api/certificate-rotations',
    summary: 'The latest rotations, newest first',
    access: 'viewer',
    answer: json(RotationList),
  },
  describeRotation: {
    method: 'GET',
    path: '/api/certificate-rotations/:rotationId',
    summary: 'How far a rotation is',
    access: 'viewer',
    params,
    answer: json(Rotation),
  },
  listRotationThings: {
    method: 'GET',
    path: '/api/certificate-rotations/:rotationId/things',
    summary: 'How far each thing is, since when, and what failed',
    access: 'viewer',
    params,
    query: Type.Object({
      stage: Type.Optional(RotationStage),
      failed: Type.Optional(Type.Boolean({ description: 'Only those that failed' })),
      ...page,
    }),
    answer: json(RotationThings),
  },
  requestRotationCertificates: {
    method: 'POST',
    path: '/api/certificate-rotations/:rotationId/requests',
    summary: 'Hands over certificate signing requests for things whose keys were made in the browser',
    access: 'admin',
    audit: 'RequestRotationCertificates',
    params,
    body: Type.Object({
      requests: Type.Array(
        Type.Object({ thingName: ThingName, certificateSigningRequest: CertificateSigningRequest }),
        { minItems: 1, maxItems: MOST_CERTIFICATE_REQUESTS },
      ),
    }),
    answer: begun(RotationChange),
  },
  listRotationCertificates: {
    method: 'GET',
    path: '/api/certificate-rotations/:rotationId/certificates',
    summary: 'The new certificates that are to be downloaded with their keys',
    access: 'admin',
    params,
    query: Type.Object(page),
    answer: json(RotationCertificates),
  },
  noteRotationDelivered: {
    method: 'POST',
    path: '/api/certificate-rotations/:rotationId/delivered',
    summary: 'Says that keys and certificates were downloaded: the new certificates are activated',
    access: 'admin',
    audit: 'ActivateRotationCertificates',
    params,
    body: Type.Object({
      certificateIds: Type.Array(Type.String({ minLength: 64, maxLength: 64 }), {
        minItems: 1,
        maxItems: MOST_ROTATION_THINGS,
      }),
    }),
    answer: begun(RotationChange),
  },
  changeRotation: {
    method: 'POST',
    path: '/api/certificate-rotations/:rotationId/actions',
    summary: 'Has something done to things of a rotation: all that are in a fitting stage, or those that are named',
    access: 'admin',
    audit: 'ChangeCertificateRotation',
    params,
    body: Type.Object({
      action: RotationAction,
      thingNames: Type.Optional(Type.Array(ThingName, { minItems: 1, maxItems: MOST_ROTATION_THINGS })),
    }),
    answer: begun(RotationChange),
  },
})
