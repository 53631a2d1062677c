import { endpoints, finestPeriodSeconds, METRICS_KEPT_DAYS, MOST_METRIC_POINTS } from '@thingdeck/contract'
import type { MetricRange } from '../../aws/cloudwatch/metric-data.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'

/** What CloudWatch counts of AWS IoT, and the alarms that watch it. */
export const metrics: Module = {
  name: 'metrics',
  routes(app, { aws: { cloudWatch } }) {
    route(app, endpoints.readMetrics, async ({ body: { queries, start, end, periodSeconds }, signal }) => {
      const range = { startMs: Date.parse(start), endMs: Date.parse(end), periodSeconds }
      checkRange(range, SYSTEM_CLOCK.nowMs())
      return cloudWatch.data(queries, range, signal)
    })
    route(app, endpoints.listMetrics, async ({ query: { namespace }, signal }) => cloudWatch.metrics(namespace, signal))
    route(app, endpoints.listAlarms, async ({ signal }) => cloudWatch.alarms(signal))
  },
}

/** @throws {Problem} for a range that CloudWatch would answer with nothing, or with more than anybody looks at */
function checkRange({ startMs, endMs, periodSeconds }: MetricRange, nowMs: number): void {
  if (startMs >= endMs) throw new Problem('BAD_REQUEST', 'body/start must be before body/end')
  const points = (endMs - startMs) / 1_000 / periodSeconds
  if (points > MOST_METRIC_POINTS) {
    throw new Problem(
      'BAD_REQUEST',
      `That would be ${Math.ceil(points)} points of each series, and at most ${MOST_METRIC_POINTS} are read: ask for a shorter span or a longer period.`,
    )
  }
  const finest = finestPeriodSeconds(nowMs - startMs)
  if (periodSeconds < finest || periodSeconds % finest !== 0) {
    throw new Problem(
      'BAD_REQUEST',
      `CloudWatch keeps points of ${start(startMs)} by ${finest} s only, and none for more than ${METRICS_KEPT_DAYS} days: ask for a period that is a multiple of that.`,
    )
  }
}

const start = (ms: number): string => new Date(ms).toISOString()
