import { RULE_ROLE_PATH } from '@thingdeck/contract'
import type { RuleHome } from '@thingdeck/rules-sql'
import { shellWord } from '../../../shared/text/shell-word.ts'

/** A role as it would be made. */
export interface ExportedRole {
  readonly roleName: string
  readonly trust: object
  readonly policy: object
}

/** The commands that make a role, for a POSIX shell. */
export const roleAsCli = ({ roleName, trust, policy }: ExportedRole): string =>
  [
    `aws iam create-role --role-name ${shellWord(roleName)} --path ${RULE_ROLE_PATH} \\`,
    `  --assume-role-policy-document ${shellWord(JSON.stringify(trust))}`,
    `aws iam put-role-policy --role-name ${shellWord(roleName)} --policy-name thingdeck-rules \\`,
    `  --policy-document ${shellWord(JSON.stringify(policy))}`,
  ].join('\n')

/** A template with the role; JSON, which CloudFormation takes as well as YAML. */
export const roleAsCloudFormation = ({ roleName, trust, policy }: ExportedRole): string =>
  JSON.stringify(
    {
      Resources: {
        RuleRole: {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: roleName,
            Path: RULE_ROLE_PATH,
            AssumeRolePolicyDocument: trust,
            Policies: [{ PolicyName: 'thingdeck-rules', PolicyDocument: policy }],
          },
        },
      },
      Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['RuleRole', 'Arn'] } } },
    },
    undefined,
    2,
  )

/** The command by which a function lets AWS IoT call it for one rule. */
export function lambdaPermissionAsCli(functionArn: string, ruleName: string, home: RuleHome): string {
  const { partition = 'aws', region, accountId } = home
  const name = ruleName || 'RULE'
  return [
    `aws lambda add-permission --function-name ${shellWord(functionArn)} \\`,
    `  --statement-id iot-rule-${name} --action lambda:InvokeFunction --principal iot.amazonaws.com \\`,
    `  --source-account ${accountId} --source-arn arn:${partition}:iot:${region}:${accountId}:rule/${name}`,
  ].join('\n')
}
