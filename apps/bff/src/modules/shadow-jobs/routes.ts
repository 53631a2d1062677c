import { randomUUID } from 'node:crypto'
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import {
  type AuditChange,
  ShadowJob,
  ShadowJobList,
  ShadowJobOutcome,
  ShadowJobPreview,
  ShadowJobRequest,
  ShadowJobResults,
  ShadowJobTargets,
} from '@thingdeck/contract'
import { formatPath, JsonParseError, parseJson } from '@thingdeck/json'
import { checkUpdateRequest, ShadowError } from '@thingdeck/shadows'
import type { FastifyRequest } from 'fastify'
import type { Arns } from '../../arns.ts'
import { personOf } from '../../plugins/access.ts'
import type { AuditNote } from '../../plugins/audit.ts'
import { Problem } from '../../problem.ts'
import type { NewAuditEntry } from '../audit/audit-store.ts'
import type { AuditTrail } from '../audit/audit-trail.ts'
import type { Shadows } from '../shadows/shadows.ts'
import type { Things } from '../things/things.ts'
import type { ShadowJobRecords } from './job-records.ts'
import { SYSTEM_CLOCK } from './pace.ts'
import { type JobStarter, ShadowJobs, type ShadowJobWrite } from './shadow-jobs.ts'

interface ShadowJobRoutesOptions {
  readonly things: Pick<Things, 'list' | 'listInGroup'>
  readonly shadows: Pick<Shadows, 'get' | 'update'>
  readonly arns: Arns
  readonly trail: AuditTrail
  /** Where consoles share what they know of jobs; undefined: they do not. */
  readonly records: ShadowJobRecords | undefined
}

/** Changes of one key of `desired` on many things: previewed, run, followed, cancelled, repeated. */
export const shadowJobRoutes: FastifyPluginAsyncTypebox<ShadowJobRoutesOptions> = async (app, options) => {
  const { things, shadows, arns, trail, records } = options
  const jobs = new ShadowJobs({
    things,
    shadows,
    clock: SYSTEM_CLOCK,
    newId: randomUUID,
    onWrite: (write) => trail.record(entryOf(write, arns)),
    records,
    onUnsaved: (error, jobId) => app.log.error({ err: error, jobId }, 'the state of a shadow job could not be saved'),
  })
  app.addHook('onClose', () => jobs.close())
  const params = Type.Object({ jobId: Type.String({ maxLength: 64 }) })
  const operator = (audit: string | false) => ({ access: 'operator', audit }) as const
  const viewer = { access: 'viewer' } as const
  const path = '/api/shadow-jobs'

  const found = <Value>(value: Value | undefined, jobId: string): Value => {
    if (value === undefined) throw new Problem('NOT_FOUND', `No such job runs here, or nothing is left to do: ${jobId}`)
    return value
  }

  app.post(
    `${path}/preview`,
    {
      config: operator(false),
      schema: { body: Type.Object({ targets: ShadowJobTargets }), response: { 200: ShadowJobPreview } },
    },
    async ({ body }) => jobs.preview(body.targets),
  )
  app.post(
    path,
    { config: operator('StartShadowJob'), schema: { body: ShadowJobRequest, response: { 202: ShadowJob } } },
    async (request, reply) => {
      checkValue(request.body)
      if (request.body.dryRun) request.noteAudit({ action: 'DryRunShadowJob' })
      const job = await jobs.start(request.body, starterOf(request))
      request.noteAudit(noteOf(job))
      return reply.code(202).send(job)
    },
  )
  app.get(path, { config: viewer, schema: { response: { 200: ShadowJobList } } }, async () => ({
    jobs: await jobs.list(),
  }))
  app.get(
    `${path}/:jobId`,
    { config: viewer, schema: { params, response: { 200: ShadowJob } } },
    async ({ params: { jobId } }) => found(await jobs.find(jobId), jobId),
  )
  app.get(
    `${path}/:jobId/results`,
    {
      config: viewer,
      schema: {
        params,
        querystring: Type.Object({
          outcome: Type.Optional(ShadowJobOutcome),
          offset: Type.Integer({ minimum: 0, default: 0 }),
          limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
        }),
        response: { 200: ShadowJobResults },
      },
    },
    async ({ params: { jobId }, query }) => found(await jobs.results(jobId, query), jobId),
  )
  app.post(
    `${path}/:jobId/cancel`,
    { config: operator('CancelShadowJob'), schema: { params, response: { 200: ShadowJob } } },
    async (request) => {
      const { jobId } = request.params
      request.noteAudit({ resource: jobId, jobId })
      return found(await jobs.cancel(jobId), jobId)
    },
  )
  app.post(
    `${path}/:jobId/retry`,
    { config: operator('RetryShadowJob'), schema: { params, response: { 202: ShadowJob } } },
    async (request, reply) => {
      const { jobId } = request.params
      request.noteAudit({ resource: jobId, jobId })
      const job = found(await jobs.retry(jobId, starterOf(request)), jobId)
      request.noteAudit(noteOf(job))
      return reply.code(202).send(job)
    },
  )
}

const starterOf = (request: FastifyRequest): JobStarter => ({ person: personOf(request), requestId: request.id })

/** What a job is to change wherever it goes. */
const changeOf = ({ path, valueText }: ShadowJobRequest): AuditChange => ({
  path: formatPath(['desired', ...path]),
  ...(valueText !== undefined && { afterText: valueText }),
})

const noteOf = ({ jobId, request }: ShadowJob): AuditNote => ({
  resource: jobId,
  jobId,
  ...(request.shadowName !== undefined && { shadowName: request.shadowName }),
  // What was there before is in each thing's own entry.
  ...(!request.dryRun && { changes: [changeOf(request)], isBeforeUnknown: true as const }),
})

/** One thing of a job. It writes with the version that it read: what it read is what was there. */
function entryOf(
  { jobId, starter: { person, requestId }, request, result }: ShadowJobWrite,
  arns: Arns,
): NewAuditEntry {
  const { thingName, outcome, beforeText, version, code, message } = result
  const { shadowName } = request
  return {
    person: { id: person.id, name: person.name, role: person.role },
    requestId,
    action: 'UpdateThingShadow',
    resource: arns.shadow(thingName, shadowName),
    thingName,
    ...(shadowName !== undefined && { shadowName }),
    outcome: outcome === 'failed' ? { code: code ?? 'Error', ...(message !== undefined && { message }) } : {},
    changes: [{ ...changeOf(request), ...(beforeText !== undefined && { beforeText }) }],
    ...(outcome === 'failed' && { isBeforeUnknown: true as const }),
    ...(version !== undefined && { version }),
    jobId,
  }
}

/** What AWS would refuse on every thing is refused once, before anything is sent. */
function checkValue({ path, valueText }: ShadowJobRequest): void {
  if (valueText === undefined) return
  try {
    const keys = path.map((key) => `{${JSON.stringify(key)}:`).join('')
    checkUpdateRequest(parseJson(`{"state":{"desired":${keys}${valueText}${'}'.repeat(path.length)}}}`))
    parseJson(valueText)
  } catch (error) {
    if (error instanceof JsonParseError || error instanceof ShadowError) throw new Problem('BAD_REQUEST', error.message)
    throw error
  }
}
