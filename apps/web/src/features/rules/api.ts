import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { endpoints, type RuleLook } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import type { LookSource } from '../../shared/list/use-looks.ts'
import type { RulesFilter } from './list/search.ts'

/** Prefix of every key of this feature. */
export const RULES = ['rules'] as const

/** Rules are not what they were: what is shown of them is read anew. */
export const rulesChanged = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: RULES })

export const rulePagesQuery = ({ name, state, action }: RulesFilter, maxResults: number) =>
  infiniteQueryOptions({
    queryKey: [...RULES, 'pages', name ?? '', state ?? '', action ?? '', maxResults],
    queryFn: ({ signal, pageParam: nextToken }) =>
      api(endpoints.listRules, {
        query: { name, action, maxResults, nextToken, ...(state && { ruleDisabled: state === 'disabled' }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextToken }) => nextToken,
    staleTime: 10_000, // ms
  })

/** What a list says of its rules; AWS is asked for each, so not more than are seen. */
export const RULE_LOOKS: LookSource<RuleLook> = {
  key: [...RULES, 'looks'],
  ask: async (ruleName, signal) => (await api(endpoints.listRuleLooks, { query: { ruleName }, signal })).looks,
  nameOf: ({ ruleName }) => ruleName,
}

export const ruleQuery = (ruleName: string) =>
  queryOptions({
    queryKey: [...RULES, 'rule', ruleName],
    queryFn: ({ signal }) => api(endpoints.getRule, { params: { ruleName }, signal }),
    staleTime: 5_000, // ms
  })

export const topicRulesQuery = (topic: string) =>
  queryOptions({
    queryKey: [...RULES, 'of topic', topic],
    queryFn: ({ signal }) => api(endpoints.rulesOfTopic, { query: { topic }, signal }),
    staleTime: 5_000, // ms
  })
