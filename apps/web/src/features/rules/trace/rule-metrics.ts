import type { MetricData, MetricQuery } from '@thingdeck/contract'
import { metricKey, seriesByMetric } from '../../../shared/metrics/metric-queries.ts'
import type { RuleCounted } from './why-checks.ts'

const ofRule = (
  metricName: string,
  ruleName: string,
  more: readonly [name: string, value: string][] = [],
): MetricQuery => ({
  namespace: 'AWS/IoT',
  metricName,
  dimensions: [{ name: 'RuleName', value: ruleName }, ...more.map(([name, value]) => ({ name, value }))],
  stat: 'Sum',
})

/** What of a rule is counted. @param labels what the log and metrics call its actions */
export const ruleQueries = (ruleName: string, labels: readonly string[]): readonly MetricQuery[] => [
  ...['TopicMatch', 'RulesExecuted', 'ParseError', 'RuleNotFound'].map((name) => ofRule(name, ruleName)),
  ...['Success', 'Failure'].flatMap((name) => labels.map((label) => ofRule(name, ruleName, [['ActionType', label]]))),
  {
    namespace: 'AWS/IoT',
    metricName: 'RuleEvaluation',
    dimensions: [{ name: 'Status', value: 'Throttled' }],
    stat: 'Sum',
  },
]

/** The sums of what was asked for by {@link ruleQueries}. */
export function countedOf(queries: readonly MetricQuery[], data: MetricData): RuleCounted {
  const series = seriesByMetric(queries, data)
  const sum = (metricName: string): number | undefined => {
    const values = queries
      .filter((query) => query.metricName === metricName)
      .flatMap((query) => series.get(metricKey(query))?.values ?? [])
    return values.length === 0 ? undefined : values.reduce((all, value) => all + value, 0)
  }
  return {
    matched: sum('TopicMatch'),
    executed: sum('RulesExecuted'),
    unparsed: sum('ParseError'),
    succeeded: sum('Success'),
    failed: sum('Failure'),
    throttled: sum('RuleEvaluation'),
    notFound: sum('RuleNotFound'),
  }
}
