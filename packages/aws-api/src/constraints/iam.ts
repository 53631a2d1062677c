import { constraintTable, oneOf, range, text } from '../constraint.ts'
import { IAM_DOCUMENT, IAM_TAG_KEY, IAM_TAG_VALUE } from './iam-texts.ts'

const NAME = '[\\w+=,.@-]+'
/** AWS has `((/[A-Za-z0-9\.,\+@=_-]+)*)/`, a repetition of a repetition; this is the same without one. */
const POLICY_PATH = text(1, 512, '/|(?!.*//)/[A-Za-z0-9.,+@=_/-]+/')

/** Of what concerns users, groups, roles and their policies. @see AWS Identity and Access Management API Reference */
export const IAM_CONSTRAINTS = constraintTable([
  [text(1, 64, NAME), 'RoleName NewUserName'],
  [text(1, 128, NAME), 'PolicyName InstanceProfileName GroupName NewGroupName'],
  // Most operations take a longer name of a user than one can be made with.
  [text(1, 128, NAME), 'UserName'],
  [
    text(1, 64, NAME),
    `CreateUserRequest.UserName AttachUserPolicyRequest.UserName DetachUserPolicyRequest.UserName
     ListAttachedUserPoliciesRequest.UserName PutUserPermissionsBoundaryRequest.UserName
     DeleteUserPermissionsBoundaryRequest.UserName`,
  ],
  [text(3, 63, '[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]'), 'AccountAlias'],
  [text(20, 2048), 'PolicyArn PermissionsBoundary OpenIDConnectProviderArn'],
  [text(1, 512, '(/)|(/[!-~]+/)'), 'Path NewPath ListEntitiesForPolicyRequest.PathPrefix'],
  [text(1, 512, '/[!-\\x7f]*'), 'PathPrefix'],
  [
    POLICY_PATH,
    `CreatePolicyRequest.Path ListPoliciesRequest.PathPrefix ListAttachedGroupPoliciesRequest.PathPrefix
     ListAttachedRolePoliciesRequest.PathPrefix ListAttachedUserPoliciesRequest.PathPrefix`,
  ],
  [text(1, 131_072, IAM_DOCUMENT), 'AssumeRolePolicyDocument PolicyDocument'],
  [{ pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' }, 'VersionId'],
  [oneOf('PolicyScopeType'), 'Scope'],
  [oneOf('PolicyUsageType'), 'PolicyUsageFilter'],
  [oneOf('EntityType'), 'EntityFilter'],
  [text(16, 128, '[\\w]+'), 'AccessKeyId'],
  [oneOf('StatusType'), 'Status'],
  [range(1, 255), 'ClientID Url'],
  [{ member: range(1, 255) }, 'ClientIDList'],
  [{ member: range(40, 40) }, 'ThumbprintList'],
  [range(3600, 43_200), 'MaxSessionDuration'],
  [text(0, 1000, '[\\t\\n\\r -~\\xa1-\\xff]*'), 'Description'],
  [text(0, 1000), 'CreatePolicyRequest.Description'],
  [text(1, 320, '[ -\\xff]+'), 'Marker'],
  [range(1, 1000), 'MaxItems'],
  [range(0, 50), 'Tags'],
  [{ max: 50, member: IAM_TAG_KEY }, 'TagKeys'],
  [IAM_TAG_KEY, 'Tag.Key'],
  [IAM_TAG_VALUE, 'Tag.Value'],
])
