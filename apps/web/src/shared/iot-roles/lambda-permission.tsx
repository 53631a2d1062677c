import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { deviceEndpointQuery } from '../device-package/device-queries.ts'
import { CopyText } from '../ui/copy-text.tsx'
import { type FunctionUser, functionPermissionCommand } from './function-permission-command.ts'

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
      <CopyText what="the command" text={functionPermissionCommand(functionArn, user, endpoint?.awsEndpointUrl)} />
    </>
  )
}
