import { shellWord } from '../../shared/text/shell-word.ts'

interface Granted {
  readonly authorizerName: string
  readonly authorizerArn: string
  readonly authorizerFunctionArn: string
}

/**
 * The command by which a function lets AWS IoT invoke it for one authorizer, and for no other.
 * @param endpointUrl of the AWS CLI, where it is not AWS's own
 * @see AWS IoT Core developer guide, "Authorizing AWS IoT to invoke your Lambda function"
 */
export function permissionCommand(
  { authorizerName, authorizerArn, authorizerFunctionArn }: Granted,
  endpointUrl?: string,
) {
  const parts = authorizerFunctionArn.split(':')
  const qualifier = parts[7]
  const id = `iot-authorizer-${authorizerName.replaceAll(/[^a-zA-Z0-9_-]/g, '-')}`.slice(0, 100)
  return [
    `aws lambda add-permission --function-name ${shellWord(parts.slice(0, 7).join(':'))} \\`,
    ...(qualifier === undefined ? [] : [`  --qualifier ${shellWord(qualifier)} \\`]),
    `  --statement-id ${id} --action lambda:InvokeFunction \\`,
    `  --principal iot.amazonaws.com --source-account ${shellWord(authorizerArn.split(':')[4] ?? '')} \\`,
    `  --source-arn ${shellWord(authorizerArn)}${endpointUrl === undefined ? '' : ` \\\n  --endpoint-url ${shellWord(endpointUrl)}`}`,
  ].join('\n')
}
