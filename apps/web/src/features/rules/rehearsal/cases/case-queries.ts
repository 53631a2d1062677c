import { queryOptions } from '@tanstack/react-query'
import { endpoints, type KeptRuleCases } from '@thingdeck/contract'
import { api } from '../../../../shared/api.ts'

export const ruleCasesKey = (ruleName: string) => ['rule-cases', ruleName] as const

/** The test cases that people keep of a rule. */
export const ruleCasesQuery = (ruleName: string) =>
  queryOptions({
    queryKey: ruleCasesKey(ruleName),
    queryFn: ({ signal }) => getRuleCases(ruleName, signal),
    staleTime: 5_000, // ms
  })

/** As they are now. */
export const getRuleCases = (ruleName: string, signal?: AbortSignal) =>
  api(endpoints.getRuleCases, { params: { ruleName }, ...(signal && { signal }) })

/** Keeps them, unless somebody changed them since they were read. */
export const putRuleCases = (ruleName: string, kept: KeptRuleCases) =>
  api(endpoints.putRuleCases, { params: { ruleName }, body: kept })
