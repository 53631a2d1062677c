import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Action } from '../../shared/action/action.ts'
import { useFlash } from '../../shared/flash/flash.tsx'
import { paths } from '../../shared/paths.ts'
import { formatThingsQuery, type Source } from './list-api.ts'
import type { ThingsFilter } from './search.ts'

/** Makes a fleet metric of the search that is shown: the page that does begins with its query. */
export function useCreateFleetMetric(filter: ThingsFilter, source: Source): Action {
  const { history } = useRouter()
  const { flash } = useFlash()
  const ask = useMutation({
    mutationFn: () => formatThingsQuery(filter),
    onSuccess: ({ queryString, isExact }) => {
      if (!isExact) {
        flash({
          id: 'fleet-metric-query',
          type: 'warning',
          header: 'The query finds more than the list',
          content:
            'The query syntax has no place for some character of an attribute: it stands for any character there.',
        })
      }
      history.push(paths.createFleetMetric({ query: queryString === '*' ? 'thingName:*' : queryString }))
    },
    onError: (error) =>
      flash({
        id: 'fleet-metric-query',
        type: 'error',
        header: 'No query could be made of the search',
        content: error.message,
      }),
  })
  return {
    id: 'create-fleet-metric',
    text: 'Create fleet metric',
    needs: 'admin',
    whyNot: source === 'index' ? undefined : 'A fleet metric is computed of the fleet index, which is not there.',
    isBusy: ask.isPending,
    onAction: () => ask.mutate(),
  }
}
