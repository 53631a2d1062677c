import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import { ProvisioningFunctionArn, type ProvisioningHookCheck } from '@thingdeck/contract'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { LambdaPermissionCommand } from '../../../shared/iot-roles/lambda-permission.tsx'
import { usePolicyHome } from '../../../shared/policy-editor/use-policy-home.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { useDebounced } from '../../../shared/use-debounced.ts'
import { hookCheckQuery } from '../api.ts'
import { HOOK_SECONDS } from '../hook-seconds.ts'

const TYPING_MS = 500

export const FUNCTION_LIMITS = limitsOf(
  ProvisioningFunctionArn,
  'the ARN of a function, arn:aws:lambda:REGION:ACCOUNT:function:NAME',
)

interface HookReportProps {
  readonly functionArn: string
  /** Empty: it has no name yet. */
  readonly templateName: string
}

/** Whether AWS IoT may call the function, and what one does where it may not. */
export function HookReport({ functionArn: typed, templateName: typedName }: HookReportProps) {
  const home = usePolicyHome()
  const functionArn = useDebounced(typed, TYPING_MS)
  const templateName = useDebounced(typedName, TYPING_MS)
  const isArn = FUNCTION_LIMITS.pattern?.test(functionArn) === true
  const name = /^[0-9A-Za-z_-]{1,36}$/.test(templateName) ? templateName : undefined
  const { data, error, isPending } = useQuery({ ...hookCheckQuery(functionArn, name), enabled: isArn })
  if (!isArn) return null
  if (error) return <ErrorAlert error={error} what="Whether AWS IoT may call the function is not known" />
  if (isPending) return <StatusIndicator type="loading">Reading who may call the function</StatusIndicator>
  if (!data.isFound) return <Alert type="warning">{data.why} Whoever comes is refused then.</Alert>
  const templateArn = `arn:${home.partition}:iot:${home.region}:${home.accountId}:provisioningtemplate/${name ?? 'TEMPLATE'}`
  return (
    <section aria-label={`Function ${functionArn}`}>
      <SpaceBetween size="xs">
        <Permission check={data} />
        {data.timeoutSeconds !== undefined && data.timeoutSeconds > HOOK_SECONDS && (
          <StatusIndicator type="info">
            {`It may run for ${data.timeoutSeconds} s; AWS IoT waits ${HOOK_SECONDS} s, and refuses the device then.`}
          </StatusIndicator>
        )}
        {data.decision !== 'ALLOWED' && (
          <LambdaPermissionCommand
            functionArn={functionArn}
            user={{
              statementId: `iot-provisioning-${name ?? 'TEMPLATE'}`,
              sourceArn: templateArn,
            }}
          >
            <Box color="text-body-secondary">
              The function lets AWS IoT call it by a policy of its own, which the console does not write:
            </Box>
          </LambdaPermissionCommand>
        )}
      </SpaceBetween>
    </section>
  )
}

function Permission({ check: { decision, why } }: { readonly check: ProvisioningHookCheck }) {
  if (decision === 'ALLOWED') return <StatusIndicator type="success">AWS IoT may call it.</StatusIndicator>
  if (decision === 'UNKNOWN') return <StatusIndicator type="warning">{why}</StatusIndicator>
  return (
    <StatusIndicator type="error">
      {`AWS IoT may not call it: iot.amazonaws.com lacks lambda:InvokeFunction, and every device is refused. ${why}`}
    </StatusIndicator>
  )
}
