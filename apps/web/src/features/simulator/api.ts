import { queryOptions } from '@tanstack/react-query'
import {
  type AuthorizationAnswer,
  type AuthorizationQuestion,
  endpoints,
  type SimulatorChecks,
} from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { AUTHORIZATION } from '../../shared/authorization/facts.ts'

/** So many names are suggested. */
const MOST_SUGGESTIONS = 10

/** Things whose name begins with a text. */
export const thingNamesQuery = (namePrefix: string) =>
  queryOptions({
    queryKey: ['simulator', 'thing names', namePrefix],
    queryFn: ({ signal }) =>
      api(endpoints.searchRegistry, { query: { namePrefix, maxResults: MOST_SUGGESTIONS }, signal }),
    staleTime: 30_000, // ms
    retry: false,
  })

/** A policy with its versions. */
export const policyQuery = (policyName: string) =>
  queryOptions({
    queryKey: ['simulator', 'policy', policyName],
    queryFn: ({ signal }) => api(endpoints.describePolicy, { params: { policyName }, signal }),
    staleTime: 30_000, // ms
    retry: false,
  })

interface Trial {
  readonly principalId: string
  readonly clientId: string | undefined
  readonly questions: readonly AuthorizationQuestion[]
  /** As if they were not attached. */
  readonly policyNamesToSkip: readonly string[]
}

/** What AWS IoT itself says, in the order of the questions. */
export const awsAnswersQuery = ({ principalId, clientId, questions, policyNamesToSkip }: Trial) =>
  queryOptions({
    queryKey: [...AUTHORIZATION, 'test', principalId, clientId ?? null, questions, policyNamesToSkip],
    queryFn: async ({ signal }): Promise<readonly AuthorizationAnswer[]> => {
      const body = {
        principalId,
        questions: [...questions],
        ...(clientId !== undefined && { clientId }),
        ...(policyNamesToSkip.length > 0 && { policyNamesToSkip: [...policyNamesToSkip] }),
      }
      return (await api(endpoints.testAuthorization, { body, signal })).answers
    },
    staleTime: 10_000, // ms
    retry: false,
  })

export const SAVED_CHECKS = ['simulator', 'saved'] as const

/** Views that people share, those of other pages among them. */
export const savedChecksQuery = queryOptions({
  queryKey: SAVED_CHECKS,
  queryFn: ({ signal }) => api(endpoints.listSharedViews, { signal }),
  staleTime: 30_000, // ms
})

export const saveChecks = (name: string, content: SimulatorChecks) =>
  api(endpoints.shareView, { body: { name, content } })

export const removeChecks = (viewId: string) => api(endpoints.deleteSharedView, { params: { viewId } })
