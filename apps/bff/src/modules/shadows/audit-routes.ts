import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ShadowWriteReport } from '@thingdeck/contract'
import type { Arns } from '../../aws/arns.ts'
import { personOf } from '../../plugins/access.ts'
import { auditedBy } from '../../plugins/audit/audit.ts'
import type { AuditTrail } from '../../plugins/audit/audit-trail.ts'

/**
 * Shadow writes that went over the operator's own MQTT session come into the audit trail by the page's report: the
 * least bad of what there is (decision 0010). AWS's own trail of them is CloudWatch Logs of AWS IoT, by client id.
 */
export const shadowAuditRoutes: FastifyPluginAsyncTypebox<{ trail: AuditTrail; arns: Arns }> = async (
  app,
  { trail, arns },
) => {
  app.post(
    '/api/audit/shadow-writes',
    { config: { access: 'operator', audit: false }, schema: { body: ShadowWriteReport } },
    async (request, reply) => {
      const { operation, thingName, shadowName, clientToken, beforeVersion, version, changes } = request.body
      await trail.record({
        ...auditedBy(personOf(request), request),
        action: operation === 'update' ? 'UpdateThingShadow' : 'DeleteThingShadow',
        resource: arns.shadow({ thingName, ...(shadowName !== undefined && { shadowName }) }),
        changes,
        ...(clientToken !== undefined && { clientToken }),
        ...(beforeVersion !== undefined && { beforeVersion }),
        ...(version !== undefined && { version }),
        // The page reports what the service took.
        outcome: { status: 200 },
        reportedByPage: true,
      })
      return reply.code(204).send()
    },
  )
}
