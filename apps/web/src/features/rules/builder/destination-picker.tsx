import Autosuggest from '@cloudscape-design/components/autosuggest'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../../shared/message-of.ts'
import { paths } from '../../../shared/paths.ts'
import { firstDestinationsQuery } from '../destinations.ts'

interface DestinationPickerProps {
  readonly label: string
  readonly of: 'vpc' | 'influxdb'
  /** Its ARN. */
  readonly value: string
  readonly onChange: (arn: string) => void
  readonly onBlur: () => void
}

/** A destination of one kind, of those that there are, with its state. */
export function DestinationPicker({ label, of, value, onChange, onBlur }: DestinationPickerProps) {
  const { data, error, isFetching } = useQuery(firstDestinationsQuery)
  const found = (data?.destinations ?? []).filter(({ arn }) => arn.includes(`:ruledestination/${of}/`))
  return (
    <SpaceBetween size="xxs">
      <Autosuggest
        ariaLabel={label}
        value={value}
        placeholder={`arn:aws:iot:eu-central-1:123456789012:ruledestination/${of}/…`}
        onChange={({ detail }) => onChange(detail.value.trim())}
        onBlur={onBlur}
        options={found.map(({ arn, status }) => ({ value: arn, description: status }))}
        enteredTextLabel={(text) => `Use: ${text}`}
        hideEnteredTextOption
        statusType={error ? 'error' : isFetching ? 'loading' : 'finished'}
        loadingText="Reading destinations"
        errorText={error ? `Destinations could not be read: ${messageOf(error)}` : ''}
        empty="There is no destination of this kind yet."
      />
      <Link href={paths.createRuleDestination()} fontSize="body-s" external>
        Create a destination
      </Link>
    </SpaceBetween>
  )
}
