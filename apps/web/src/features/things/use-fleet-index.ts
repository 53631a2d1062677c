import { useQuery } from '@tanstack/react-query'
import { fleetIndexQuery } from '../../shared/things/fleet-index-query.ts'
import { canSearch, type Source } from './list-api.ts'

export const useFleetIndex = () => useQuery(fleetIndexQuery)

/** Where lists come from; undefined until it is known. What cannot be asked is taken to be off. */
export function useSource(): Source | undefined {
  const { data, isPending, errorUpdateCount } = useFleetIndex()
  // Once it could not be told, it stays so while it is asked again: who appears for that asks again.
  if (isPending && errorUpdateCount === 0) return undefined
  return canSearch(data) ? 'index' : 'registry'
}
