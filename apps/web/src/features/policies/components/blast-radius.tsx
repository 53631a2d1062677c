import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { PolicyTarget } from '@thingdeck/contract'
import { formatCount, formatCounted } from '../../../shared/format.ts'
import { fewOf } from '../../../shared/text/few-of.ts'
import { VisibleText } from '../../../shared/text/visible.tsx'
import { type Reach, sumOf, useReach } from '../use-reach.ts'

const NAMED = 8

interface BlastRadiusProps {
  readonly policyName: string
  readonly targets: readonly PolicyTarget[]
}

/** Whom it will be different for: things by name, and which of them are connected now; found while one reads. */
export function BlastRadius({ policyName, targets }: BlastRadiusProps) {
  const reach = useReach(policyName, targets)
  const { things, connected, hasMore, isUnsure } = sumOf(reach.byTarget.values())
  if (targets.length === 0) return null
  return (
    <div aria-live="polite">
      <div>{thingWords(things, hasMore || reach.lookFurther !== undefined)}</div>
      <div>
        {connected.length > 0 ? (
          <StatusIndicator type="warning">{connectedWords(connected)}</StatusIndicator>
        ) : (
          reach.isOver && <span className="td-weak">None of them is known to be connected now.</span>
        )}
      </div>
      {isUnsure && <div className="td-weak">Of some the console may not ask whether they are connected.</div>}
      {reach.errors.size > 0 && <ReachFailure errors={reach.errors} />}
      {!reach.isOver && (
        <StatusIndicator type="loading">
          Looking at {formatCount(reach.byTarget.size)} of {formatCount(reach.wanted)} targets
        </StatusIndicator>
      )}
      {reach.isOver && reach.lookFurther && (
        <Button variant="inline-link" onClick={reach.lookFurther}>
          Look at more of the {formatCount(targets.length)} targets
        </Button>
      )}
    </div>
  )
}

function ReachFailure({ errors }: Pick<Reach, 'errors'>) {
  const [first] = errors.values()
  return (
    <StatusIndicator type="error">
      Of {formatCount(errors.size)} {errors.size === 1 ? 'target' : 'targets'} it could not be told:{' '}
      <VisibleText text={first?.message ?? ''} />
    </StatusIndicator>
  )
}

function thingWords(things: readonly string[], hasMore: boolean): string {
  if (things.length === 0) return hasMore ? 'No things were found so far.' : 'No things are attached to these targets.'
  return `${hasMore ? 'At least ' : ''}${formatCounted(things.length, 'thing')}: ${fewOf(things, NAMED)}.`
}

const connectedWords = (clients: readonly string[]): string =>
  `${formatCount(clients.length)} of them ${clients.length === 1 ? 'is' : 'are'} connected now: ${fewOf(clients, NAMED)}`
