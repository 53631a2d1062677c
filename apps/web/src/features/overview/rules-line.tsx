import Link from '@cloudscape-design/components/link'
import type { UseQueryResult } from '@tanstack/react-query'
import type { Metric, RulesOverview } from '@thingdeck/contract'
import { formatCount } from '../../shared/format.ts'
import { totalOf } from '../../shared/metrics/series-values.ts'
import { paths } from '../../shared/paths.ts'
import { VisibleText } from '../../shared/text/visible.tsx'
import { failedLine, unknownLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import type { LastHour } from './use-last-hour.ts'
import { Count, Parts } from './words.tsx'

const HEAD = { id: 'rules', title: 'Rules' } as const
const MOST_NAMES = 3
const list = paths.metrics({ subject: 'rules' })

/** Metrics that count what rules failed to do. */
export const isFailureOfRule = ({ metricName, dimensions }: Metric): boolean =>
  ['Failure', 'ErrorActionFailure', 'ParseError'].includes(metricName) &&
  dimensions.some(({ name }) => name === 'RuleName')

/**
 * Rules that fail; undefined where the server has no rules, or until it is known.
 * @param failures metrics that count failures of rules
 */
export function rulesLine(
  query: UseQueryResult<RulesOverview>,
  failures: readonly Metric[],
  hour: LastHour,
): OverviewLine | undefined {
  const { data, error } = query
  if (error) return failedLine(HEAD, error, () => void query.refetch())
  if (!data || data.outcome === 'not-served') return undefined
  if (data.outcome === 'not-allowed') {
    const cure = "Allow the role of the console's server iot:ListTopicRules."
    return unknownLine(HEAD, 'Not known', data.message, cure)
  }
  const failing = byRule(failures, hour)
  const values = hour.values('failures')
  return {
    ...HEAD,
    urgency: failing.length > 0 ? 'wrong' : 'fine',
    words:
      failing.length > 0 ? (
        <Parts
          parts={[
            <Count key="count" number={failing.length} href={list}>
              failing in the last hour
            </Count>,
            ...failing.slice(0, MOST_NAMES).map(([rule, count]) => (
              <span key={rule}>
                <span className="td-mono">
                  <VisibleText text={rule} />
                </span>
                , {formatCount(count)} {count === 1 ? 'time' : 'times'}
              </span>
            )),
          ]}
        />
      ) : (
        <Link href={list}>
          {formatCount(data.total)}
          {data.isAll ? '' : '+'} {data.total === 1 ? 'rule' : 'rules'}, none failed in the last hour
          {data.disabled > 0 ? `, ${formatCount(data.disabled)} disabled` : ''}
        </Link>
      ),
    ...(failing.length > 0 && { picture: { what: 'Failures of rules', values, isAlert: true } }),
  }
}

function byRule(failures: readonly Metric[], hour: LastHour): readonly (readonly [rule: string, count: number])[] {
  const counts = new Map<string, number>()
  for (const metric of failures) {
    const rule = metric.dimensions.find(({ name }) => name === 'RuleName')?.value ?? ''
    const count = totalOf(hour.ofMetric(metric)) ?? 0
    if (count > 0) counts.set(rule, (counts.get(rule) ?? 0) + count)
  }
  return [...counts].sort(([, one], [, other]) => other - one)
}
