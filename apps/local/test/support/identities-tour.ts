import * as cognito from '@aws-sdk/client-cognito-identity'
import * as iam from '@aws-sdk/client-iam'
import * as sts from '@aws-sdk/client-sts'
import { EVERYTHING } from './device.ts'

/** What no handler looks at, and why. */
export const KNOWN_OF_IDENTITIES: Readonly<Record<string, string>> = {
  'cognitoIdentity.SetIdentityPoolRoles RoleMappings.*': 'looked at by the keys of its map',
  'sts.GetFederationToken Tags.*': 'refused whatever is in it',
}

const UserName = 'tourist'
const GroupName = 'tourists'
const PolicyName = 'tour'
const Tags = [{ Key: 'site', Value: 'north' }]
const TagKeys = ['hall']
const PAGE = { MaxItems: 10, Marker: 'next' }
const PathPrefix = '/'
const POOL_PAGE = { MaxResults: 10, NextToken: 'next' }
const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Federated: 'x' }, Action: 'sts:AssumeRoleWithWebIdentity' }],
})

type Refusable = (call: Promise<unknown>) => Promise<void>
interface Settings extends Pick<iam.IAMClientConfig, 'endpoint' | 'region' | 'credentials'> {}

/** Calls every operation about users, groups, managed policies, providers and pools with all that it can be given. */
export async function tourOfIdentities(settings: Settings, refusable: Refusable): Promise<void> {
  const client = new iam.IAMClient(settings)
  const go = (command: object) => refusable(client.send(command as iam.GetUserCommand)) // any of them will do
  await tourOfUsers(client, go)
  await tourOfGroups(go)
  await tourOfPolicies(client, go)
  await tourOfRoles(go)
  await tourOfProviders(go)
  client.destroy()
  await tourOfSessions(settings, refusable)
  await tourOfPools(settings, refusable)
}

type Go = (command: object) => Promise<void>

async function tourOfUsers(client: iam.IAMClient, go: Go): Promise<void> {
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSIoTDataAccess'
  const PermissionsBoundary = PolicyArn
  const inline = { UserName, PolicyName }
  await go(new iam.CreateUserCommand({ UserName, Path: '/', Tags, PermissionsBoundary }))
  await go(new iam.GetUserCommand({ UserName }))
  await go(new iam.ListUsersCommand({ PathPrefix, ...PAGE }))
  await go(new iam.PutUserPolicyCommand({ ...inline, PolicyDocument: EVERYTHING }))
  await go(new iam.GetUserPolicyCommand(inline))
  await go(new iam.ListUserPoliciesCommand({ UserName, ...PAGE }))
  await go(new iam.AttachUserPolicyCommand({ UserName, PolicyArn }))
  await go(new iam.ListAttachedUserPoliciesCommand({ UserName, PathPrefix, ...PAGE }))
  await go(new iam.PutUserPermissionsBoundaryCommand({ UserName, PermissionsBoundary }))
  await go(new iam.DeleteUserPermissionsBoundaryCommand({ UserName }))
  await go(new iam.TagUserCommand({ UserName, Tags }))
  await go(new iam.UntagUserCommand({ UserName, TagKeys }))
  await go(new iam.ListUserTagsCommand({ UserName, ...PAGE }))
  await go(new iam.UpdateUserCommand({ UserName, NewUserName: UserName, NewPath: '/' }))
  const { AccessKey } = await client.send(new iam.CreateAccessKeyCommand({ UserName }))
  const AccessKeyId = AccessKey?.AccessKeyId ?? ''
  await go(new iam.ListAccessKeysCommand({ UserName, ...PAGE }))
  await go(new iam.GetAccessKeyLastUsedCommand({ AccessKeyId }))
  await go(new iam.UpdateAccessKeyCommand({ UserName, AccessKeyId, Status: 'Inactive' }))
  await go(new iam.DeleteAccessKeyCommand({ UserName, AccessKeyId }))
  await go(new iam.DetachUserPolicyCommand({ UserName, PolicyArn }))
  await go(new iam.DeleteUserPolicyCommand(inline))
}

async function tourOfGroups(go: Go): Promise<void> {
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSIoTDataAccess'
  const inline = { GroupName, PolicyName }
  await go(new iam.CreateGroupCommand({ GroupName, Path: '/' }))
  await go(new iam.AddUserToGroupCommand({ GroupName, UserName }))
  await go(new iam.GetGroupCommand({ GroupName, ...PAGE }))
  await go(new iam.ListGroupsCommand({ PathPrefix, ...PAGE }))
  await go(new iam.ListGroupsForUserCommand({ UserName, ...PAGE }))
  await go(new iam.PutGroupPolicyCommand({ ...inline, PolicyDocument: EVERYTHING }))
  await go(new iam.GetGroupPolicyCommand(inline))
  await go(new iam.ListGroupPoliciesCommand({ GroupName, ...PAGE }))
  await go(new iam.AttachGroupPolicyCommand({ GroupName, PolicyArn }))
  await go(new iam.ListAttachedGroupPoliciesCommand({ GroupName, PathPrefix, ...PAGE }))
  await go(new iam.UpdateGroupCommand({ GroupName, NewGroupName: GroupName, NewPath: '/' }))
  await go(new iam.DetachGroupPolicyCommand({ GroupName, PolicyArn }))
  await go(new iam.DeleteGroupPolicyCommand(inline))
  await go(new iam.RemoveUserFromGroupCommand({ GroupName, UserName }))
  await go(new iam.DeleteGroupCommand({ GroupName }))
  await go(new iam.DeleteUserCommand({ UserName }))
  await go(new iam.CreateAccountAliasCommand({ AccountAlias: 'tour' }))
  await go(new iam.ListAccountAliasesCommand(PAGE))
  await go(new iam.DeleteAccountAliasCommand({ AccountAlias: 'tour' }))
}

