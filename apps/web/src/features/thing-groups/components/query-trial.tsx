import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ThingGroupTrial } from '@thingdeck/contract'
import type { Parts } from '../../../shared/feature/parts.ts'
import { formatCount } from '../../../shared/format.ts'
import { paths } from '../../../shared/paths.ts'
import { FirstNames } from '../../../shared/text/first-names.tsx'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import type { Trial } from '../use-trial.ts'

interface QueryTrialProps {
  readonly trial: Trial
  /** Undefined: the page has none. */
  readonly TurnOnFleetIndex?: Parts['TurnOnFleetIndex']
}

/** What a query finds now: so that nobody makes a group to find out. */
export function QueryTrial({ trial, TurnOnFleetIndex }: QueryTrialProps) {
  const { found, isAsking, error, hasNoIndex } = trial
  if (error && hasNoIndex) {
    return (
      <Alert
        type="warning"
        header="Dynamic groups need the fleet index"
        {...(TurnOnFleetIndex && { action: <TurnOnFleetIndex /> })}
      >
        {visible(error.message)}
      </Alert>
    )
  }
  return (
    <Box>
      <Box variant="awsui-key-label">Now it finds</Box>
      <div aria-live="polite">
        {isAsking ? (
          <StatusIndicator type="loading">Asking the fleet index</StatusIndicator>
        ) : error ? (
          <StatusIndicator type="error">{visible(error.message)}</StatusIndicator>
        ) : found ? (
          <Found found={found} />
        ) : (
          <StatusIndicator type="info">Write a query</StatusIndicator>
        )}
      </div>
    </Box>
  )
}

function Found({ found: { about, thingNames } }: { readonly found: ThingGroupTrial }) {
  if (thingNames.length === 0) {
    return <StatusIndicator type="warning">no thing, as far as the index knows</StatusIndicator>
  }
  return (
    <>
      {about !== undefined && (
        <div>
          About {formatCount(about)} {about === 1 ? 'thing' : 'things'}:
        </div>
      )}
      <FirstNames
        names={thingNames}
        count={about ?? thingNames.length}
        most={thingNames.length}
        show={(thingName) => (
          <Link href={paths.thing(thingName)} external={false}>
            <NameText text={thingName} />
          </Link>
        )}
      />
      {about === undefined && ', …'}
    </>
  )
}
