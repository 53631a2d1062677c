import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ShadowWriteReport } from '@thingdeck/contract'
import { personOf } from '../../plugins/access.ts'

/**
 * Shadow writes that went over the operator's own MQTT session come into the audit trail by the page's report: the
 * least bad of what there is (decision 0010). AWS's own trail of them is CloudWatch Logs of AWS IoT, by client id.
 */
export const shadowAuditRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/api/audit/shadow-writes',
    { config: { access: 'operator' }, schema: { body: ShadowWriteReport } },
    async (request, reply) => {
      const person = personOf(request)
      const { thingName, shadowName, operation, version, clientToken, changes } = request.body
      request.log.info(
        {
          audit: true,
          reportedByPage: true,
          person: person.id,
          role: person.role,
          thing: thingName,
          shadow: shadowName,
          operation,
          version,
          clientToken,
          changes,
        },
        'shadow write',
      )
      return reply.code(204).send()
    },
  )
}
