import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { Authorizer, FunctionPermission as PermissionFound } from '@thingdeck/contract'
import { deviceEndpointQuery } from '../../../shared/device-package/device-queries.ts'
import { functionPermissionCommand } from '../../../shared/iot-roles/function-permission-command.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { Commands } from '../../../shared/ui/commands.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { permissionQuery } from '../api.ts'

/** Whether AWS IoT may invoke the function of an authorizer, and the command that lets it. */
export function FunctionPermission({ authorizer }: { readonly authorizer: Authorizer }) {
  const { data, error, refetch, isFetching } = useQuery(permissionQuery(authorizer.authorizerName))
  const endpoint = useQuery(deviceEndpointQuery)
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button iconName="refresh" loading={isFetching} onClick={() => void refetch()}>
              Check again
            </Button>
          }
          description="AWS IoT invokes the function as iot.amazonaws.com, for this authorizer: the function’s own policy has to allow that."
        >
          Permission of the function
        </Header>
      }
    >
      <SpaceBetween size="s">
        {error && <ErrorAlert error={error} what="The permission could not be read" onRetry={() => void refetch()} />}
        {!error && !data && <Loading what="permission" />}
        {data && <Permission permission={data} />}
        {data && needsCommand(data) && (
          <Commands
            what="Let AWS IoT invoke the function"
            text={functionPermissionCommand(
              authorizer.authorizerFunctionArn,
              {
                statementId: `iot-authorizer-${authorizer.authorizerName}`,
                sourceArn: authorizer.authorizerArn,
              },
              endpoint.data?.awsEndpointUrl,
            )}
          />
        )}
      </SpaceBetween>
    </Container>
  )
}

const needsCommand = ({ outcome, decision, isForAll }: PermissionFound): boolean =>
  isForAll === true || (outcome !== 'no-function' && decision !== 'ALLOWED')

function Permission({
  permission: { outcome, decision, why, isForAll, message },
}: {
  readonly permission: PermissionFound
}) {
  switch (outcome) {
    case 'no-function':
      return <StatusIndicator type="error">There is no such function: every client is refused.</StatusIndicator>
    case 'no-policy':
      return (
        <StatusIndicator type="error">
          The function has no policy: AWS IoT may not invoke it, and every client is refused.
        </StatusIndicator>
      )
    case 'not-understood':
      return (
        <StatusIndicator type="warning">
          The function’s policy cannot be understood: {visible(message ?? '')}
        </StatusIndicator>
      )
    case 'not-allowed':
    case 'not-served':
      return (
        <StatusIndicator type="warning">
          The console could not read the function’s policy: {visible(message ?? '')}
        </StatusIndicator>
      )
    case 'read':
      return decision === 'ALLOWED' ? (
        <SpaceBetween size="xs">
          <StatusIndicator type="success">AWS IoT may invoke it for this authorizer</StatusIndicator>
          {isForAll && (
            <Alert type="warning" header="It does not say for which authorizer">
              Any account’s authorizer may have this function run. Allow it for this authorizer by the command below,
              and remove the statement that names no source.
            </Alert>
          )}
        </SpaceBetween>
      ) : (
        <SpaceBetween size="xs">
          <StatusIndicator type="error">
            AWS IoT may not invoke it for this authorizer: every client is refused.
          </StatusIndicator>
          {why !== undefined && <span className="td-weak">{visible(why)}</span>}
        </SpaceBetween>
      )
  }
}