async function tourOfPolicies(client: iam.IAMClient, go: Go): Promise<void> {
  const PolicyDocument = EVERYTHING
  const made = { PolicyName, PolicyDocument, Path: '/', Description: 'Of the tour', Tags }
  const { Policy } = await client.send(new iam.CreatePolicyCommand(made))
  const PolicyArn = Policy?.Arn ?? ''
  const usage = { PolicyUsageFilter: 'PermissionsPolicy' } as const
  await go(new iam.GetPolicyCommand({ PolicyArn }))
  await go(new iam.ListPoliciesCommand({ Scope: 'Local', OnlyAttached: false, PathPrefix, ...usage, ...PAGE }))
  await go(new iam.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: false }))
  await go(new iam.GetPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
  await go(new iam.ListPolicyVersionsCommand({ PolicyArn, ...PAGE }))
  await go(new iam.SetDefaultPolicyVersionCommand({ PolicyArn, VersionId: 'v2' }))
  await go(new iam.ListEntitiesForPolicyCommand({ PolicyArn, EntityFilter: 'User', PathPrefix, ...usage, ...PAGE }))
  await go(new iam.TagPolicyCommand({ PolicyArn, Tags }))
  await go(new iam.UntagPolicyCommand({ PolicyArn, TagKeys }))
  await go(new iam.ListPolicyTagsCommand({ PolicyArn, ...PAGE }))
  await go(new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
  await go(new iam.DeletePolicyCommand({ PolicyArn }))
}

async function tourOfRoles(go: Go): Promise<void> {
  const RoleName = 'tour-guide'
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSIoTDataAccess'
  await go(new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: TRUST }))
  await go(new iam.UpdateRoleCommand({ RoleName, Description: 'A guide', MaxSessionDuration: 7200 }))
  await go(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn }))
  await go(new iam.ListAttachedRolePoliciesCommand({ RoleName, PathPrefix, MaxItems: 10 }))
  await go(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn }))
  await go(new iam.TagRoleCommand({ RoleName, Tags }))
  await go(new iam.UntagRoleCommand({ RoleName, TagKeys }))
  await go(new iam.ListRoleTagsCommand({ RoleName, ...PAGE }))
  await go(new iam.DeleteRoleCommand({ RoleName }))
}

async function tourOfProviders(go: Go): Promise<void> {
  const OpenIDConnectProviderArn = 'arn:aws:iam::123456789012:oidc-provider/issuer.example'
  const ThumbprintList = ['0'.repeat(40)]
  await go(
    new iam.CreateOpenIDConnectProviderCommand({
      Url: 'https://issuer.example',
      ClientIDList: ['tablet'],
      ThumbprintList,
      Tags,
    }),
  )
  await go(new iam.GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))
  await go(new iam.ListOpenIDConnectProvidersCommand({}))
  await go(new iam.AddClientIDToOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: 'desk' }))
  await go(new iam.RemoveClientIDFromOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, ClientID: 'desk' }))
  await go(new iam.UpdateOpenIDConnectProviderThumbprintCommand({ OpenIDConnectProviderArn, ThumbprintList }))
  await go(new iam.TagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, Tags }))
  await go(new iam.UntagOpenIDConnectProviderCommand({ OpenIDConnectProviderArn, TagKeys }))
  await go(new iam.ListOpenIDConnectProviderTagsCommand({ OpenIDConnectProviderArn, ...PAGE }))
  await go(new iam.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn }))
}

async function tourOfSessions(settings: Settings, refusable: Refusable): Promise<void> {
  const client = new sts.STSClient(settings)
  await refusable(client.send(new sts.GetSessionTokenCommand({ DurationSeconds: 900 })))
  const mfa = { SerialNumber: 'arn:aws:iam::123456789012:mfa/x', TokenCode: '123456' }
  await refusable(
    client.send(new sts.GetSessionTokenCommand({ DurationSeconds: 900, ...mfa, MinimumSessionTokenSize: 1 })),
  )
  const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/AWSIoTDataAccess' }]
  const federated = { Name: 'tourist', Policy: EVERYTHING, PolicyArns, DurationSeconds: 900 }
  await refusable(client.send(new sts.GetFederationTokenCommand({ ...federated, MinimumSessionTokenSize: 1 })))
  await refusable(client.send(new sts.GetFederationTokenCommand(federated)))
  await refusable(client.send(new sts.GetAccessKeyInfoCommand({ AccessKeyId: `AKIA${'A'.repeat(16)}` })))
  const web = {
    RoleArn: 'arn:aws:iam::123456789012:role/tour-guide',
    RoleSessionName: 'tour',
    WebIdentityToken: 'a.token.that-is-none',
    DurationSeconds: 900,
    Policy: EVERYTHING,
    PolicyArns,
  }
  await refusable(client.send(new sts.AssumeRoleWithWebIdentityCommand(web)))
  await refusable(client.send(new sts.AssumeRoleWithWebIdentityCommand({ ...web, ProviderId: 'www.amazon.com' })))
  client.destroy()
}

