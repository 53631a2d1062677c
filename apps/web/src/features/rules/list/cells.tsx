import '../rules.css'
import Link from '@cloudscape-design/components/link'
import { Sparkline } from '../../../shared/chart/sparkline.tsx'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { actionTitleOf } from '../../../shared/rule-failures/action-labels.ts'
import { failureOf } from '../../../shared/rule-failures/failure-of-entry.ts'
import { failureWords } from '../../../shared/rule-failures/failure-words.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { Age } from '../../../shared/time.tsx'
import { FAILURES_HOURS, type LastFailure } from '../use-last-failures.ts'
import { COUNTED_HOURS, type RuleCounts } from '../use-rule-counts.ts'

const TIME = { whole: `in the last ${COUNTED_HOURS} hours`, part: 'in five minutes' } as const

interface CountCellProps {
  readonly what: string
  readonly values: readonly (number | null)[]
  readonly total: number | undefined
  readonly tone: 'normal' | 'alert'
}

/** A number with its course; nothing counted is no picture. */
function CountCell({ what, values, total, tone }: CountCellProps) {
  if (total === undefined) return <span className="td-weak">none</span>
  return (
    <span className="td-rule-count">
      <span className="td-mono">{formatCount(total)}</span>
      {total > 0 && <Sparkline what={what} values={values} time={TIME} tone={tone} />}
    </span>
  )
}

interface CountsProps {
  readonly counts: RuleCounts | undefined
  /** In a few words, why nothing is known; undefined: it is read, or nothing is in the way. */
  readonly whyNot: string | undefined
  readonly isPending: boolean
}

/** Messages on topics of the rule. */
export const Matches = ({ counts, ...state }: CountsProps) => (
  <Counted {...state} counts={counts}>
    {({ matches, matched }) => (
      <CountCell what="Messages of its topics" values={matches} total={matched} tone="normal" />
    )}
  </Counted>
)

/** Actions of the rule that failed. */
export const Failures = ({ counts, ...state }: CountsProps) => (
  <Counted {...state} counts={counts}>
    {({ failures, failed }) => <CountCell what="Actions that failed" values={failures} total={failed} tone="alert" />}
  </Counted>
)

function Counted({
  counts,
  whyNot,
  isPending,
  children,
}: CountsProps & { readonly children: (counts: RuleCounts) => React.ReactNode }) {
  if (whyNot !== undefined) return <span className="td-weak">{whyNot}</span>
  if (isPending || !counts) return <span className="td-weak">…</span>
  return children(counts)
}

/** What was logged last of a rule that failed, as far as anything is logged. */
export function LastError({ ruleName, failure }: { readonly ruleName: string; readonly failure: LastFailure }) {
  if (failure.is === 'reading') return <span className="td-weak">…</span>
  if (failure.is === 'unknown')
    return (
      <span className="td-weak" title={`Not known: ${failure.why}.`}>
        not known: {failure.why}
      </span>
    )
  if (failure.is === 'none') return <span className="td-weak">none in {FAILURES_HOURS} hours</span>
  const { at, ruleAction } = failure.entry
  const { why: words } = failureWords(failureOf(failure.entry))
  return (
    <>
      <div className="td-weak">
        <Link href={paths.rule(ruleName, { tab: 'trace' })}>
          <Age atMs={Date.parse(at)} />
        </Link>
        {ruleAction !== undefined && <> · {visible(actionTitleOf(ruleAction))}</>}
      </div>
      <div className="td-two-lines" title={visibleText(words)}>
        {visible(words)}
      </div>
    </>
  )
}
