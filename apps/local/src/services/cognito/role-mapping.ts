import type { JWTPayload } from 'jose'
import type { IdentityPool, MappingRule } from './identity-pool.ts'
import type { Login } from './login-provider.ts'

/**
 * The roles that an identity may choose from, the one that it gets without a choice first; none where the pool gives it
 * none. Of several logins the first with a mapping decides.
 * @param wanted the role that is asked for, `CustomRoleArn`
 * @see Amazon Cognito developer guide, "Using role-based access control"
 */
export function mappedRoles(
  { roles, roleMappings }: IdentityPool,
  logins: readonly Login[],
  wanted?: string | undefined,
): readonly string[] {
  const { authenticated, unauthenticated } = roles
  if (logins.length === 0) return unauthenticated === undefined ? [] : [unauthenticated]
  const byDefault = authenticated === undefined ? [] : [authenticated]
  for (const { claims, mappingKeys } of logins) {
    const key = mappingKeys.find((one) => Object.hasOwn(roleMappings, one))
    const mapping = key === undefined ? undefined : roleMappings[key]
    if (!mapping) continue
    const found = mapping.type === 'Token' ? rolesInToken(claims, wanted) : rolesByRules(mapping.rules, claims)
    if (found.length > 0) return found
    return mapping.ambiguous === 'AuthenticatedRole' ? byDefault : []
  }
  return byDefault
}

/** Several roles of which none is preferred are ambiguous, unless one of them is asked for. */
function rolesInToken(claims: JWTPayload, wanted: string | undefined): readonly string[] {
  const preferred = claims['cognito:preferred_role']
  const named = texts(claims['cognito:roles'])
  if (typeof preferred === 'string') return [preferred, ...named.filter((role) => role !== preferred)]
  return named.length === 1 || (wanted !== undefined && named.includes(wanted)) ? named : []
}

function rolesByRules(rules: readonly MappingRule[], claims: JWTPayload): readonly string[] {
  return [...new Set(rules.filter((rule) => matches(rule, claims)).map(({ roleArn }) => roleArn))]
}

/** Of a claim that is a list, one item is enough, and for `NotEqual` none may be equal. */
function matches({ claim, match, value }: MappingRule, claims: JWTPayload): boolean {
  const present = Object.hasOwn(claims, claim) ? texts(claims[claim]) : []
  if (present.length === 0) return false
  switch (match) {
    case 'Equals':
      return present.includes(value)
    case 'NotEqual':
      return !present.includes(value)
    case 'Contains':
      return present.some((text) => text.includes(value))
    case 'StartsWith':
      return present.some((text) => text.startsWith(value))
  }
}

function texts(claim: unknown): string[] {
  const items: unknown[] = Array.isArray(claim) ? claim : claim === undefined ? [] : [claim]
  return items.map((item) => (typeof item === 'string' ? item : JSON.stringify(item)))
}
