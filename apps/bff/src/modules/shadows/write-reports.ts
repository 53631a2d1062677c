import { endpoints } from '@thingdeck/contract'
import type { FastifyInstance } from 'fastify'
import type { Arns } from '../../aws/arns.ts'
import { shadowKey } from '../../aws/shadows.ts'
import { personOf } from '../../plugins/access.ts'
import { auditedBy } from '../../plugins/audit/audit.ts'
import type { AuditTrail } from '../../plugins/audit/audit-trail.ts'
import { route } from '../../plugins/route.ts'

interface WriteReportParts {
  readonly trail: AuditTrail
  readonly arns: Arns
}

/**
 * Shadow writes that went over the operator's own MQTT session come into the audit trail by the page's report: the
 * least bad of what there is (decision 0010). AWS's own trail of them is CloudWatch Logs of AWS IoT, by client id.
 */
export function writeReportRoutes(app: FastifyInstance, { trail, arns }: WriteReportParts): void {
  route(app, endpoints.reportShadowWrite, async (request) => {
    const { operation, thingName, shadowName, clientToken, beforeVersion, version, changes } = request.body
    await trail.record({
      ...auditedBy(personOf(request), request),
      action: operation === 'update' ? 'UpdateThingShadow' : 'DeleteThingShadow',
      resource: arns.shadow(shadowKey(thingName, shadowName)),
      changes,
      ...(clientToken !== undefined && { clientToken }),
      ...(beforeVersion !== undefined && { beforeVersion }),
      ...(version !== undefined && { version }),
      // The page reports what the service took.
      outcome: { status: 200 },
      reportedByPage: true,
    })
    return undefined
  })
}
