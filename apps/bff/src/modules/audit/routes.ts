import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { AuditPage, AuditQuery } from '@thingdeck/contract'
import { Problem } from '../../problem.ts'
import { parseEntryId } from '../../stores/audit/audit-query.ts'
import type { AuditStore } from '../../stores/audit/audit-store.ts'

/** The trail, for everyone with a role: a viewer sees everything. Nobody can change it, so there is no other route. */
export const auditRoutes: FastifyPluginAsyncTypebox<{ store: Pick<AuditStore, 'page'> }> = async (app, { store }) => {
  app.get(
    '/api/audit',
    {
      config: { access: 'viewer' },
      schema: {
        querystring: Type.Interface([AuditQuery], {
          cursor: Type.Optional(Type.String({ maxLength: 40 })),
          limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
        }),
        response: { 200: AuditPage },
      },
    },
    async ({ query: { cursor, limit, ...query } }, reply) => {
      if (cursor !== undefined && !parseEntryId(cursor)) {
        throw new Problem('BAD_REQUEST', 'querystring/cursor must be the nextCursor of a page before.')
      }
      reply.header('cache-control', 'no-store')
      return store.page(query, cursor, limit)
    },
  )
}
