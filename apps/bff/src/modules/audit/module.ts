import { endpoints } from '@thingdeck/contract'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import { parseEntryId } from '../../stores/audit/audit-query.ts'
import { verify } from '../../stores/audit/chain.ts'
import type { Module } from '../module.ts'

const PAGE_ENTRIES = 50

/** The trail, for everyone with a role. */
export const audit: Module = {
  name: 'audit',
  routes(app, { stores }) {
    route(app, endpoints.listAuditEntries, async ({ query: { cursor, limit = PAGE_ENTRIES, ...query } }, reply) => {
      if (cursor !== undefined && !parseEntryId(cursor)) {
        throw new Problem('BAD_REQUEST', 'querystring/cursor must be the nextCursor of a page before.')
      }
      reply.header('cache-control', 'no-store')
      return stores.audit.page(query, cursor, limit)
    })

    route(app, endpoints.verifyAuditTrail, async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      return verify(stores.audit.stored(), await stores.audit.heads())
    })
  },
}
