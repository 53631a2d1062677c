import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { CommandSource, FoundCommands } from '../../shared/feature/command.ts'
import { paths } from '../../shared/paths.ts'
import { useDebounced } from '../../shared/use-debounced.ts'
import { POLICIES } from './api.ts'

/** A person stops for about as long between words. */
const TYPING_MS = 150
const MOST_SUGGESTIONS = 8

function usePolicyCommands(text: string): FoundCommands {
  const asked = useDebounced(text, TYPING_MS)
  const [name = ''] = asked.trim().split(/\s+/)
  const { data, error, isLoading } = useQuery({
    queryKey: [...POLICIES, 'suggested', name],
    queryFn: ({ signal }) => api(endpoints.listPolicies, { query: { name, maxResults: MOST_SUGGESTIONS }, signal }),
    enabled: name !== '',
    staleTime: 10_000, // ms
  })
  if (text.trim() === '') return { commands: [] }
  const isCurrent = asked === text
  const found = isCurrent ? (data?.policies ?? []) : []
  return {
    commands: found.slice(0, MOST_SUGGESTIONS).map(({ policyName }) => ({
      id: `policy ${policyName}`,
      group: 'Policies',
      title: policyName,
      href: paths.policy(policyName),
    })),
    isSearching: !isCurrent || isLoading,
    note: error?.message,
  }
}

export const policyCommands: CommandSource = { group: 'Policies', useCommands: usePolicyCommands }
