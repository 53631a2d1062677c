import Container from '@cloudscape-design/components/container'
import Link from '@cloudscape-design/components/link'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { BULK_CHANGE_KINDS, BULK_CHANGE_OUTCOMES, type BulkChange, type BulkChangeOutcome } from '@thingdeck/contract'
import { isOver, leftOf, percentOf } from '../../../shared/bulk-changes/bulk-change-queries.ts'
import { formatCount } from '../../../shared/format.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { durationInWords, effectsInWords, outcomeInWords, stateInWords, targetsInWords } from '../bulk-change-words.ts'
import type { BulkChangesSearch } from '../search.ts'
import { CommandOutcomes } from './command-outcomes.tsx'

export const OUTCOME_TYPES: Readonly<Record<BulkChangeOutcome, StatusIndicatorProps.Type>> = {
  waiting: 'pending',
  'under-way': 'in-progress',
  changed: 'success',
  'would-change': 'info',
  unchanged: 'success',
  'left-out': 'stopped',
  'not-there': 'warning',
  failed: 'error',
  cancelled: 'stopped',
}

interface ProgressProps extends SearchProps<BulkChangesSearch> {
  readonly bulkChange: BulkChange
}

/** How far it is, and how much of what; each number leads to the targets. */
export function Progress({ bulkChange, search, setSearch }: ProgressProps) {
  const { total, counts, state, request, effects } = bulkChange
  const left = leftOf(bulkChange)
  const over = isOver(bulkChange)
  const isGood = state === 'done' && (counts.failed ?? 0) === 0
  const show = (outcome: BulkChangeOutcome | undefined) => setSearch({ outcome, page: undefined, look: undefined })
  const follow = effectsInWords(effects)
  return (
    <Container>
      <SpaceBetween size="s">
        <ProgressBar
          ariaLabel="Progress of the bulk change"
          value={percentOf(bulkChange)}
          status={over ? (isGood ? 'success' : 'error') : 'in-progress'}
          additionalInfo={
            state === 'finding-things'
              ? 'Finding what it is of'
              : `${formatCount(total - left)} of ${targetsInWords(request.change.kind === 'tags' ? 'tags' : 'type', total)}${over ? '' : timeLeft(bulkChange, left)}`
          }
          resultText={visible(stateInWords(bulkChange, request.change.kind))}
        />
        <SpaceBetween direction="horizontal" size="l">
          {BULK_CHANGE_OUTCOMES.filter((outcome) => (counts[outcome] ?? 0) > 0).map((outcome) => (
            <Link key={outcome} onFollow={() => show(outcome)}>
              <StatusIndicator type={OUTCOME_TYPES[outcome]}>
                {`${formatCount(counts[outcome] ?? 0)} ${outcomeInWords(outcome, request.change.kind)}`}
              </StatusIndicator>
            </Link>
          ))}
          {search.outcome !== undefined && <Link onFollow={() => show(undefined)}>show all</Link>}
        </SpaceBetween>
        {request.change.kind === 'command' && (
          <CommandOutcomes commandId={request.change.commandId} startedAt={bulkChange.startedAt} />
        )}
        {follow.length > 0 && (
          <div>
            {request.dryRun ? 'It would follow: ' : 'With it: '}
            {follow.join(' ')}
          </div>
        )}
      </SpaceBetween>
    </Container>
  )
}

/** So many targets tell how fast the others go. */
const ENOUGH = 20

/** As fast as it went so far: AWS's answers and quotas may make it slower than it may be. Before that, at its pace. */
function timeLeft({ request, state, total, workedMs }: BulkChange, left: number): string {
  if (state === 'paused') return ', paused'
  if (total === 0) return ''
  const done = total - left
  if (workedMs !== undefined && done >= ENOUGH) return `, ${durationInWords(left * workedMs, done * 1_000)} left`
  const { reads, writes, perSecond } = BULK_CHANGE_KINDS[request.change.kind]
  const each = reads + (request.dryRun ? 0 : writes)
  return `, ${durationInWords(left * each, request.requestsPerSecond ?? perSecond)} left`
}
