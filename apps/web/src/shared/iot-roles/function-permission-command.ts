import { shellWord } from '../text/shell-word.ts'

/** For what AWS IoT invokes a function. */
export interface FunctionUser {
  /** What the statement may be called, 'iot-rule-alarms'; characters that Lambda does not take become hyphens. */
  readonly statementId: string
  /** Of the rule, the template or the authorizer, with its account. */
  readonly sourceArn: string
}

/** As many characters as the id of a statement may have. @see AWS Lambda API reference, AddPermission */
const MOST_ID_CHARACTERS = 100

/**
 * The command by which a function lets AWS IoT invoke it, for this and nothing else; for a POSIX shell.
 * @param functionArn with a version or an alias where that is what is invoked
 * @param endpointUrl of the AWS CLI, where it is not AWS's own
 * @see AWS IoT Core developer guide, "Authorizing AWS IoT to invoke your Lambda function"
 */
export function functionPermissionCommand(
  functionArn: string,
  { statementId, sourceArn }: FunctionUser,
  endpointUrl?: string,
): string {
  const parts = functionArn.split(':')
  const qualifier = parts[7]
  const id = statementId.replaceAll(/[^a-zA-Z0-9_-]/g, '-').slice(0, MOST_ID_CHARACTERS)
  return [
    `aws lambda add-permission --function-name ${shellWord(parts.slice(0, 7).join(':'))}`,
    ...(qualifier === undefined ? [] : [`--qualifier ${shellWord(qualifier)}`]),
    `--statement-id ${id} --action lambda:InvokeFunction --principal iot.amazonaws.com`,
    `--source-account ${shellWord(sourceArn.split(':')[4] ?? '')} --source-arn ${shellWord(sourceArn)}`,
    ...(endpointUrl === undefined ? [] : [`--endpoint-url ${shellWord(endpointUrl)}`]),
  ].join(' \\\n  ')
}
