import { useRouter } from '@tanstack/react-router'
import type { Action } from '../../shared/action/action.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { paths } from '../../shared/paths.ts'
import type { Source } from './list-api.ts'
import { wholeQuery } from './query.ts'
import type { ThingsFilter } from './search.ts'

/** Makes a fleet metric of the search that is shown: the page that does begins with its query. */
export function useCreateFleetMetric(filter: ThingsFilter, source: Source): Action {
  const { history } = useRouter()
  return {
    id: 'create-fleet-metric',
    text: 'Create fleet metric',
    needs: 'admin',
    whyNot:
      source !== 'index'
        ? 'A fleet metric is computed of the fleet index, which is not there.'
        : filter.job === undefined
          ? undefined
          : 'A fleet metric is of a query, and no query says which job a thing has.',
    onAction: () => {
      const query = wholeQuery(filter, serverNow())
      history.push(paths.createFleetMetric({ query: query === '*' ? 'thingName:*' : query }))
    },
  }
}
