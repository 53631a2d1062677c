import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { deviceEndpointQuery } from '../device-package/device-queries.ts'
import { shellWord } from '../text/shell-word.ts'
import { CopyText } from '../ui/copy-text.tsx'

/** For what AWS IoT calls a function. */
export interface FunctionUser {
  /** What it is called in the statement's id, 'iot-rule-alarms'. */
  readonly statementId: string
  /** Of the rule, the template or the authorizer. */
  readonly sourceArn: string
  readonly accountId: string
}

/**
 * The command by which a function lets AWS IoT call it, for this and nothing else; for a POSIX shell.
 * @param endpointUrl of the AWS CLI, where it is not AWS's own: without it the command would go to AWS
 */
export const lambdaPermissionAsCli = (
  functionArn: string,
  { statementId, sourceArn, accountId }: FunctionUser,
  endpointUrl?: string,
): string =>
  [
    `aws lambda add-permission --function-name ${shellWord(functionArn)} \\`,
    `  --statement-id ${shellWord(statementId)} --action lambda:InvokeFunction --principal iot.amazonaws.com \\`,
    `  --source-account ${accountId} --source-arn ${shellWord(sourceArn)}${endpointUrl === undefined ? '' : ' \\'}`,
    ...(endpointUrl === undefined ? [] : [`  --endpoint-url ${shellWord(endpointUrl)}`]),
  ].join('\n')

interface LambdaPermissionCommandProps {
  readonly functionArn: string
  readonly user: FunctionUser
  /** Said above it. */
  readonly children?: ReactNode
}

/** What one does so that a function lets AWS IoT call it: the console does not write policies of functions. */
export function LambdaPermissionCommand({ functionArn, user, children }: LambdaPermissionCommandProps) {
  const { data: endpoint } = useQuery(deviceEndpointQuery)
  return (
    <>
      {children}
      <CopyText what="the command" text={lambdaPermissionAsCli(functionArn, user, endpoint?.awsEndpointUrl)} />
    </>
  )
}
