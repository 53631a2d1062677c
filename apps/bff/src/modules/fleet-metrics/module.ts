import { endpoints } from '@thingdeck/contract'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { aggregate, fleetFields } from './aggregations.ts'
import { createFleetMetrics } from './fleet-metrics.ts'

const resource = (id: string, arn?: string) => ({ type: 'fleet-metric', id, ...(arn !== undefined && { arn }) })

/** Metrics that AWS IoT computes of the fleet index and emits to CloudWatch. */
export const fleetMetrics: Module = {
  name: 'fleet-metrics',
  routes(app, { aws: { iot } }) {
    const metrics = createFleetMetrics(iot)

    route(app, endpoints.listFleetMetrics, async ({ query }) => metrics.list(query))
    route(app, endpoints.describeFleetMetric, async ({ params }) => metrics.describe(params.metricName))

    route(app, endpoints.createFleetMetric, async (request) => {
      request.noteAudit({ resource: resource(request.body.metricName) })
      const made = await metrics.create(request.body)
      request.noteAudit({ resource: resource(made.metricName, made.metricArn), changes: changedMembers({}, made) })
      return made
    })

    route(app, endpoints.updateFleetMetric, async (request) => {
      const { metricName } = request.params
      request.noteAudit({ resource: resource(metricName) })
      const before = await metrics.describe(metricName)
      const after = await metrics.update(before, request.body)
      const changes = changedMembers(before, after)
      request.noteAudit({ resource: resource(metricName, after.metricArn), changes })
      return after
    })

    route(app, endpoints.deleteFleetMetric, async (request) => {
      const { metricName } = request.params
      request.noteAudit({ resource: resource(metricName) })
      await metrics.delete(metricName, request.query.expectedVersion)
      return undefined
    })

    route(app, endpoints.listFleetFields, async () => fleetFields(iot))
    route(app, endpoints.previewFleetMetric, async ({ query }) => {
      const { aggregation: name, value: values, ...rest } = query
      return aggregate(iot, { ...rest, aggregation: { name, values } })
    })
  },
}
