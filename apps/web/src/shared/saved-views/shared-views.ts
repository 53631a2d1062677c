import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type SharedView, type ViewContent } from '@thingdeck/contract'
import { api } from '../api.ts'
import type { SharedViewOf, ViewKind } from './saved-view.ts'

const SHARED = ['shared views'] as const

const sharedViewsQuery = queryOptions({
  queryKey: SHARED,
  queryFn: ({ signal }) => api(endpoints.listSharedViews, { signal }),
  staleTime: 30_000, // ms
})

/** Those that people share of one page, by name; `isRead`: these are all. */
export function useSharedViews<Content extends ViewContent>({ isContent }: ViewKind<Content>) {
  const { data, error, isSuccess } = useQuery(sharedViewsQuery)
  const isOne = (view: SharedView): view is SharedViewOf<Content> => isContent(view.content)
  return { views: data?.views.filter(isOne) ?? [], error, isRead: isSuccess }
}

/** What can be done with shared views. Each settles when the list has it. */
export function useChangeSharedViews() {
  const client = useQueryClient()
  const onSuccess = () => client.invalidateQueries({ queryKey: SHARED })
  return {
    share: useMutation({
      mutationFn: (body: { name: string; content: ViewContent }) => api(endpoints.shareView, { body }),
      onSuccess,
    }),
    rename: useMutation({
      mutationFn: ({ view: { viewId, content }, name }: { view: SharedView; name: string }) =>
        api(endpoints.changeSharedView, { params: { viewId }, body: { name, content } }),
      onSuccess,
    }),
    remove: (viewId: string) => api(endpoints.deleteSharedView, { params: { viewId } }).then(onSuccess),
  }
}
