import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import { queryOptions } from '@tanstack/react-query'
import { endpoints, type RuleDestination } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** The destinations that actions are chosen from: the most that are asked for at once. */
export const firstDestinationsQuery = queryOptions({
  queryKey: ['rule-destinations', 'first page'],
  queryFn: ({ signal }) => api(endpoints.listRuleDestinations, { query: { maxResults: 100 }, signal }),
  staleTime: 10_000, // ms
})

/** What is known of where an action sends to. */
export interface DestinationState {
  readonly type: StatusIndicatorProps.Type
  readonly words: string
  /** Undefined where there is none. */
  readonly arn?: string
}

/** How a state of AWS's is told of an action that needs it. */
export function stateOfDestination({ arn, status, statusReason, httpUrl }: RuleDestination): DestinationState {
  const why = statusReason === undefined ? '' : ` AWS IoT says: ${statusReason}`
  switch (status) {
    case 'ENABLED':
      return { type: 'success', arn, words: httpUrl ? 'Its destination is confirmed.' : 'The destination is enabled.' }
    case 'IN_PROGRESS':
      return {
        type: 'pending',
        arn,
        words: httpUrl
          ? 'Its destination waits to be confirmed: messages fail until then.'
          : 'AWS IoT sets the destination up: messages fail until then.',
      }
    case 'ERROR':
      return { type: 'error', arn, words: `Its destination has an error: messages fail.${why}` }
    default:
      return { type: 'stopped', arn, words: `Its destination is ${status}: messages fail until it is enabled.${why}` }
  }
}

/**
 * The destination that an HTTP action sends by: that of its confirmation URL, or of its URL.
 * @param isAll whether these are all destinations that there are
 * @returns undefined where nothing can be said
 * @see AWS IoT developer guide, "HTTP action destinations"
 */
export function stateOfUrl(
  { url, confirmationUrl = url }: { readonly url: string; readonly confirmationUrl?: string | undefined },
  destinations: readonly RuleDestination[],
  isAll: boolean,
): DestinationState | undefined {
  if (confirmationUrl === '') return undefined
  if (confirmationUrl.includes('${')) {
    return { type: 'info', words: 'Which destination it needs depends on the message: each has to be confirmed.' }
  }
  const found = destinations.find(({ httpUrl }) => httpUrl?.confirmationUrl === confirmationUrl)
  if (found) return stateOfDestination(found)
  return isAll
    ? {
        type: 'warning',
        words:
          'There is no destination for this URL yet. Creating the rule makes one, and AWS IoT sends a token there, by which its owner has to confirm it.',
      }
    : { type: 'info', words: 'Its destination is not among the first 100.' }
}
