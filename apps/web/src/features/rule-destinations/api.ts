import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { endpoints, type RuleDestination } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

/** Prefix of every key of this feature. */
export const RULE_DESTINATIONS = ['rule-destinations'] as const

/** AWS takes one ListTopicRuleDestinations a second. */
const POLL_MS = 5_000

/** Whether its state changes by itself: its owner confirms it, or AWS IoT tries to reach it. */
const isMoving = ({ status }: RuleDestination): boolean => status === 'IN_PROGRESS' || status === 'DELETING'

export const destinationPagesQuery = (maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...RULE_DESTINATIONS, 'pages', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listRuleDestinations, { query: { maxResults, nextToken }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 5_000, // ms
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ destinations }) => destinations.some(isMoving)) ? POLL_MS : false,
  })

export const destinationQuery = (arn: string) =>
  queryOptions({
    queryKey: [...RULE_DESTINATIONS, 'destination', arn],
    queryFn: ({ signal }) => api(endpoints.getRuleDestination, { params: { arn }, signal }),
    staleTime: 5_000, // ms
    refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? POLL_MS : false),
  })

export const destinationUsesQuery = queryOptions({
  queryKey: [...RULE_DESTINATIONS, 'uses'],
  queryFn: ({ signal }) => api(endpoints.listRuleDestinationUses, { signal }),
  staleTime: 10_000, // ms
})
