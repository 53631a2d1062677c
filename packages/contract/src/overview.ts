import { type Static, Type } from 'typebox'
import { defineEndpoints, json } from './endpoint.ts'
import { oneOf } from './one-of.ts'
import { readOutcome } from './read-outcome.ts'

/** A reason in AWS's own word, and how often. */
const ByReason = Type.Object({ reason: Type.String(), count: Type.Integer() })

/** The things of the account, as the fleet index counts them. Numbers lag a little, hence about. */
export const ThingsOverview = Type.Object({
  index: oneOf(['ACTIVE', 'REBUILDING', 'BUILDING', 'OFF', 'not-allowed'], {
    description: 'Whether the fleet index was there to be asked',
  }),
  message: Type.Optional(Type.String({ description: "Of `not-allowed`: AWS's words" })),
  connectivity: Type.Boolean({ description: 'Whether the index knows which devices are connected' }),
  total: Type.Optional(Type.Integer({ description: 'Things in the index; without one, those of `registry`' })),
  connected: Type.Optional(Type.Integer()),
  drops: Type.Optional(
    Type.Array(ByReason, {
      description:
        'Things that are not connected and were within the last hour, by the reason of their last disconnect, most first',
    }),
  ),
  registry: Type.Optional(
    Type.Object(
      { count: Type.Integer(), isAll: Type.Boolean() },
      { description: 'Without an index: how many things the first page of the registry holds' },
    ),
  ),
})
export type ThingsOverview = Static<typeof ThingsOverview>

/** A certificate that somebody should look at. */
export const WatchedCertificate = Type.Object({
  certificateId: Type.String(),
  status: Type.String(),
  notAfter: Type.Optional(Type.String({ format: 'date-time' })),
  things: Type.Optional(Type.Array(Type.String(), { description: 'Absent: not looked at' })),
})
export type WatchedCertificate = Static<typeof WatchedCertificate>

/**
 * What is the matter with certificates. AWS tells expiry and things of one certificate at a time: they are looked
 * through at a pace that leaves its rates to others, and the answer says how far that is.
 */
export const CertificatesOverview = Type.Object({
  ...readOutcome,
  looked: Type.Integer({ description: 'So many certificates were looked at so far' }),
  listed: Type.Integer({ description: 'Of so many' }),
  isOver: Type.Boolean({ description: 'Whether all of these were looked at' }),
  isAll: Type.Boolean({ description: 'Whether the account has no more than these' }),
  lookedAt: Type.Optional(Type.String({ format: 'date-time', description: 'When this was finished last' })),
  expired: Type.Array(WatchedCertificate, { description: 'Active ones whose time is over' }),
  expiring: Type.Array(WatchedCertificate, { description: 'Active ones that expire soon, the first one first' }),
  onNothing: Type.Array(WatchedCertificate, { description: 'Active ones that are attached to no thing' }),
})
export type CertificatesOverview = Static<typeof CertificatesOverview>

/** What AWS IoT refused in the last hour, from its log. */
export const RefusalsOverview = Type.Object({
  outcome: oneOf(['read', 'logging-off', 'no-log-group', 'not-allowed', 'not-served']),
  message: Type.Optional(Type.String()),
  isAll: Type.Boolean({ description: 'Whether all entries of the hour were read; else there are more than these' }),
  isOff: Type.Optional(
    Type.Literal(true, { description: 'Nothing is logged by now: what was refused since then is not among these' }),
  ),
  total: Type.Integer(),
  clients: Type.Integer({ description: 'How many client ids that was' }),
  reasons: Type.Array(
    Type.Object({
      eventType: Type.String({ description: 'As the log has it: `Publish-In`' }),
      reason: Type.String({ description: 'As the log has it: `AUTHORIZATION_FAILURE`; empty where it has none' }),
      count: Type.Integer(),
      clients: Type.Integer(),
    }),
    { description: 'Most first' },
  ),
})
export type RefusalsOverview = Static<typeof RefusalsOverview>

/** The topic rules, where the server has them. */
export const RulesOverview = Type.Object({
  ...readOutcome,
  total: Type.Integer(),
  disabled: Type.Integer(),
  isAll: Type.Boolean(),
})
export type RulesOverview = Static<typeof RulesOverview>

/** The jobs in progress, where the server has them. */
export const JobsOverview = Type.Object({
  ...readOutcome,
  isAll: Type.Boolean(),
  jobs: Type.Array(
    Type.Object({
      jobId: Type.String(),
      done: Type.Integer({ description: 'Executions that are over, however that ended' }),
      failed: Type.Integer({ description: 'Of these: failed, rejected or timed out' }),
      total: Type.Integer(),
      stuck: Type.Integer({
        description: 'In progress, and not heard of for ten minutes; of a large job among those that AWS lists first',
      }),
    }),
  ),
})
export type JobsOverview = Static<typeof JobsOverview>

/** What somebody needs to know who connects a device by hand. */
export const DeviceEndpoint = Type.Object({
  host: Type.String({ description: 'Where devices connect by MQTT over TLS' }),
  port: Type.Integer(),
  alpnPort: Type.Optional(
    Type.Integer({ description: 'Where they come by HTTPS and agree on a protocol by ALPN, where that is not 443' }),
  ),
  rootCaUrl: Type.String({ description: 'Where the certificate is that devices trust' }),
  region: Type.String(),
  awsEndpointUrl: Type.Optional(Type.String({ description: "Of the AWS CLI, where it is not AWS's own" })),
})
export type DeviceEndpoint = Static<typeof DeviceEndpoint>

/** One endpoint a source, so that one that fails takes nothing else with it. */
export const overviewEndpoints = defineEndpoints({
  overviewOfThings: {
    method: 'GET',
    path: '/api/overview/things',
    summary: 'How many things are connected, and why others went',
    access: 'viewer',
    answer: json(ThingsOverview),
  },
  overviewOfCertificates: {
    method: 'GET',
    path: '/api/overview/certificates',
    summary: 'Certificates that expire, and active ones on no thing',
    access: 'viewer',
    answer: json(CertificatesOverview),
  },
  overviewOfRefusals: {
    method: 'GET',
    path: '/api/overview/refusals',
    summary: 'What AWS IoT refused in the last hour, by reason',
    access: 'viewer',
    answer: json(RefusalsOverview),
  },
  overviewOfRules: {
    method: 'GET',
    path: '/api/overview/rules',
    summary: 'How many topic rules there are',
    access: 'viewer',
    answer: json(RulesOverview),
  },
  describeDeviceEndpoint: {
    method: 'GET',
    path: '/api/overview/device-endpoint',
    summary: 'Where a device connects, and what it has to trust',
    access: 'viewer',
    answer: json(DeviceEndpoint),
  },
  overviewOfJobs: {
    method: 'GET',
    path: '/api/overview/jobs',
    summary: 'How far the jobs in progress are',
    access: 'viewer',
    answer: json(JobsOverview),
  },
})
