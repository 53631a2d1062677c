import { useQueries } from '@tanstack/react-query'
import type { PolicyUse } from '@thingdeck/contract'
import { policyUsesQuery } from './api.ts'

/** As many as one request may ask for. */
const AT_ONCE = 10

/** What is known of the policies of a page by now; `null`: it is asked for. Without a value it could not be read. */
export function usePolicyUses(policyNames: readonly string[]): ReadonlyMap<string, PolicyUse | null> {
  const parts = Array.from({ length: Math.ceil(policyNames.length / AT_ONCE) }, (_, index) =>
    policyNames.slice(index * AT_ONCE, (index + 1) * AT_ONCE),
  )
  const answers = useQueries({ queries: parts.map(policyUsesQuery) })
  const known = new Map<string, PolicyUse | null>()
  for (const [index, { data, isPending }] of answers.entries()) {
    for (const name of parts[index] ?? []) if (isPending) known.set(name, null)
    for (const use of data?.uses ?? []) known.set(use.policyName, use)
  }
  return known
}
