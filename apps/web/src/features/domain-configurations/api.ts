import { queryOptions } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { api } from '../../shared/api.ts'
import { DOMAIN_CONFIGURATIONS } from '../../shared/authorizers/authorizer-queries.ts'

export const domainConfigurationQuery = (domainConfigurationName: string) =>
  queryOptions({
    queryKey: [...DOMAIN_CONFIGURATIONS, 'one', domainConfigurationName],
    queryFn: ({ signal }) =>
      api(endpoints.describeDomainConfiguration, { params: { domainConfigurationName }, signal }),
    staleTime: 10_000, // ms
    retry: false, // that there is none is an answer
  })
