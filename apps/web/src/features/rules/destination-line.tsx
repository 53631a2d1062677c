import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../shared/message-of.ts'
import { paths } from '../../shared/paths.ts'
import { visible } from '../../shared/text/visible.tsx'
import { textAt } from './actions/action-description.ts'
import { type DestinationState, firstDestinationsQuery, stateOfDestination, stateOfUrl } from './destinations.ts'

interface DestinationLineProps {
  /** What the action is told. */
  readonly settings: object
  /** Where what it leads to is opened: beside a form that is not saved, elsewhere. */
  readonly isBesideForm?: boolean
}

/** Whether what an action sends would arrive: the state of the destination that it needs, and where that is changed. */
export function DestinationLine({ settings, isBesideForm = false }: DestinationLineProps) {
  const destinationArn = textAt(settings, 'destinationArn')
  const url = textAt(settings, 'url')
  const { data, error } = useQuery({ ...firstDestinationsQuery, enabled: destinationArn !== '' || url !== '' })
  if (error) {
    return (
      <StatusIndicator type="info">Whether its destination is enabled is not known: {messageOf(error)}</StatusIndicator>
    )
  }
  if (!data) return null
  const { destinations, nextToken } = data
  const isAll = nextToken === undefined
  const byArn = (): DestinationState | undefined => {
    const found = destinations.find(({ arn }) => arn === destinationArn)
    if (found) return stateOfDestination(found)
    return isAll && destinationArn !== '' ? { type: 'error', words: 'There is no such destination.' } : undefined
  }
  const state = destinationArn
    ? byArn()
    : stateOfUrl({ url, confirmationUrl: textAt(settings, 'confirmationUrl') || undefined }, destinations, isAll)
  if (!state) return null
  const { type, words, arn } = state
  return (
    <div>
      <StatusIndicator type={type}>{visible(words)}</StatusIndicator>{' '}
      <Link
        href={arn === undefined ? paths.ruleDestinations() : paths.ruleDestinations({ look: [arn] })}
        external={isBesideForm}
      >
        {arn === undefined ? 'Destinations' : 'See the destination'}
      </Link>
    </div>
  )
}
