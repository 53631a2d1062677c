import { randomUUID } from 'node:crypto'
import { BULK_CHANGE_KINDS, type BulkChange, type BulkChangeKind, endpoints } from '@thingdeck/contract'
import type { FastifyRequest } from 'fastify'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { personOf } from '../../plugins/access.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import { mayAct } from '../../roles.ts'
import type { NewAuditEntry } from '../../stores/audit/audit-store.ts'
import type { Module } from '../module.ts'
import { BulkChanges } from './bulk-changes.ts'
import { BulkChangeEngine } from './engine/bulk-change-engine.ts'
import type { LineWrite } from './engine/bulk-change-run.ts'
import { BulkChangeStore } from './engine/bulk-change-store.ts'
import type { BulkChangeStarter } from './engine/kept-bulk-change.ts'
import { isInTrail } from './in-trail.ts'
import { createKinds, type Kinds } from './kinds/kinds.ts'
import { namesOf, previewOf } from './targets.ts'

const PAGE_RESULTS = 100

/** One change of many things: counted, tried dry, done in AWS's rates, followed, paused, repeated, undone. */
export const bulkChanges: Module = {
  name: 'bulk changes',
  routes(app, { aws, stores, trail }) {
    const store = new BulkChangeStore(stores.bulkChanges)
    const kinds = createKinds(aws)
    const engine = new BulkChangeEngine({
      store,
      clock: SYSTEM_CLOCK,
      id: randomUUID(),
      kindOf: kinds.of,
      find: (targets) => namesOf(aws, targets),
      onWrite: async (write) => {
        for (const entry of entriesOf(write, kinds)) {
          const isNoted = write.isFoundDone && (await isInTrail(stores.audit, entry, write.kept.bulkChange.startedAt))
          if (!isNoted) await trail.record(entry)
        }
      },
      onError: (error, bulkChangeId) => app.log.error({ err: error, bulkChangeId }, 'a bulk change could not go on'),
    })
    const all = new BulkChanges({ store, engine, kinds, clock: SYSTEM_CLOCK, newId: randomUUID })
    app.addHook('onClose', () => engine.close())

    route(app, endpoints.previewBulkChange, async ({ body }) => previewOf(aws, body.targets))

    route(app, endpoints.startBulkChange, async (request) => {
      const { change, dryRun } = request.body
      if (dryRun) request.auditAs({ action: 'DryRunBulkChange' })
      checkRole(request, change.kind)
      return noted(request, await all.start(request.body, starterOf(request)))
    })

    route(app, endpoints.listBulkChanges, async () => all.list())
    route(app, endpoints.describeBulkChange, async ({ params }) => all.find(params.bulkChangeId))

    route(
      app,
      endpoints.listBulkChangeResults,
      async ({ params, query: { outcome, offset = 0, limit = PAGE_RESULTS } }) =>
        all.results(params.bulkChangeId, { outcome, offset, limit }),
    )

    route(app, endpoints.listBulkChangeCertificates, async ({ params, query: { offset = 0, limit = PAGE_RESULTS } }) =>
      all.certificates(params.bulkChangeId, offset, limit),
    )

    route(app, endpoints.pauseBulkChange, async (request) => {
      request.noteAudit(nameOf(request.params.bulkChangeId))
      return all.pause(request.params.bulkChangeId)
    })

    route(app, endpoints.cancelBulkChange, async (request) => {
      request.noteAudit(nameOf(request.params.bulkChangeId))
      return all.cancel(request.params.bulkChangeId)
    })

    const inRole = async (request: FastifyRequest, bulkChangeId: string) => {
      request.noteAudit(nameOf(bulkChangeId))
      checkRole(request, (await all.find(bulkChangeId)).request.change.kind)
      return bulkChangeId
    }

    route(app, endpoints.resumeBulkChange, async (request) =>
      all.resume(await inRole(request, request.params.bulkChangeId)),
    )

    route(app, endpoints.retryBulkChange, async (request) =>
      all.retry(await inRole(request, request.params.bulkChangeId)),
    )

    route(app, endpoints.applyBulkChange, async (request) => {
      const bulkChangeId = await inRole(request, request.params.bulkChangeId)
      return noted(request, await all.apply(bulkChangeId, starterOf(request)))
    })

    route(app, endpoints.undoBulkChange, async (request) => {
      const { dryRun } = request.body
      if (dryRun) request.auditAs({ action: 'DryRunBulkChange' })
      const bulkChangeId = await inRole(request, request.params.bulkChangeId)
      return noted(request, await all.undo(bulkChangeId, dryRun, starterOf(request)))
    })
  },
}

/** @throws {Problem} ROLE_REQUIRED where the kind needs more than its endpoint */
function checkRole(request: FastifyRequest, kind: BulkChangeKind): void {
  const { name, role } = personOf(request)
  const needed = BULK_CHANGE_KINDS[kind].role
  if (!mayAct(role, needed))
    throw new Problem('ROLE_REQUIRED', `A bulk change of this kind needs the role ${needed}; ${name} is ${role}.`)
}

const starterOf = (request: FastifyRequest): BulkChangeStarter => ({ person: personOf(request), requestId: request.id })

const nameOf = (bulkChangeId: string) => ({ resource: { type: 'bulk-change', id: bulkChangeId }, bulkChangeId })

function noted(request: FastifyRequest, begun: BulkChange): BulkChange {
  const { bulkChangeId, request: asked, undoOf } = begun
  request.noteAudit({
    ...nameOf(bulkChangeId),
    // What was there before is in each target's own entry; what an undo puts back, too.
    ...(!asked.dryRun &&
      undoOf === undefined && {
        changes: [{ path: '$.change', afterText: JSON.stringify(asked.change) }],
        isBeforeUnknown: true as const,
      }),
  })
  return begun
}

/** One target of a bulk change. It writes with the version that it read: what it read is what was there. */
function entriesOf({ kept, change, line }: LineWrite, kinds: Kinds): NewAuditEntry[] {
  const { bulkChange, starter } = kept
  const { id, name, role } = starter.person
  const { code, message } = line
  const isFailed = line.outcome === 'failed'
  return kinds
    .of(change)
    .written(line.target, change, line.changes ?? [])
    .map(({ action, resource, changes }) => ({
      person: { id, name, role },
      requestId: starter.requestId,
      action,
      resource,
      outcome: isFailed ? { code: code ?? 'Error', ...(message !== undefined && { message }) } : {},
      changes: [...changes],
      ...(isFailed && { isBeforeUnknown: true as const }),
      ...(line.version !== undefined && { version: line.version }),
      bulkChangeId: bulkChange.bulkChangeId,
    }))
}
