import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../api.ts'

/** Prefixes of the keys of what decides how clients without a certificate are let in. */
export const AUTHORIZERS = ['authorizers'] as const
export const DOMAIN_CONFIGURATIONS = ['domain-configurations'] as const

const FRESH_MS = 10_000

export const authorizerQuery = (authorizerName: string) =>
  queryOptions({
    queryKey: [...AUTHORIZERS, 'authorizer', authorizerName],
    queryFn: ({ signal }) => api(endpoints.describeAuthorizer, { params: { authorizerName }, signal }),
    staleTime: FRESH_MS,
    retry: false, // that there is none is an answer
  })

export const defaultAuthorizerQuery = queryOptions({
  queryKey: [...AUTHORIZERS, 'default'],
  queryFn: ({ signal }) => api(endpoints.describeDefaultAuthorizer, { signal }),
  staleTime: FRESH_MS,
})

/** All of the account, each whole: there are few. */
export const domainConfigurationsQuery = queryOptions({
  queryKey: [...DOMAIN_CONFIGURATIONS, 'all'],
  queryFn: ({ signal }) => api(endpoints.listDomainConfigurations, { signal }),
  staleTime: FRESH_MS,
})
