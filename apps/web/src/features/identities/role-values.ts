import {
  type AmbiguousRole,
  CLAIM_MATCHES,
  type ClaimMatch,
  type IdentityPool,
  type IdentityPoolRoles,
  type LoginProvider,
  MOST_MAPPING_RULES,
  type NewIdentityPoolRoles,
} from '@thingdeck/contract'
import { brokenAtOnce, brokenWhenLeft } from '../../shared/form/text-limits.ts'
import { isRoleArn } from '../../shared/iot-roles/is-role-arn.ts'
import { CLAIM_LIMITS } from './pool-values.ts'

export interface RuleRow {
  readonly claim: string
  readonly match: ClaimMatch
  readonly value: string
  readonly roleArn: string
}

/** How the role of one login provider is found; `Default`: all get the role of who signed in. */
export interface MappingValues {
  readonly provider: string
  readonly type: 'Default' | 'Token' | 'Rules'
  readonly ambiguous: AmbiguousRole
  readonly rules: readonly RuleRow[]
}

export interface RoleValues {
  readonly authenticated: string
  readonly unauthenticated: string
  readonly mappings: readonly MappingValues[]
}

export const FRESH_RULE: RuleRow = { claim: '', match: 'Equals', value: '', roleArn: '' }

/** By which name a mapping is of a login provider: of a user pool each app has its own. */
const mappingKeyOf = ({ kind, name, clientId }: LoginProvider): string =>
  kind === 'user-pool' ? `${name}:${clientId}` : name

/** What the form begins with: each login provider, and mappings of providers that the pool has no more. */
export function roleValuesOf({ providers, roles }: Pick<IdentityPool, 'providers' | 'roles'>): RoleValues {
  const mappings = roles?.mappings ?? []
  const others = mappings.map(({ provider }) => provider)
  const keys = new Set([...providers.map(mappingKeyOf), ...others])
  return {
    authenticated: roles?.authenticated ?? '',
    unauthenticated: roles?.unauthenticated ?? '',
    mappings: [...keys].map((provider) => {
      const found = mappings.find((mapping) => mapping.provider === provider)
      return {
        provider,
        type: found?.type ?? 'Default',
        ambiguous: found?.ambiguous ?? 'Deny',
        rules: (found?.rules ?? []).map(({ match, ...rule }) => ({
          ...rule,
          match: CLAIM_MATCHES.find((each) => each === match) ?? 'Equals',
        })),
      }
    }),
  }
}

export const rolesOfValues = ({ authenticated, unauthenticated, mappings }: RoleValues): NewIdentityPoolRoles => ({
  ...(authenticated !== '' && { authenticated }),
  ...(unauthenticated !== '' && { unauthenticated }),
  mappings: mappings.flatMap(({ provider, type, ambiguous, rules }) =>
    type === 'Default' ? [] : [{ provider, type, ambiguous, rules: type === 'Rules' ? [...rules] : [] }],
  ),
})

/** As the server expects to find them. */
export const seenRoles = ({ roles }: Pick<IdentityPool, 'roles'>): IdentityPoolRoles => roles ?? { mappings: [] }

const NO_ARN = 'the ARN of a role, arn:aws:iam::ACCOUNT:role/NAME'

/** A role may be left out. */
export const roleProblem = (arn: string): string | undefined =>
  arn === '' || isRoleArn(arn) ? undefined : `Only ${NO_ARN}.`

/** What is wrong with the mapping of one provider, in a sentence. */
export function mappingProblem({ type, rules }: MappingValues): string | undefined {
  if (type !== 'Rules') return undefined
  if (rules.length === 0) return 'By rules there is at least one rule.'
  if (rules.length > MOST_MAPPING_RULES) return `At most ${MOST_MAPPING_RULES} rules.`
  for (const [index, { claim, value, roleArn }] of rules.entries()) {
    const ofClaim = brokenAtOnce(CLAIM_LIMITS, claim) ?? brokenWhenLeft(CLAIM_LIMITS, claim)
    if (ofClaim !== undefined) return `Rule ${index + 1}, claim: ${ofClaim}`
    if (value === '' || value.length > 128) return `Rule ${index + 1}, value: 1 to 128 characters.`
    if (!isRoleArn(roleArn)) return `Rule ${index + 1}, role: only ${NO_ARN}.`
  }
  return undefined
}
