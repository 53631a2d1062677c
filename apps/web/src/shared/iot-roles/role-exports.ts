import { IOT_ROLE_PATH, IOT_ROLE_POLICIES, type IotRolePurpose } from '@thingdeck/contract'
import { shellWord } from '../text/shell-word.ts'

/** A role as it would be made. */
export interface ExportedRole {
  readonly purpose: IotRolePurpose
  readonly roleName: string
  readonly trust: object
  readonly policy: object
  /** ARN of its permissions boundary. */
  readonly boundary?: string | undefined
}

/** The commands that make a role, for a POSIX shell. */
export const roleAsCli = ({ purpose, roleName, trust, policy, boundary }: ExportedRole): string =>
  [
    `aws iam create-role --role-name ${shellWord(roleName)} --path ${IOT_ROLE_PATH} \\`,
    ...(boundary === undefined ? [] : [`  --permissions-boundary ${shellWord(boundary)} \\`]),
    `  --assume-role-policy-document ${shellWord(JSON.stringify(trust))}`,
    `aws iam put-role-policy --role-name ${shellWord(roleName)} --policy-name ${IOT_ROLE_POLICIES[purpose]} \\`,
    `  --policy-document ${shellWord(JSON.stringify(policy))}`,
  ].join('\n')

/** A template with the role; JSON, which CloudFormation takes as well as YAML. */
export const roleAsCloudFormation = ({ purpose, roleName, trust, policy, boundary }: ExportedRole): string =>
  JSON.stringify(
    {
      Resources: {
        IotRole: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: roleName,
            Path: IOT_ROLE_PATH,
            ...(boundary !== undefined && { PermissionsBoundary: boundary }),
            AssumeRolePolicyDocument: trust,
            Policies: [{ PolicyName: IOT_ROLE_POLICIES[purpose], PolicyDocument: policy }],
          },
        },
      },
      Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['IotRole', 'Arn'] } } },
    },
    undefined,
    2,
  )
