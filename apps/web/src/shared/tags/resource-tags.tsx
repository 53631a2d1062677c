import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { Loading } from '../ui/loading.tsx'
import { TagsPanel } from './tags-panel.tsx'

const tagsQuery = (resourceArn: string) =>
  queryOptions({
    queryKey: ['tags', resourceArn],
    queryFn: ({ signal }) => api(endpoints.listTags, { query: { resourceArn }, signal }),
    staleTime: 5_000, // ms
  })

interface ResourceTagsProps {
  readonly resourceArn: string
  /** 'the role alias camera' */
  readonly what: string
}

/** The tags of what is read without them. */
export function ResourceTags({ resourceArn, what }: ResourceTagsProps) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery(tagsQuery(resourceArn))
  if (error) return <ErrorAlert error={error} what="The tags could not be read" onRetry={() => void refetch()} />
  if (!data) return <Loading what="tags" />
  return (
    <TagsPanel
      resourceArn={resourceArn}
      what={what}
      tags={data.tags}
      onChange={() => void client.invalidateQueries(tagsQuery(resourceArn))}
    />
  )
}
