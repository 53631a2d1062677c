import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  type IAMClient,
  paginateListAttachedRolePolicies,
  paginateListRolePolicies,
} from '@aws-sdk/client-iam'
import type { BodyOf, endpoints, IotRoleCheck } from '@thingdeck/contract'
import {
  compilePolicies,
  evaluate,
  explain,
  MalformedPolicyError,
  type NamedPolicy,
  parsePolicyDocument,
} from '@thingdeck/policies'
import type { RuleHome } from '@thingdeck/rules-sql'
import { isNamed } from '../../aws/error-name.ts'
import { collected } from '../../aws/pages.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { isOfConsole, trustOf } from './role-trust.ts'

/**
 * Whether AWS IoT may be a role for a rule or a template, and what of what that needs the role may: by its trust policy, its
 * inline and its attached policies, decided here as everywhere. Errors are AWS's own.
 */
export async function checkIotRole(
  iam: IAMClient,
  home: RuleHome,
  { roleArn, purpose, name, permissions }: BodyOf<typeof endpoints.checkIotRole>,
): Promise<IotRoleCheck> {
  const RoleName = roleArn.split('/').at(-1) ?? ''
  const role = (await unlessGone(iam.send(new GetRoleCommand({ RoleName }))))?.Role
  // A name is one role's, whatever its path: another path leads to none.
  if (role?.Arn !== roleArn) {
    return {
      roleName: RoleName,
      isFound: false,
      mayBeChanged: false,
      trust: {
        decision: 'IMPLICIT_DENY',
        why: role?.Arn ? `The role of this name is ${role.Arn}` : 'There is no such role',
      },
      permissions: [],
      hasBoundary: false,
      unread: [],
    }
  }
  const { policies, unread } = await policiesOf(iam, RoleName)
  const compiled = compilePolicies(policies)
  return {
    roleName: RoleName,
    isFound: true,
    mayBeChanged: isOfConsole(role, home, { purpose }),
    trust: trustOf(role, home, { purpose, name }),
    permissions: permissions.map(({ action, resource }) => {
      const decision = evaluate(compiled, { action, resource })
      return { action, resource, decision: decision.decision, why: explain(decision) }
    }),
    hasBoundary: role.PermissionsBoundary !== undefined,
    unread,
  }
}

async function policiesOf(iam: IAMClient, RoleName: string) {
  const unread: string[] = []
  const read = async (policyName: string, ask: () => Promise<string | undefined>): Promise<NamedPolicy[]> => {
    try {
      const text = await ask()
      return [{ policyName, document: parsePolicyDocument(decodeURIComponent(text ?? ''), { dialect: 'iam' }) }]
    } catch (error) {
      const isUnknown = error instanceof MalformedPolicyError || error instanceof URIError || isNamed(error, ...REFUSED)
      if (!isUnknown) throw error
      unread.push(policyName)
      return []
    }
  }
  const [inline, attached] = await Promise.all([
    collected(paginateListRolePolicies({ client: iam }, { RoleName }), (page) => page.PolicyNames),
    collected(paginateListAttachedRolePolicies({ client: iam }, { RoleName }), (page) => page.AttachedPolicies),
  ])
  const policies = await Promise.all([
    ...inline.map((PolicyName) =>
      read(PolicyName, async () => (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument),
    ),
    ...attached.map(({ PolicyName = '', PolicyArn }) =>
      read(PolicyName, async () => {
        const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
        const { PolicyVersion } = await iam.send(
          new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
        )
        return PolicyVersion?.Document
      }),
    ),
  ])
  return { policies: policies.flat(), unread }
}

const REFUSED = ['AccessDenied', 'AccessDeniedException', 'NoSuchEntityException']
