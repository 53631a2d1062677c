import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
  paginateListGroupPolicies,
  paginateListGroupsForUser,
  paginateListRolePolicies,
  paginateListUserPolicies,
} from '@aws-sdk/client-iam'
import type { IamPolicy, IamPrincipal, IamPrincipalKind } from '@thingdeck/contract'
import { collected } from '../../aws/pages.ts'
import { isRefused, orUnread } from '../../aws/why-unread.ts'

/** A policy's text, where it may be read. */
type Read = IamPolicy | { readonly unread: string }

/** The IAM policies of somebody. Errors are AWS's own; what the console's role may not read is said. */
export async function iamPrincipal(iam: IAMClient, kind: IamPrincipalKind, name: string): Promise<IamPrincipal> {
  const nothing = { kind, name, variables: {}, policies: [], unread: [] }
  const answer = await orUnread(async () => ({ ...nothing, ...(await read(iam, kind, name)) }), nothing)
  return { outcome: 'read', ...answer }
}

type Found = Pick<IamPrincipal, 'arn' | 'boundary' | 'variables' | 'policies' | 'unread'>

async function read(iam: IAMClient, kind: IamPrincipalKind, name: string): Promise<Found> {
  switch (kind) {
    case 'role': {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: name }))
      const boundary = await boundaryOf(iam, Role?.PermissionsBoundary?.PermissionsBoundaryArn)
      return { ...named(Role?.Arn), ...boundary, variables: {}, ...split(await rolePolicies(iam, name)) }
    }
    case 'user': {
      const { User } = await iam.send(new GetUserCommand({ UserName: name }))
      const groups = await collected(
        paginateListGroupsForUser({ client: iam }, { UserName: name }),
        (page) => page.Groups,
      )
      const policies = await Promise.all([
        userPolicies(iam, name),
        ...groups.map(({ GroupName = '' }) => groupPolicies(iam, GroupName)),
      ])
      const variables = { 'aws:username': User?.UserName ?? name, 'aws:userid': User?.UserId ?? '' }
      const boundary = await boundaryOf(iam, User?.PermissionsBoundary?.PermissionsBoundaryArn)
      return { ...named(User?.Arn), ...boundary, variables, ...split(policies.flat()) }
    }
    case 'group':
      return { variables: {}, ...split((await groupPolicies(iam, name)).map(withoutGroup)) }
  }
}

async function rolePolicies(iam: IAMClient, RoleName: string): Promise<Read[]> {
  const [inline, attached] = await Promise.all([
    collected(paginateListRolePolicies({ client: iam }, { RoleName }), (page) => page.PolicyNames),
    collected(paginateListAttachedRolePolicies({ client: iam }, { RoleName }), (page) => page.AttachedPolicies),
  ])
  return texts([
    ...inline.map((PolicyName) =>
      inlineText(
        PolicyName,
        async () => (await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }))).PolicyDocument,
      ),
    ),
    ...attached.map((policy) => managedText(iam, policy)),
  ])
}

async function userPolicies(iam: IAMClient, UserName: string): Promise<Read[]> {
  const [inline, attached] = await Promise.all([
    collected(paginateListUserPolicies({ client: iam }, { UserName }), (page) => page.PolicyNames),
    collected(paginateListAttachedUserPolicies({ client: iam }, { UserName }), (page) => page.AttachedPolicies),
  ])
  return texts([
    ...inline.map((PolicyName) =>
      inlineText(
        PolicyName,
        async () => (await iam.send(new GetUserPolicyCommand({ UserName, PolicyName }))).PolicyDocument,
      ),
    ),
    ...attached.map((policy) => managedText(iam, policy)),
  ])
}

async function groupPolicies(iam: IAMClient, GroupName: string): Promise<Read[]> {
  const [inline, attached] = await Promise.all([
    collected(paginateListGroupPolicies({ client: iam }, { GroupName }), (page) => page.PolicyNames),
    collected(paginateListAttachedGroupPolicies({ client: iam }, { GroupName }), (page) => page.AttachedPolicies),
  ])
  const found = await texts([
    ...inline.map((PolicyName) =>
      inlineText(
        PolicyName,
        async () => (await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName }))).PolicyDocument,
      ),
    ),
    ...attached.map((policy) => managedText(iam, policy)),
  ])
  return found.map((one) => ('unread' in one ? one : { ...one, groupName: GroupName }))
}

const texts = (asked: readonly Promise<Read>[]): Promise<Read[]> => Promise.all(asked)

async function inlineText(policyName: string, ask: () => Promise<string | undefined>): Promise<Read> {
  return unlessRefused(policyName, async () => ({ policyName, document: decodeURIComponent((await ask()) ?? '') }))
}

async function managedText(
  iam: IAMClient,
  { PolicyName = '', PolicyArn = '' }: { PolicyName?: string | undefined; PolicyArn?: string | undefined },
): Promise<Read> {
  return unlessRefused(PolicyName, async () => {
    const document = await managedDocument(iam, PolicyArn)
    return { policyName: PolicyName, policyArn: PolicyArn, document }
  })
}

async function managedDocument(iam: IAMClient, PolicyArn: string): Promise<string> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }))
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
  )
  return decodeURIComponent(PolicyVersion?.Document ?? '')
}

async function boundaryOf(iam: IAMClient, policyArn: string | undefined): Promise<Pick<IamPrincipal, 'boundary'>> {
  if (policyArn === undefined) return {}
  try {
    return { boundary: { policyArn, document: await managedDocument(iam, policyArn) } }
  } catch (error) {
    if (isRefused(error)) return { boundary: { policyArn } }
    throw error
  }
}

async function unlessRefused(policyName: string, ask: () => Promise<IamPolicy>): Promise<Read> {
  try {
    return await ask()
  } catch (error) {
    if (isRefused(error)) return { unread: policyName }
    throw error
  }
}

const split = (found: readonly Read[]): Pick<IamPrincipal, 'policies' | 'unread'> => ({
  policies: found.flatMap((one) => ('unread' in one ? [] : [one])),
  unread: found.flatMap((one) => ('unread' in one ? [one.unread] : [])),
})

const named = (arn: string | undefined): Pick<IamPrincipal, 'arn'> => (arn === undefined ? {} : { arn })

const withoutGroup = (one: Read): Read => {
  if ('unread' in one) return one
  const { groupName: _, ...policy } = one
  return policy
}
