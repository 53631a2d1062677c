import { useQuery } from '@tanstack/react-query'
import { canSearch, fleetIndexQuery, type Source } from './list-api.ts'

export const useFleetIndex = () => useQuery(fleetIndexQuery)

/** Where lists come from; undefined until it is known. What cannot be asked is taken to be off. */
export function useSource(): Source | undefined {
  const { data, isPending } = useFleetIndex()
  if (isPending) return undefined
  return canSearch(data) ? 'index' : 'registry'
}
