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
    route(app, endpoints.listAuditEntries, async (request) => {
      const { cursor, limit = PAGE_ENTRIES, ...query } = request.query
      if (cursor !== undefined && !parseEntryId(cursor)) {
        throw new Problem('BAD_REQUEST', 'querystring/cursor must be the nextCursor of a page before.')
      }
      const page = await stores.audit.page(query, cursor, limit)
      if (page.unreadable !== undefined) {
        request.log.warn(
          { unreadable: page.unreadable },
          'what is stored in the audit trail and is no entry was left out',
        )
      }
      return page
    })

    route(app, endpoints.verifyAuditTrail, async () => {
      return verify(stores.audit.stored(), await stores.audit.heads())
    })
  },
}
