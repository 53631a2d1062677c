import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type EventType, endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'

export const eventsQuery = queryOptions({
  queryKey: ['event-configurations'],
  queryFn: ({ signal }) => api(endpoints.describeEventConfigurations, { signal }),
  staleTime: 30_000, // ms
})

export function useTurnEvents() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ types, isEnabled }: { readonly types: readonly EventType[]; readonly isEnabled: boolean }) =>
      api(endpoints.updateEventConfigurations, {
        body: { events: types.map((eventType) => ({ eventType, isEnabled })) },
      }),
    onSuccess: (configurations) => client.setQueryData(eventsQuery.queryKey, configurations),
  })
}
