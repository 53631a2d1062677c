import { useQuery } from '@tanstack/react-query'
import { matchedFilter, matches } from '@thingdeck/topics'
import { visible } from '../../../shared/text/visible.tsx'
import { subscriptionsQuery } from '../api.ts'

/** Through which of the subscriptions that a client has now a message on a topic comes to it; the log names none. */
export function Through({ clientId, topic }: { readonly clientId: string; readonly topic: string }) {
  const { data } = useQuery(subscriptionsQuery(clientId))
  if (data === undefined) return null
  if (data.whyNot !== undefined)
    return <span className="td-weak"> (its subscriptions are not known now: {visible(data.whyNot)})</span>
  const through = data.topicFilters.filter((filter) => matches(matchedFilter(filter), topic))
  if (through.length === 0) return <span className="td-weak"> (as of now, no subscription of it matches)</span>
  return (
    <span className="td-weak">
      {' '}
      through <span className="td-mono">{visible(through.join(', '))}</span>, as of now
    </span>
  )
}
