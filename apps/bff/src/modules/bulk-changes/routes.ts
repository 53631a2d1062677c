import { randomUUID } from 'node:crypto'
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import {
  type AuditChange,
  BulkChange,
  BulkChangeList,
  BulkChangeOutcome,
  BulkChangePreview,
  BulkChangeRequest,
  BulkChangeResults,
  BulkChangeTargets,
} from '@thingdeck/contract'
import { formatPath, JsonParseError, parseJson } from '@thingdeck/json'
import { checkUpdateRequest, ShadowError } from '@thingdeck/shadows'
import type { FastifyRequest } from 'fastify'
import type { Arns } from '../../aws/arns.ts'
import type { Shadows } from '../../aws/shadows.ts'
import type { Things } from '../../aws/things.ts'
import { personOf } from '../../plugins/access.ts'
import type { AuditNote } from '../../plugins/audit/audit.ts'
import type { AuditTrail } from '../../plugins/audit/audit-trail.ts'
import { Problem } from '../../problem.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import type { BulkChangeRecords } from '../../stores/bulk-change-records.ts'
import { type BulkChangeStarter, BulkChanges, type BulkChangeWrite } from './bulk-changes.ts'
import { SYSTEM_CLOCK } from './pace.ts'

interface BulkChangeRoutesOptions {
  readonly things: Pick<Things, 'list' | 'listInGroup'>
  readonly shadows: Pick<Shadows, 'get' | 'update'>
  readonly arns: Arns
  readonly trail: AuditTrail
  /** Where consoles share what they know of bulk changes; undefined: they do not. */
  readonly records: BulkChangeRecords | undefined
}

/** Changes of one key of `desired` on many things: previewed, run, followed, cancelled, repeated. */
export const bulkChangeRoutes: FastifyPluginAsyncTypebox<BulkChangeRoutesOptions> = async (app, options) => {
  const { things, shadows, arns, trail, records } = options
  const bulkChanges = new BulkChanges({
    things,
    shadows,
    clock: SYSTEM_CLOCK,
    newId: randomUUID,
    onWrite: (write) => trail.record(entryOf(write, arns)),
    records,
    onUnsaved: (error, bulkChangeId) =>
      app.log.error({ err: error, bulkChangeId }, 'the state of a bulk change could not be saved'),
  })
  app.addHook('onClose', () => bulkChanges.close())
  const params = Type.Object({ bulkChangeId: Type.String({ maxLength: 64 }) })
  const operator = (audit: string | false) => ({ access: 'operator', audit }) as const
  const viewer = { access: 'viewer' } as const
  const path = '/api/bulk-changes'

  const found = <Value>(value: Value | undefined, bulkChangeId: string): Value => {
    if (value === undefined)
      throw new Problem('NOT_FOUND', `No such bulk change runs here, or nothing is left to do: ${bulkChangeId}`)
    return value
  }

  app.post(
    `${path}/preview`,
    {
      config: operator(false),
      schema: { body: Type.Object({ targets: BulkChangeTargets }), response: { 200: BulkChangePreview } },
    },
    async ({ body }) => bulkChanges.preview(body.targets),
  )
  app.post(
    path,
    { config: operator('StartBulkChange'), schema: { body: BulkChangeRequest, response: { 202: BulkChange } } },
    async (request, reply) => {
      checkValue(request.body)
      if (request.body.dryRun) request.noteAudit({ action: 'DryRunBulkChange' })
      const bulkChange = await bulkChanges.start(request.body, starterOf(request))
      request.noteAudit(noteOf(bulkChange))
      return reply.code(202).send(bulkChange)
    },
  )
  app.get(path, { config: viewer, schema: { response: { 200: BulkChangeList } } }, async () => ({
    bulkChanges: await bulkChanges.list(),
  }))
  app.get(
    `${path}/:bulkChangeId`,
    { config: viewer, schema: { params, response: { 200: BulkChange } } },
    async ({ params: { bulkChangeId } }) => found(await bulkChanges.find(bulkChangeId), bulkChangeId),
  )
  app.get(
    `${path}/:bulkChangeId/results`,
    {
      config: viewer,
      schema: {
        params,
        querystring: Type.Object({
          outcome: Type.Optional(BulkChangeOutcome),
          offset: Type.Integer({ minimum: 0, default: 0 }),
          limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
        }),
        response: { 200: BulkChangeResults },
      },
    },
    async ({ params: { bulkChangeId }, query }) => found(await bulkChanges.results(bulkChangeId, query), bulkChangeId),
  )
  app.post(
    `${path}/:bulkChangeId/cancel`,
    { config: operator('CancelBulkChange'), schema: { params, response: { 200: BulkChange } } },
    async (request) => {
      const { bulkChangeId } = request.params
      request.noteAudit(nameOf(bulkChangeId))
      return found(await bulkChanges.cancel(bulkChangeId), bulkChangeId)
    },
  )
  app.post(
    `${path}/:bulkChangeId/retry`,
    { config: operator('RetryBulkChange'), schema: { params, response: { 202: BulkChange } } },
    async (request, reply) => {
      const { bulkChangeId } = request.params
      request.noteAudit(nameOf(bulkChangeId))
      const bulkChange = found(await bulkChanges.retry(bulkChangeId, starterOf(request)), bulkChangeId)
      request.noteAudit(noteOf(bulkChange))
      return reply.code(202).send(bulkChange)
    },
  )
}

const starterOf = (request: FastifyRequest): BulkChangeStarter => ({ person: personOf(request), requestId: request.id })

/** What a bulk change is to change wherever it goes. */
const changeOf = ({ path, valueText }: BulkChangeRequest): AuditChange => ({
  path: formatPath(['desired', ...path]),
  ...(valueText !== undefined && { afterText: valueText }),
})

const nameOf = (bulkChangeId: string) => ({ resource: { type: 'bulk-change', id: bulkChangeId }, bulkChangeId })

const noteOf = ({ bulkChangeId, request }: BulkChange): AuditNote => ({
  ...nameOf(bulkChangeId),
  // What was there before is in each thing's own entry.
  ...(!request.dryRun && { changes: [changeOf(request)], isBeforeUnknown: true as const }),
})

/** One thing of a bulk change. It writes with the version that it read: what it read is what was there. */
function entryOf(
  { bulkChangeId, starter: { person, requestId }, request, result }: BulkChangeWrite,
  arns: Arns,
): NewAuditEntry {
  const { thingName, outcome, beforeText, version, code, message } = result
  const { shadowName } = request
  return {
    person: { id: person.id, name: person.name, role: person.role },
    requestId,
    action: 'UpdateThingShadow',
    resource: arns.shadow({ thingName, ...(shadowName !== undefined && { shadowName }) }),
    outcome: outcome === 'failed' ? { code: code ?? 'Error', ...(message !== undefined && { message }) } : {},
    changes: [{ ...changeOf(request), ...(beforeText !== undefined && { beforeText }) }],
    ...(outcome === 'failed' && { isBeforeUnknown: true as const }),
    ...(version !== undefined && { version }),
    bulkChangeId,
  }
}

/** What AWS would refuse on every thing is refused once, before anything is sent. */
function checkValue({ path, valueText }: BulkChangeRequest): void {
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
