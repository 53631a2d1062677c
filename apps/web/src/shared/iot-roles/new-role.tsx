import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { endpoints, IOT_ROLE_PATH, IotRoleName, type IotRolePermission } from '@thingdeck/contract'
import { provisioningTrust } from '@thingdeck/provisioning'
import { permissionPolicy, permissionStatements, type RuleHome, ruleTrust } from '@thingdeck/rules-sql'
import { useState } from 'react'
import { api } from '../api.ts'
import { limitsOf } from '../form/text-limits.ts'
import { ApiError } from '../http.ts'
import { useWhyNot } from '../session/session.tsx'
import { CopyText } from '../ui/copy-text.tsx'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { PermissionList } from './permission-list.tsx'
import { roleAsCli, roleAsCloudFormation } from './role-exports.ts'
import { IotRolePicker } from './role-picker.tsx'
import { IOT_ROLES, iotRolesQuery, type RoleUser } from './role-queries.ts'

interface NewRoleProps {
  readonly user: RoleUser
  /** What a new one is called. */
  readonly suggestedName: string
  readonly home: RuleHome
  readonly permissions: readonly IotRolePermission[]
  /** What has no role yet. */
  readonly users: readonly string[]
  readonly onRole: (roleArn: string) => void
}

const LIMITS = limitsOf(IotRoleName, 'letters, digits and _ + = , . @ -')
/** IAM API reference, CreateRole. */
const MOST_CHARACTERS = 64

/** A role for what has none: one of those that there are, or a new one that may no more than they need. */
export function NewRole({ user: { purpose }, suggestedName, home, permissions, users, onRole }: NewRoleProps) {
  const client = useQueryClient()
  const mayNot = useWhyNot('admin')
  const [written, setWritten] = useState<string>()
  const [picked, setPicked] = useState('')
  const { boundary } = useQuery({ ...iotRolesQuery, enabled: mayNot === undefined }).data ?? {}
  const name = written ?? suggestedName.slice(0, MOST_CHARACTERS)
  const unready = permissions.find(
    ({ resource }) => !/^(\*|arn:aws[a-z-]*:.+)$/.test(resource) || /:$|\/$/.test(resource),
  )
  const create = useMutation({
    mutationFn: () =>
      api(endpoints.createIotRole, { body: { purpose, roleName: name, permissions: [...permissions] } }),
    onSuccess: ({ roleArn }) => {
      void client.invalidateQueries({ queryKey: IOT_ROLES })
      onRole(roleArn)
    },
  })
  const isWrong = !LIMITS.pattern?.test(name)
  const whyNot =
    mayNot ??
    (permissions.length === 0 || unready ? 'Fill in first what it is needed for.' : undefined) ??
    (isWrong ? 'Give the role a name first.' : undefined)
  const statements = permissionStatements(permissions)
  const exported = {
    purpose,
    roleName: name,
    trust: purpose === 'rule' ? ruleTrust(home) : provisioningTrust(home.accountId),
    policy: permissionPolicy(statements),
    boundary,
  }
  return (
    <section aria-label="A new role">
      <SpaceBetween size="s">
        <Alert type="info">
          {users.join(', ')} {users.length === 1 ? 'has' : 'have'} no role yet. It has to be allowed:
          <PermissionList permissions={permissions} />
        </Alert>
        <FormField
          label="Name of a new role"
          description={`It is made below ${IOT_ROLE_PATH}, may do this and nothing else, and AWS IoT of this account alone may be it.${boundary === undefined ? '' : ` Its permissions boundary is ${boundary}, which may deny what is allowed here.`}`}
          errorText={isWrong && name !== '' ? 'Only letters, digits and _ + = , . @ -.' : undefined}
          secondaryControl={
            <Button
              formAction="none"
              loading={create.isPending}
              disabled={whyNot !== undefined}
              disabledReason={whyNot ?? ''}
              onClick={() => create.mutate()}
            >
              Create role
            </Button>
          }
        >
          <Input
            value={name}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => setWritten(detail.value)}
          />
        </FormField>
        {create.error && (
          <ErrorAlert error={create.error} what={`The role could not be created${hintOf(create.error)}`} />
        )}
        <ExpandableSection headerText="Its policies">
          <SpaceBetween size="s">
            <Box variant="h4">Whom it trusts</Box>
            <CopyText what="the trust policy" text={JSON.stringify(exported.trust, undefined, 2)} />
            <Box variant="h4">What it may</Box>
            <CopyText what="the policy" text={JSON.stringify(exported.policy, undefined, 2)} />
          </SpaceBetween>
        </ExpandableSection>
        <ExpandableSection headerText="Make it elsewhere" defaultExpanded={isRefused(create.error)}>
          <SpaceBetween size="s">
            <Box variant="h4">AWS CLI</Box>
            <CopyText what="the commands" text={roleAsCli(exported)} />
            <Box variant="h4">CloudFormation</Box>
            <CopyText what="the template" text={roleAsCloudFormation(exported)} />
          </SpaceBetween>
        </ExpandableSection>
        <FormField
          label="Or a role that there is"
          secondaryControl={
            <Button formAction="none" disabled={picked === ''} onClick={() => onRole(picked)}>
              Use this role
            </Button>
          }
        >
          <IotRolePicker
            label="Or a role that there is"
            value={picked}
            onChange={setPicked}
            placeholder="arn:aws:iam::123456789012:role/pump-alarms"
            empty="No role trusts AWS IoT yet: make one below, or write an ARN."
          />
        </FormField>
      </SpaceBetween>
    </section>
  )
}

/** The console's own credentials may not make roles. */
const isRefused = (error: Error | null) =>
  error instanceof ApiError && (error.code === 'AWS_REFUSED' || /AccessDenied/.test(error.code))

const hintOf = (error: Error) =>
  isRefused(error) ? ': IAM refuses the console. Make it elsewhere, as below, and use it by its ARN' : ''
