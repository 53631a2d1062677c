import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { formatCount } from '../../../shared/format.ts'
import { thingsText } from '../../../shared/list/looked-cell.tsx'
import { THING_GROUPS } from '../../../shared/pickers/registry-keys.ts'
import { visible } from '../../../shared/text/visible.tsx'

interface GroupReachProps {
  readonly policyName: string
  readonly thingGroupArn: string
}

/** So many are named. */
const NAMED = 8

/** Which things a policy of the group holds for, those of the groups below too, and how many of them are connected. */
export function GroupReach({ policyName, thingGroupArn: target }: GroupReachProps) {
  const { data, error } = useQuery({
    queryKey: [...THING_GROUPS, 'reach', target, policyName],
    queryFn: ({ signal }) => api(endpoints.describePolicyReach, { params: { policyName }, query: { target }, signal }),
    staleTime: 30_000, // ms
  })
  if (error) return <StatusIndicator type="error">{visible(error.message)}</StatusIndicator>
  if (!data) return <StatusIndicator type="loading">Looking at whom it reaches</StatusIndicator>
  const { things, hasMore } = data
  const connected = things.filter((thing) => thing.connected).length
  const named = things.slice(0, NAMED).map(({ thingName }) => thingName)
  const more = things.length - named.length
  return (
    <div aria-live="polite">
      <div>
        It reaches {thingsText({ count: things.length, isAtLeast: hasMore })}
        {named.length > 0 && `: ${named.join(', ')}`}
        {(more > 0 || hasMore) && ` and ${hasMore ? 'at least ' : ''}${formatCount(Math.max(1, more))} more`}.
      </div>
      {connected > 0 && (
        <StatusIndicator type="warning">
          {formatCount(connected)} of them {connected === 1 ? 'is' : 'are'} connected now
        </StatusIndicator>
      )}
    </div>
  )
}
