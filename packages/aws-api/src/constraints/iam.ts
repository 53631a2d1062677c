import { constraintTable, range, text } from '../constraint.ts'

/** Of what concerns roles and their policies. @see AWS Identity and Access Management API Reference */
export const IAM_CONSTRAINTS = constraintTable([
  [text(1, 64, '[\\w+=,.@-]+'), 'RoleName'],
  [text(1, 128, '[\\w+=,.@-]+'), 'PolicyName InstanceProfileName GroupName'],
  // Most operations take a longer name of a user than one can be made with.
  [text(1, 128, '[\\w+=,.@-]+'), 'UserName'],
  [
    text(1, 64, '[\\w+=,.@-]+'),
    `CreateUserRequest.UserName AttachUserPolicyRequest.UserName DetachUserPolicyRequest.UserName
     ListAttachedUserPoliciesRequest.UserName`,
  ],
  [text(3, 63, '[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]'), 'AccountAlias'],
  [text(20, 2048), 'PolicyArn PermissionsBoundary'],
  [text(1, 512, '(/)|(/[!-~]+/)'), 'Path'],
  [text(1, 131_072), 'AssumeRolePolicyDocument PolicyDocument'],
  [range(3600, 43_200), 'MaxSessionDuration'],
  [text(0, 1000), 'Description'],
  [range(1, 1000), 'MaxItems'],
  [range(0, 50), 'Tags TagKeys'],
  [text(1, 128), 'Tag.Key'],
  [text(0, 256), 'Tag.Value'],
])
