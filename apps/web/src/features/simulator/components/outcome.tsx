import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { nearestStatements, type RequestDecision } from '@thingdeck/policies'
import { statementWords } from '../../../shared/authorization/statement-words.ts'
import type { AwsWord } from '../use-aws-answers.ts'
import type { CheckedRow } from '../use-simulation.ts'

/** Allowed or denied, in a word. */
export function Outcome({ row }: { readonly row: CheckedRow }) {
  const { outcome, request, asker } = row
  if (!request) return <StatusIndicator type="pending">Say what</StatusIndicator>
  if (asker === 'reading') return <StatusIndicator type="loading">Reading</StatusIndicator>
  if (asker === 'failed') return <StatusIndicator type="warning">Not known</StatusIndicator>
  if (!outcome) return <StatusIndicator type="pending">Who asks?</StatusIndicator>
  return outcome.decision === 'ALLOWED' ? (
    <StatusIndicator type="success">Allowed</StatusIndicator>
  ) : (
    <StatusIndicator type="error">
      {outcome.decision === 'EXPLICIT_DENY' ? 'Denied by a Deny' : 'Denied'}
    </StatusIndicator>
  )
}

/** What of a row says why. */
type Decided = Pick<CheckedRow, 'outcome' | 'policies' | 'side' | 'sides'>

/** Why, in a line. */
export function whyInALine(row: Decided): string {
  const { side, sides } = row
  const of = side && sides.length > 1 ? `${side.title}: ` : ''
  return `${of}${whyOfSide(row)}`
}

function whyOfSide({ outcome, policies }: Decided): string {
  if (!outcome || !policies) return '–'
  const { deciding, refusedBefore } = outcome
  if (refusedBefore !== undefined && !deciding) return refusedBefore
  if (!deciding) return '–'
  const { decision, context } = deciding
  const { allowed, denied, action, resource } = decision
  const which = needWords(outcome)
  const [statement] = denied.length > 0 ? denied : allowed
  if (statement) return `${which}${statementWords(statement, policies)}`
  const [nearest] = nearestStatements(policies.named, { action, resource, context }, 1)
  return `${which}no statement allows it${nearest ? `; nearest: ${statementWords(nearest.statement, policies)}` : ''}`
}

/** Of several needs, which one decides. */
const needWords = ({ needs, deciding, decision }: RequestDecision): string =>
  needs.length > 1 && decision !== 'ALLOWED' ? `${deciding?.decision.action}: ` : ''

/** Whether AWS says the same. */
export function AwsOutcome({
  word,
  isWithout,
}: {
  readonly word: AwsWord | undefined
  /** AWS was asked without some of the policies that count here. */
  readonly isWithout: boolean
}) {
  switch (word?.kind) {
    case undefined:
      return '–'
    case 'asking':
      return <StatusIndicator type="loading">Asking</StatusIndicator>
    case 'not-asked':
      return <span className="td-weak">not asked</span>
    case 'failed':
      return <StatusIndicator type="warning">No answer</StatusIndicator>
    case 'answered':
      return word.isSame ? (
        <StatusIndicator type="success">{isWithout ? 'The same of the rest' : 'The same'}</StatusIndicator>
      ) : (
        <StatusIndicator type="warning">Says otherwise</StatusIndicator>
      )
  }
}
