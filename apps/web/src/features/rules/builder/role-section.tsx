import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMemo } from 'react'
import { NewRole } from '../../../shared/iot-roles/new-role.tsx'
import { RoleReport } from '../../../shared/iot-roles/role-report.tsx'
import { usePolicyHome } from '../../../shared/policy-editor/use-policy-home.ts'
import { LambdaPermission } from './lambda-permission.tsx'
import { roleNeedsOf } from './role-needs.ts'
import type { EditedAction } from './rule-values.ts'

interface RoleSectionProps {
  readonly ruleName: string
  readonly sql: string
  /** With the error action. */
  readonly actions: readonly EditedAction[]
  /** The role for all actions that have none. */
  readonly onRole: (roleArn: string) => void
}

/** Whether the actions may do what they are told: which roles they have, what these may, and a new one that may just this. */
export function RoleSection({ ruleName, sql, actions, onRole }: RoleSectionProps) {
  const home = usePolicyHome()
  const { roles, missing, functions } = useMemo(() => roleNeedsOf(actions, sql, home), [actions, sql, home])
  const isNone = roles.length === 0 && missing.users.length === 0 && functions.length === 0
  return (
    <Container
      header={
        <Header variant="h2" description="AWS IoT does what actions say on the right of a role of this account.">
          Permissions
        </Header>
      }
    >
      <SpaceBetween size="m">
        {isNone && <Box color="text-body-secondary">No action needs a role yet.</Box>}
        {missing.users.length > 0 && (
          <NewRole
            user={{ purpose: 'rule', name: ruleName }}
            suggestedName={`${ruleName || 'rule'}-actions`}
            home={home}
            permissions={missing.permissions}
            users={missing.users}
            onRole={onRole}
          />
        )}
        {roles.map((needs) => (
          <RoleReport key={needs.roleArn} needs={needs} user={{ purpose: 'rule', name: ruleName }} />
        ))}
        {functions.map((functionArn) => (
          <LambdaPermission key={functionArn} functionArn={functionArn} ruleName={ruleName} home={home} />
        ))}
      </SpaceBetween>
    </Container>
  )
}
