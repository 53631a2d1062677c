import { useQuery } from '@tanstack/react-query'
import type { Metric, MetricData, MetricQuery } from '@thingdeck/contract'
import { useMemo } from 'react'
import { metricDataQuery, metricKey, metricListQuery, seriesByMetric } from '../../shared/metrics/metric-queries.ts'
import { type MetricRange, periodsOf, settledPeriods } from '../../shared/metrics/metric-range.ts'
import { countsOf, totalOf, valuesAt } from '../../shared/metrics/series-values.ts'
import { useNow } from '../../shared/time.tsx'

/** What a list shows of a rule's traffic: so long, in so many parts. */
export const COUNTED_HOURS = 3
const PERIOD_SECONDS = 300
const LOOK_EVERY_MS = 60_000

const NO_METRICS: readonly Metric[] = []

/** How often a rule's messages came, and its actions failed, part by part; `null` where nothing is known. */
export interface RuleCounts {
  readonly matches: readonly (number | null)[]
  readonly failures: readonly (number | null)[]
  /** Undefined: CloudWatch has no point of it. */
  readonly matched: number | undefined
  readonly failed: number | undefined
}

export interface RuleCountsAnswer {
  readonly byRule: ReadonlyMap<string, RuleCounts>
  readonly isPending: boolean
  /** Why nothing is known, in a few words. */
  readonly whyNot: string | undefined
}

/**
 * What CloudWatch counted of these rules in the last hours, in one request. Failures are counted by rule and kind of
 * action, and AWS names no kinds beforehand: those are read that CloudWatch lists.
 * @see AWS IoT developer guide, "AWS IoT metrics and dimensions", rule metrics
 */
export function useRuleCounts(ruleNames: readonly string[]): RuleCountsAnswer {
  const nowMs = useNow(LOOK_EVERY_MS)
  const list = useQuery(metricListQuery('AWS/IoT'))
  const listed = list.data?.metrics ?? NO_METRICS
  const names = ruleNames.join(' ')
  const wanted = useMemo(() => queriesOf(names === '' ? [] : names.split(' '), listed), [names, listed])
  const queries = useMemo(() => wanted.map(({ query }) => query), [wanted])
  const range = rangeUpTo(nowMs)
  const data = useQuery({ ...metricDataQuery(queries, range), enabled: !list.isPending })
  const byRule = useMemo(() => countsByRule(wanted, data.data, rangeUpTo(nowMs), nowMs), [wanted, data.data, nowMs])
  return {
    byRule,
    isPending: list.isPending || data.isPending,
    whyNot: whyNotOf(data.error ?? list.error, data.data?.outcome ?? list.data?.outcome),
  }
}

function whyNotOf(error: Error | null, outcome: MetricData['outcome'] | undefined): string | undefined {
  if (error) return 'not read'
  if (outcome === 'not-allowed') return 'may not be read'
  return outcome === 'not-served' ? 'nothing counts here' : undefined
}

function rangeUpTo(nowMs: number): MetricRange {
  const periodMs = PERIOD_SECONDS * 1_000
  const endMs = Math.ceil(nowMs / periodMs) * periodMs
  return { startMs: endMs - COUNTED_HOURS * 3_600_000, endMs, periodSeconds: PERIOD_SECONDS }
}

interface Wanted {
  readonly ruleName: string
  readonly query: MetricQuery
  readonly isFailure: boolean
}

function queriesOf(ruleNames: readonly string[], listed: readonly Metric[]): readonly Wanted[] {
  const known = new Set(ruleNames)
  const ruleOf = ({ dimensions }: Metric) => dimensions.find(({ name }) => name === 'RuleName')?.value ?? ''
  return [
    ...ruleNames.map((ruleName) => ({
      ruleName,
      isFailure: false,
      query: {
        namespace: 'AWS/IoT' as const,
        metricName: 'TopicMatch',
        dimensions: [{ name: 'RuleName', value: ruleName }],
        stat: 'Sum' as const,
      },
    })),
    ...listed
      .filter((metric) => metric.metricName === 'Failure' && known.has(ruleOf(metric)))
      .map((metric) => ({ ruleName: ruleOf(metric), isFailure: true, query: { ...metric, stat: 'Sum' as const } })),
  ]
}

function countsByRule(
  wanted: readonly Wanted[],
  data: MetricData | undefined,
  range: MetricRange,
  nowMs: number,
): ReadonlyMap<string, RuleCounts> {
  const queries = wanted.map(({ query }) => query)
  const series = seriesByMetric(queries, data)
  const at = periodsOf(range)
  const settled = settledPeriods(range, nowMs)
  const counts = new Map<string, RuleCounts>()
  for (const ruleName of new Set(wanted.map((each) => each.ruleName))) {
    const sumOf = (isFailure: boolean) =>
      wanted
        .filter((each) => each.ruleName === ruleName && each.isFailure === isFailure)
        .map(({ query }) => valuesAt(series.get(metricKey(query)), at))
        .reduce(
          added,
          at.map(() => null),
        )
    const [matches, failures] = [sumOf(false), sumOf(true)]
    // What is behind a part without a point has one: nothing more comes of that part.
    const known = (values: readonly (number | null)[]) =>
      countsOf(
        values,
        Math.max(
          settled,
          values.findLastIndex((value) => value !== null),
        ),
      )
    counts.set(ruleName, {
      matches: known(matches),
      failures: known(failures),
      matched: totalOf(matches),
      failed: totalOf(failures),
    })
  }
  return counts
}

const added = (one: readonly (number | null)[], other: readonly (number | null)[]): (number | null)[] =>
  one.map((value, index) => {
    const another = other[index] ?? null
    return value === null && another === null ? null : (value ?? 0) + (another ?? 0)
  })
