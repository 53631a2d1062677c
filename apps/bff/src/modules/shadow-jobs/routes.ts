import { randomUUID } from 'node:crypto'
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import {
  ShadowJob,
  ShadowJobList,
  ShadowJobOutcome,
  ShadowJobPreview,
  ShadowJobRequest,
  ShadowJobResults,
  ShadowJobTargets,
} from '@thingdeck/contract'
import { JsonParseError, parseJson } from '@thingdeck/json'
import { checkUpdateRequest, ShadowError } from '@thingdeck/shadows'
import { personOf } from '../../plugins/access.ts'
import { Problem } from '../../problem.ts'
import type { Shadows } from '../shadows/shadows.ts'
import type { Things } from '../things/things.ts'
import { SYSTEM_CLOCK } from './pace.ts'
import { ShadowJobs } from './shadow-jobs.ts'

interface ShadowJobRoutesOptions {
  readonly things: Pick<Things, 'list' | 'listInGroup'>
  readonly shadows: Pick<Shadows, 'get' | 'update'>
}

/** Changes of one key of `desired` on many things: previewed, run, followed, cancelled, repeated. */
export const shadowJobRoutes: FastifyPluginAsyncTypebox<ShadowJobRoutesOptions> = async (app, { things, shadows }) => {
  const jobs = new ShadowJobs({
    things,
    shadows,
    clock: SYSTEM_CLOCK,
    newId: randomUUID,
    onWrite: ({ jobId, startedBy, request, result }) =>
      app.log.info(
        {
          audit: true,
          person: startedBy,
          job: jobId,
          thing: result.thingName,
          shadow: request.shadowName,
          path: request.path,
          before: result.beforeText,
          after: request.valueText,
          version: result.version,
        },
        'shadow job write',
      ),
  })
  const params = Type.Object({ jobId: Type.String({ maxLength: 64 }) })
  const operator = { access: 'operator' } as const
  const viewer = { access: 'viewer' } as const
  const path = '/api/shadow-jobs'

  const found = <Value>(value: Value | undefined, jobId: string): Value => {
    if (value === undefined) throw new Problem('NOT_FOUND', `No such job runs here, or nothing is left to do: ${jobId}`)
    return value
  }

  app.post(
    `${path}/preview`,
    {
      config: operator,
      schema: { body: Type.Object({ targets: ShadowJobTargets }), response: { 200: ShadowJobPreview } },
    },
    async ({ body }) => jobs.preview(body.targets),
  )
  app.post(
    path,
    { config: operator, schema: { body: ShadowJobRequest, response: { 202: ShadowJob } } },
    async (request, reply) => {
      checkValue(request.body)
      return reply.code(202).send(jobs.start(request.body, personOf(request).name))
    },
  )
  app.get(path, { config: viewer, schema: { response: { 200: ShadowJobList } } }, async () => ({ jobs: jobs.list() }))
  app.get(
    `${path}/:jobId`,
    { config: viewer, schema: { params, response: { 200: ShadowJob } } },
    async ({ params: { jobId } }) => found(jobs.find(jobId), jobId),
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
    async ({ params: { jobId }, query }) => found(jobs.results(jobId, query), jobId),
  )
  app.post(
    `${path}/:jobId/cancel`,
    { config: operator, schema: { params, response: { 200: ShadowJob } } },
    async ({ params: { jobId } }) => found(jobs.cancel(jobId), jobId),
  )
  app.post(
    `${path}/:jobId/retry`,
    { config: operator, schema: { params, response: { 202: ShadowJob } } },
    async (request, reply) => {
      const { jobId } = request.params
      return reply.code(202).send(found(jobs.retry(jobId, personOf(request).name), jobId))
    },
  )
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
