import { useQuery } from '@tanstack/react-query'
import { type RulePayload, ruleActionName } from '@thingdeck/contract'
import { useMemo } from 'react'
import { metricDataQuery } from '../../../shared/metrics/metric-queries.ts'
import { metricRange } from '../../../shared/metrics/metric-range.ts'
import { labelsOf } from '../../../shared/rule-failures/action-labels.ts'
import { useNow } from '../../../shared/time.tsx'
import { rangeOf, type TimeRange } from '../../../shared/time-range.ts'
import { USUAL_SPAN } from './api.ts'
import { countedOf, ruleQueries } from './rule-metrics.ts'
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
  const queries = useMemo(() => ruleQueries(ruleName, labels === '' ? [] : labels.split(' ')), [ruleName, labels])
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
