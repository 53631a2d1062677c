import { useQuery } from '@tanstack/react-query'
import { type MetricQuery, type RulePayload, ruleActionName } from '@thingdeck/contract'
import { useMemo } from 'react'
import { metricDataQuery, metricKey, seriesByMetric } from '../../../shared/metrics/metric-queries.ts'
import { metricRange } from '../../../shared/metrics/metric-range.ts'
import { useNow } from '../../../shared/time.tsx'
import { rangeOf, type TimeRange } from '../../../shared/time-range.ts'
import { labelsOf } from './action-labels.ts'
import { USUAL_SPAN } from './api.ts'
import type { RuleCounted } from './why-checks.ts'

const MINUTE_MS = 60_000

/** What CloudWatch counted of a rule in a range, or why that is not known. */
export function useRuleCounted(
  ruleName: string,
  payload: RulePayload,
  range: TimeRange,
): { readonly counted: RuleCounted | undefined; readonly whyNot: string | undefined } {
  const nowMs = Math.ceil(useNow(MINUTE_MS / 2) / MINUTE_MS) * MINUTE_MS
  const labels = [...new Set(payload.actions.flatMap((action) => labelsOf(ruleActionName(action) ?? '')))].join(' ')
  const { last, from, to } = range
  const queries = useMemo(() => queriesOf(ruleName, labels === '' ? [] : labels.split(' ')), [ruleName, labels])
  const asked = useMemo(() => {
    const { fromMs, toMs } = rangeOf(
      { ...(last && { last }), ...(from && { from }), ...(to && { to }) },
      nowMs,
      USUAL_SPAN,
    )
    return metricRange(fromMs, toMs, nowMs)
  }, [last, from, to, nowMs])
  const { data, error } = useQuery(metricDataQuery(queries, asked))
  const whyNot = error
    ? 'what CloudWatch counted could not be read'
    : data?.outcome === 'not-allowed'
      ? 'the console may not read what CloudWatch counts'
      : data?.outcome === 'not-served'
        ? 'nothing counts here'
        : undefined
  return { counted: data?.outcome === 'read' ? countedOf(queries, data) : undefined, whyNot }
}

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

const queriesOf = (ruleName: string, labels: readonly string[]): readonly MetricQuery[] => [
  ...['TopicMatch', 'RulesExecuted', 'ParseError', 'RuleNotFound'].map((name) => ofRule(name, ruleName)),
  ...['Success', 'Failure'].flatMap((name) => labels.map((label) => ofRule(name, ruleName, [['ActionType', label]]))),
  {
    namespace: 'AWS/IoT',
    metricName: 'RuleEvaluation',
    dimensions: [{ name: 'Status', value: 'Throttled' }],
    stat: 'Sum',
  },
]

function countedOf(queries: readonly MetricQuery[], data: Parameters<typeof seriesByMetric>[1]): RuleCounted {
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
