import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { type EventType, endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'

/** Which events AWS IoT publishes, in the whole account. */
export const eventsQuery = queryOptions({
  queryKey: ['event-configurations'],
  queryFn: ({ signal }) => api(endpoints.describeEventConfigurations, { signal }),
  staleTime: 30_000, // ms
})

/** Turns events on or off, in the whole account: only by a person's word. */
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
