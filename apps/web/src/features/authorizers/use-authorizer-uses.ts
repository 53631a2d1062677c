import { useQuery } from '@tanstack/react-query'
import type { DomainConfiguration } from '@thingdeck/contract'
import { defaultAuthorizerQuery, domainConfigurationsQuery } from '../../shared/authorizers/authorizer-queries.ts'

/** Who asks an authorizer that no client names. */
export interface AuthorizerUses {
  readonly isDefault: boolean
  /** Of the account; undefined: it has none. */
  readonly accountDefault: string | undefined
  readonly domains: readonly DomainConfiguration[]
}

/** Undefined while it is read, or where it could not be: then `error` says why. */
export function useAuthorizerUses(authorizerName: string): {
  readonly uses: AuthorizerUses | undefined
  readonly error: Error | null
} {
  const accountDefault = useQuery(defaultAuthorizerQuery)
  const domains = useQuery(domainConfigurationsQuery)
  const uses = accountDefault.data &&
    domains.data && {
      isDefault: accountDefault.data.authorizerName === authorizerName,
      accountDefault: accountDefault.data.authorizerName,
      domains: domains.data.domainConfigurations.filter(
        ({ authorizer }) => authorizer?.defaultAuthorizerName === authorizerName,
      ),
    }
  return { uses, error: accountDefault.error ?? domains.error }
}
