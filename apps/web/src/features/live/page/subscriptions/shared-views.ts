import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type LiveViewContent, type SharedView } from '@thingdeck/contract'
import { api } from '../../../../shared/api.ts'

const SHARED = ['shared views'] as const

/** A view of live messages, and not of another page. */
export type SharedLiveView = SharedView & { readonly content: LiveViewContent }
const isLiveView = (view: SharedView): view is SharedLiveView => 's' in view.content

const sharedViewsQuery = queryOptions({
  queryKey: SHARED,
  queryFn: ({ signal }) => api(endpoints.listSharedViews, { signal }),
  select: ({ views }) => ({ views: views.filter(isLiveView) }),
  staleTime: 30_000, // ms
})

export const useSharedViews = () => useQuery(sharedViewsQuery)

/** What can be done with shared views. Each settles when the list has it. */
export function useChangeSharedViews() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: SHARED })
  return {
    share: useMutation({
      mutationFn: (body: { name: string; content: LiveViewContent }) => api(endpoints.shareView, { body }),
      onSuccess,
    }),
    rename: useMutation({
      mutationFn: ({ view: { viewId, content }, name }: { view: SharedLiveView; name: string }) =>
        api(endpoints.changeSharedView, { params: { viewId }, body: { name, content } }),
      onSuccess,
    }),
    remove: (viewId: string) => api(endpoints.deleteSharedView, { params: { viewId } }).then(onSuccess),
  }
}
