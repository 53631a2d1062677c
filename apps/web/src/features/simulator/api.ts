import { queryOptions } from '@tanstack/react-query'
import { type AuthorizationAnswer, type AuthorizationQuestion, endpoints } from '@thingdeck/contract'
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
