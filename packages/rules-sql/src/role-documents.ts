import { arnOf, type RuleHome } from './rule-home.ts'

/** As a statement of a policy has it: several only where there are several. */
type OneOrMore = string | readonly string[]

export interface PermissionStatement {
  readonly Effect: 'Allow'
  readonly Action: OneOrMore
  readonly Resource: OneOrMore
}

/** Who may be a role, and as whom they were asked. */
export interface TrustStatement {
  readonly Effect: 'Allow'
  readonly Principal: { readonly Service: string }
  readonly Action: string
  readonly Condition: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface PolicyDocument<Statement> {
  readonly Version: string
  readonly Statement: readonly Statement[]
}

/** What a permission is for a policy, whoever says which actions there are. */
interface Permission {
  readonly action: string
  readonly resource: string
}

/** The fewest statements that allow just this: what is about the same resources stands together. */
export function permissionStatements(permissions: readonly Permission[]): readonly PermissionStatement[] {
  const actionsOf = new Map<string, Set<string>>()
  for (const { action, resource } of permissions) {
    actionsOf.set(resource, (actionsOf.get(resource) ?? new Set()).add(action))
  }
  const resourcesOf = Map.groupBy(actionsOf, ([, actions]) => [...actions].sort().join(' '))
  return Array.from(resourcesOf, ([actions, resources]) => ({
    Effect: 'Allow' as const,
    Action: oneOrMore(actions.split(' ')),
    Resource: oneOrMore(resources.map(([resource]) => resource)),
  }))
}

const oneOrMore = (texts: readonly string[]): OneOrMore =>
  texts.length === 1 && texts[0] !== undefined ? texts[0] : texts

/**
 * The trust policy of a role for rules: AWS IoT may be it, and for this account alone, so that no other account's rule is
 * done with it.
 * @see AWS IoT Core developer guide, "Cross-service confused deputy prevention"
 */
export const ruleTrust = (home: RuleHome): PolicyDocument<TrustStatement> => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: 'iot.amazonaws.com' },
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'aws:SourceAccount': home.accountId },
        ArnLike: { 'aws:SourceArn': arnOf(home, 'iot', '*') },
      },
    },
  ],
})

/** The policy of such a role. */
export const permissionPolicy = (statements: readonly unknown[]): PolicyDocument<unknown> => ({
  Version: '2012-10-17',
  Statement: statements,
})
