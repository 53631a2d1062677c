import Link from '@cloudscape-design/components/link'
import type { UseQueryResult } from '@tanstack/react-query'
import type { IotLogEntry, Metric, RulesOverview } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../shared/format.ts'
import { totalOf } from '../../shared/metrics/series-values.ts'
import { paths } from '../../shared/paths.ts'
import { actionTitleOf } from '../../shared/rule-failures/action-labels.ts'
import { failureOf } from '../../shared/rule-failures/failure-of-entry.ts'
import { failureWords, KIND_WORDS } from '../../shared/rule-failures/failure-words.ts'
import { VisibleText } from '../../shared/text/visible.tsx'
import { failedLine, unknownLine } from './failed-line.tsx'
import type { OverviewLine } from './line.ts'
import type { LastHour } from './use-last-hour.ts'
import { Count, Parts } from './words.tsx'

const HEAD = { id: 'rules', title: 'Rules' } as const
const MOST_NAMES = 3
const list = paths.rules()

/** Metrics that count what rules failed to do. */
export const isFailureOfRule = ({ metricName, dimensions }: Metric): boolean =>
  ['Failure', 'ErrorActionFailure', 'ParseError'].includes(metricName) &&
  dimensions.some(({ name }) => name === 'RuleName')

/**
 * Rules that fail, worst first; undefined where the server has no rules, or until it is known.
 * @param failures metrics that count failures of rules
 * @param logged what the log has of them in the same hour: why they fail
 */
export function rulesLine(
  query: UseQueryResult<RulesOverview>,
  failures: readonly Metric[],
  hour: LastHour,
  logged: readonly IotLogEntry[],
): OverviewLine | undefined {
  const { data, error } = query
  if (error) return failedLine(HEAD, error, () => void query.refetch())
  if (!data || data.outcome === 'not-served') return undefined
  if (data.outcome === 'not-allowed') {
    const cure = "Allow the role of the console's server iot:ListTopicRules."
    return unknownLine(HEAD, 'Not known', data.message, cure)
  }
  const failing = byRule(failures, hour, logged)
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
            ...failing.slice(0, MOST_NAMES).map((rule) => <Failing key={rule.ruleName} rule={rule} />),
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

interface FailingRule {
  readonly ruleName: string
  readonly count: number
  /** What failed last, and how, in a few words; undefined: it is not in the log. */
  readonly why: string | undefined
}

/** `to_table` Dynamo access denied, 212 messages. */
function Failing({ rule: { ruleName, count, why } }: { readonly rule: FailingRule }) {
  return (
    <Link href={paths.rule(ruleName, { tab: 'trace', failures: '1' })}>
      <span className="td-mono">
        <VisibleText text={ruleName} />
      </span>
      {why === undefined ? '' : ` ${why}`}, {formatCounted(count, 'time')}
    </Link>
  )
}

/** CloudWatch counts some minutes late, and lists a new metric after a quarter of an hour: what is logged is known first. */
function byRule(failures: readonly Metric[], hour: LastHour, logged: readonly IotLogEntry[]): readonly FailingRule[] {
  const counted = new Map<string, number>()
  for (const metric of failures) {
    const rule = metric.dimensions.find(({ name }) => name === 'RuleName')?.value ?? ''
    counted.set(rule, (counted.get(rule) ?? 0) + (totalOf(hour.ofMetric(metric)) ?? 0))
  }
  const entries = Map.groupBy(logged, ({ ruleName = '' }) => ruleName)
  entries.delete('')
  return [...new Set([...counted.keys(), ...entries.keys()])]
    .map((ruleName) => {
      const [latest, ...others] = (entries.get(ruleName) ?? []).toSorted((one, other) => (one.at < other.at ? 1 : -1))
      const loggedCount = latest === undefined ? 0 : others.length + 1
      return { ruleName, count: Math.max(counted.get(ruleName) ?? 0, loggedCount), why: latest && shortly(latest) }
    })
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
}

function shortly(entry: IotLogEntry): string {
  const { kind } = failureWords(failureOf(entry))
  return entry.ruleAction === undefined ? KIND_WORDS[kind] : `${actionTitleOf(entry.ruleAction)} ${KIND_WORDS[kind]}`
}