async function tourOfPools(settings: Settings, refusable: Refusable): Promise<void> {
  const client = new cognito.CognitoIdentityClient(settings)
  const go = (command: object) => refusable(client.send(command as cognito.GetIdCommand)) // any of them will do
  const DeveloperProviderName = 'login.tour'
  const pool = {
    IdentityPoolName: 'tour',
    AllowUnauthenticatedIdentities: true,
    AllowClassicFlow: true,
    DeveloperProviderName,
    SupportedLoginProviders: { 'accounts.google.com': 'app' },
    CognitoIdentityProviders: [{ ProviderName: 'issuer.example', ClientId: 'c', ServerSideTokenCheck: true }],
    IdentityPoolTags: { site: 'north' },
  }
  const { IdentityPoolId = '' } = await client.send(new cognito.CreateIdentityPoolCommand(pool))
  for (const more of [
    { SamlProviderARNs: ['arn:aws:iam::123456789012:saml-provider/x'] },
    { OpenIdConnectProviderARNs: ['arn:aws:iam::123456789012:oidc-provider/none.example'] },
  ]) {
    await go(new cognito.CreateIdentityPoolCommand({ ...pool, ...more }))
    await go(new cognito.UpdateIdentityPoolCommand({ IdentityPoolId, ...pool, ...more }))
  }
  await go(new cognito.UpdateIdentityPoolCommand({ IdentityPoolId, ...pool }))
  const role = 'arn:aws:iam::123456789012:role/tour-guide'
  const rule = { Claim: 'title', MatchType: 'Equals', Value: 'boss', RoleARN: role } as const
  await go(
    new cognito.SetIdentityPoolRolesCommand({
      IdentityPoolId,
      Roles: { authenticated: role },
      RoleMappings: {
        'issuer.example:c': {
          Type: 'Rules',
          AmbiguousRoleResolution: 'Deny',
          RulesConfiguration: { Rules: [rule] },
        },
      },
    }),
  )
  const IdentityProviderName = 'issuer.example:c'
  const map = { IdentityPoolId, IdentityProviderName, UseDefaults: false, PrincipalTags: { hall: 'hall' } }
  await go(new cognito.SetPrincipalTagAttributeMapCommand(map))
  await go(new cognito.GetPrincipalTagAttributeMapCommand({ IdentityPoolId, IdentityProviderName }))
  const ResourceArn = `arn:aws:cognito-identity:us-east-1:123456789012:identitypool/${IdentityPoolId}`
  await go(new cognito.TagResourceCommand({ ResourceArn, Tags: { hall: '2' } }))
  await go(new cognito.UntagResourceCommand({ ResourceArn, TagKeys }))
  await go(new cognito.ListTagsForResourceCommand({ ResourceArn }))
  const Logins = { [DeveloperProviderName]: 'nina' }
  const asked = { IdentityPoolId, Logins, TokenDuration: 600 }
  const { IdentityId = '' } = await client.send(new cognito.GetOpenIdTokenForDeveloperIdentityCommand(asked))
  await go(new cognito.GetOpenIdTokenForDeveloperIdentityCommand({ ...asked, IdentityId, PrincipalTags: { a: 'b' } }))
  await go(new cognito.GetOpenIdTokenForDeveloperIdentityCommand({ ...asked, IdentityId }))
  await go(new cognito.GetOpenIdTokenCommand({ IdentityId, Logins: { 'issuer.example': 'x' } }))
  const user = { IdentityPoolId, DeveloperUserIdentifier: 'nina' }
  await go(new cognito.LookupDeveloperIdentityCommand({ ...user, IdentityId, ...POOL_PAGE }))
  const two = { SourceUserIdentifier: 'nina', DestinationUserIdentifier: 'nina', DeveloperProviderName, IdentityPoolId }
  await go(new cognito.MergeDeveloperIdentitiesCommand(two))
  await go(new cognito.ListIdentitiesCommand({ IdentityPoolId, HideDisabled: true, ...POOL_PAGE, MaxResults: 5 }))
  await go(new cognito.UnlinkIdentityCommand({ IdentityId, Logins: {}, LoginsToRemove: ['issuer.example'] }))
  await go(new cognito.UnlinkDeveloperIdentityCommand({ IdentityId, DeveloperProviderName, ...user }))
  await go(new cognito.DeleteIdentitiesCommand({ IdentityIdsToDelete: [IdentityId] }))
  await go(new cognito.DeleteIdentityPoolCommand({ IdentityPoolId }))
  client.destroy()
}
