import { randomUUID } from 'node:crypto'
import { type AuditChange, type BulkChange, type BulkChangeRequest, endpoints } from '@thingdeck/contract'
import { formatPath, JsonParseError, parseJson } from '@thingdeck/json'
import { checkUpdateRequest, ShadowError } from '@thingdeck/shadows'
import type { FastifyRequest } from 'fastify'
import type { Arns } from '../../aws/arns.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { personOf } from '../../plugins/access.ts'
import type { AuditNote } from '../../plugins/audit/audit.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import type { Module } from '../module.ts'
import { type BulkChangeStarter, BulkChanges, type BulkChangeWrite } from './bulk-changes.ts'

const PAGE_RESULTS = 100

/** Changes of one key of `desired` on many things: previewed, run, followed, cancelled, repeated. */
export const bulkChanges: Module = {
  name: 'bulk changes',
  routes(app, { aws: { things, shadows, arns }, stores, trail }) {
    const all = new BulkChanges({
      things,
      shadows,
      clock: SYSTEM_CLOCK,
      newId: randomUUID,
      onWrite: (write) => trail.record(entryOf(write, arns)),
      records: stores.bulkChanges,
      onUnsaved: (error, bulkChangeId) =>
        app.log.error({ err: error, bulkChangeId }, 'the state of a bulk change could not be saved'),
    })
    app.addHook('onClose', () => all.close())

    route(app, endpoints.previewBulkChange, async ({ body }) => all.preview(body.targets))

    route(app, endpoints.startBulkChange, async (request) => {
      checkValue(request.body)
      if (request.body.dryRun) request.auditAs({ action: 'DryRunBulkChange' })
      const begun = await all.start(request.body, starterOf(request))
      request.noteAudit(noteOf(begun))
      return begun
    })

    route(app, endpoints.listBulkChanges, async () => ({ bulkChanges: await all.list() }))

    route(app, endpoints.describeBulkChange, async ({ params: { bulkChangeId } }) =>
      found(await all.find(bulkChangeId), bulkChangeId),
    )

    route(app, endpoints.listBulkChangeResults, async ({ params: { bulkChangeId }, query }) => {
      const { outcome, offset = 0, limit = PAGE_RESULTS } = query
      return found(await all.results(bulkChangeId, { outcome, offset, limit }), bulkChangeId)
    })

    route(app, endpoints.cancelBulkChange, async (request) => {
      const { bulkChangeId } = request.params
      request.noteAudit(nameOf(bulkChangeId))
      return found(await all.cancel(bulkChangeId), bulkChangeId)
    })

    route(app, endpoints.applyBulkChange, async (request) => {
      const { bulkChangeId } = request.params
      request.noteAudit(nameOf(bulkChangeId))
      const begun = found(await all.apply(bulkChangeId, starterOf(request)), bulkChangeId)
      request.noteAudit(noteOf(begun))
      return begun
    })

    route(app, endpoints.retryBulkChange, async (request) => {
      const { bulkChangeId } = request.params
      request.noteAudit(nameOf(bulkChangeId))
      const begun = found(await all.retry(bulkChangeId, starterOf(request)), bulkChangeId)
      request.noteAudit(noteOf(begun))
      return begun
    })
  },
}

function found<Value>(value: Value | undefined, bulkChangeId: string): Value {
  if (value === undefined)
    throw new Problem('NOT_FOUND', `No such bulk change runs here, or nothing is left to do: ${bulkChangeId}`)
  return value
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
