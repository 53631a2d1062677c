import './trace.css'
import Link from '@cloudscape-design/components/link'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { paths } from '../../../../shared/paths.ts'
import { actionTitleOf } from '../../../../shared/rule-failures/action-labels.ts'
import type { CurePlace, FailureWords } from '../../../../shared/rule-failures/failure.ts'
import { VisibleText, visible } from '../../../../shared/text/visible.tsx'
import { visibleText } from '../../../../shared/text/visible-text.ts'
import { Age, formatTimeOfDay } from '../../../../shared/time.tsx'
import type { ActionRun, Firing, RunOutcome } from '../firings.ts'
import type { Verdict } from '../outcome.ts'

const VERDICTS: Readonly<Record<Verdict, readonly [type: StatusIndicatorProps.Type, words: string]>> = {
  failed: ['error', 'Failed'],
  done: ['success', 'Done'],
  'done with nothing': ['warning', 'Done, a value empty'],
  'under way': ['in-progress', 'Under way'],
  'nothing yet': ['pending', 'No action yet'],
  'nothing done': ['stopped', 'WHERE not true'],
  matched: ['info', 'FROM matched'],
}

export const VerdictCell = ({ verdict }: { readonly verdict: Verdict }) => (
  <StatusIndicator type={VERDICTS[verdict][0]}>{VERDICTS[verdict][1]}</StatusIndicator>
)

export const WhenCell = ({ firing: { at } }: { readonly firing: Firing }) => (
  <>
    <span className="td-mono">{formatTimeOfDay(Date.parse(at))}</span>{' '}
    <span className="td-weak">
      <Age atMs={Date.parse(at)} />
    </span>
  </>
)

export const OUTCOMES: Readonly<Record<RunOutcome, readonly [type: StatusIndicatorProps.Type, words: string]>> = {
  done: ['success', 'done'],
  failed: ['error', 'failed'],
  begun: ['in-progress', 'begun'],
}

/** Each action with how it ended. */
export function RunsCell({ runs }: { readonly runs: readonly ActionRun[] }) {
  if (runs.length === 0) return '–'
  return (
    <span className="td-runs">
      {runs.map(({ label, outcome, entry }) => (
        <StatusIndicator key={entry.eventId} type={OUTCOMES[outcome][0]} iconAriaLabel={OUTCOMES[outcome][1]}>
          {visible(actionTitleOf(label))}
        </StatusIndicator>
      ))}
    </span>
  )
}

/** Why, in one cell. */
export function WhyCell({ words }: { readonly words: FailureWords | undefined }) {
  return words ? (
    <div className="td-two-lines" title={visibleText(`${words.why} ${words.cure}`)}>
      <VisibleText text={words.why} />
    </div>
  ) : (
    '–'
  )
}

interface CureLinkProps {
  readonly place: CurePlace
  readonly ruleName: string
  /** Which action it is about, as its editor is asked for it. */
  readonly action?: string | undefined
  /** Of the rehearsal: the message that is meant. */
  readonly message?: { readonly topic?: string | undefined; readonly client?: string | undefined; readonly at: string }
}

/** Where the cure is. */
export function CureLink({ place, ruleName, action, message }: CureLinkProps) {
  switch (place) {
    case 'rule':
      return (
        <Link href={paths.editRule(ruleName, { action })}>
          {action === undefined ? 'Edit rule' : 'Edit the action'}
        </Link>
      )
    case 'role':
      return <Link href={paths.editRule(ruleName, { action })}>Look at the role in the rule's form</Link>
    case 'destinations':
      return <Link href={paths.ruleDestinations()}>Destinations</Link>
    case 'rehearsal':
      return <Link href={paths.rule(ruleName, { tab: 'rehearsal', ...message })}>Rehearse</Link>
    default:
      return null
  }
}
