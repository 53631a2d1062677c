import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, type IotRoleCheck, type IotRolePermission, type IotRolePurpose } from '@thingdeck/contract'
import { permissionPolicy, permissionStatements } from '@thingdeck/rules-sql'
import { api } from '../api.ts'
import { useWhyNot } from '../session/session.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { useDebounced } from '../use-debounced.ts'
import { isRoleArn } from './is-role-arn.ts'
import { PermissionList } from './permission-list.tsx'
import { IOT_ROLES, type RoleUser, roleCheckQuery } from './role-queries.ts'

const TYPING_MS = 500

/** A role, and what it has to be allowed. */
export interface RoleNeeds {
  readonly roleArn: string
  readonly permissions: readonly IotRolePermission[]
  /** For what, in words. */
  readonly users: readonly string[]
}

interface RoleReportProps {
  readonly needs: RoleNeeds
  readonly user: RoleUser
}

/** Whether AWS IoT may be a role, and what of what is needed the role may. */
export function RoleReport({ needs, user: { purpose, name: written = '' } }: RoleReportProps) {
  const mayNot = useWhyNot('admin')
  const { roleArn, permissions, users } = useDebounced(needs, TYPING_MS)
  const name = /^[\w-]+$/.test(written) ? written : undefined
  const { data, error, isPending, isFetching } = useQuery({
    ...roleCheckQuery(roleArn, { purpose, name }, permissions),
    enabled: mayNot === undefined && isRoleArn(roleArn),
    placeholderData: (before) => (before && roleArn.endsWith(`/${before.roleName}`) ? before : undefined),
  })
  if (!isRoleArn(roleArn)) return null
  return (
    <section aria-label={`Role ${roleArn}`}>
      <SpaceBetween size="xs">
        <Box variant="h3">{roleArn.split('/').at(-1)}</Box>
        <Box color="text-body-secondary">Acts for {users.join(', ')}.</Box>
        {mayNot !== undefined ? (
          <>
            <PermissionList permissions={permissions} />
            <Box color="text-body-secondary">It needs this; what a role may, admins are told.</Box>
          </>
        ) : error ? (
          <ErrorAlert error={error} what="Whether the role may do this is not known" />
        ) : isPending ? (
          <StatusIndicator type="loading">Reading what the role may</StatusIndicator>
        ) : data.isFound ? (
          <Findings check={data} purpose={purpose} needs={{ roleArn, permissions, users }} isFetching={isFetching} />
        ) : (
          <Alert type="warning">{data.trust.why}: on AWS, whatever is done with it fails.</Alert>
        )}
      </SpaceBetween>
    </section>
  )
}

interface FindingsProps {
  readonly check: IotRoleCheck
  readonly purpose: IotRolePurpose
  readonly needs: RoleNeeds
  readonly isFetching: boolean
}

function Findings({ check, purpose, needs: { permissions }, isFetching }: FindingsProps) {
  const client = useQueryClient()
  const lacking = check.permissions.filter(({ decision }) => decision !== 'ALLOWED')
  const allow = useMutation({
    mutationFn: () =>
      api(endpoints.allowIotRole, {
        params: { roleName: check.roleName },
        body: { purpose, permissions: lacking.map(({ action, resource }) => ({ action, resource })) },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: IOT_ROLES }),
  })
  const policy = JSON.stringify(permissionPolicy(permissionStatements(lacking)), undefined, 2)
  return (
    <SpaceBetween size="xs">
      <StatusIndicator type={check.trust.decision === 'ALLOWED' ? 'success' : 'error'}>
        {check.trust.decision === 'ALLOWED'
          ? 'It trusts AWS IoT.'
          : `AWS IoT may not be it: its trust policy has to allow iot.amazonaws.com sts:AssumeRole. ${check.trust.why}`}
      </StatusIndicator>
      <PermissionList permissions={permissions} decided={check.permissions} />
      {lacking.length > 0 &&
        (check.mayBeChanged ? (
          <SpaceBetween size="xs">
            <ExpandableSection headerText="What would be added to the role">
              <CopyText what="the policy" text={policy} />
            </ExpandableSection>
            {allow.error && <ErrorAlert error={allow.error} what="The role could not be changed" />}
            <Button formAction="none" loading={allow.isPending || isFetching} onClick={() => allow.mutate()}>
              Allow what is missing
            </Button>
          </SpaceBetween>
        ) : (
          <ExpandableSection headerText="The policy that the role lacks">
            <Box color="text-body-secondary">The console changes only roles that it made; add this one in IAM.</Box>
            <CopyText what="the policy" text={policy} />
          </ExpandableSection>
        ))}
      {check.hasBoundary && (
        <StatusIndicator type="warning">
          It has a permissions boundary, which may deny what is allowed here.
        </StatusIndicator>
      )}
      {check.unread.length > 0 && (
        <StatusIndicator type="warning">
          Of its policies, these could not be read: {check.unread.join(', ')}. What they say is not known here.
        </StatusIndicator>
      )}
    </SpaceBetween>
  )
}
