import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { endpoints, RULE_ROLE_PATH, RuleRoleName } from '@thingdeck/contract'
import {
  permissionPolicy,
  permissionStatements,
  type RuleHome,
  type RulePermission,
  ruleTrust,
} from '@thingdeck/rules-sql'
import { useState } from 'react'
import { api } from '../../../shared/api.ts'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { ApiError } from '../../../shared/http.ts'
import { IOT_ROLES, IotRolePicker } from '../../../shared/pickers/iot-role-picker.tsx'
import { useWhyNot } from '../../../shared/session/session.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { CopyText } from './copy-text.tsx'
import { PermissionList } from './permission-list.tsx'
import { roleAsCli, roleAsCloudFormation } from './role-exports.ts'

interface NewRoleProps {
  readonly ruleName: string
  readonly home: RuleHome
  readonly permissions: readonly RulePermission[]
  /** What has no role yet. */
  readonly users: readonly string[]
  readonly onRole: (roleArn: string) => void
}

const LIMITS = limitsOf(RuleRoleName, 'letters, digits and _ + = , . @ -')
/** IAM API reference, CreateRole. */
const MOST_CHARACTERS = 64

const nameFor = (ruleName: string) => `${ruleName || 'rule'}-actions`.slice(0, MOST_CHARACTERS)

/** A role for the actions that have none: one of those that there are, or a new one that may no more than they need. */
export function NewRole({ ruleName, home, permissions, users, onRole }: NewRoleProps) {
  const client = useQueryClient()
  const mayNot = useWhyNot('admin')
  const [written, setWritten] = useState<string>()
  const [picked, setPicked] = useState('')
  const name = written ?? nameFor(ruleName)
  const unready = permissions.find(
    ({ resource }) => !/^(\*|arn:aws[a-z-]*:.+)$/.test(resource) || /:$|\/$/.test(resource),
  )
  const create = useMutation({
    mutationFn: () => api(endpoints.createRuleRole, { body: { roleName: name, permissions: [...permissions] } }),
    onSuccess: ({ roleArn }) => {
      void client.invalidateQueries({ queryKey: IOT_ROLES })
      onRole(roleArn)
    },
  })
  const isWrong = !LIMITS.pattern?.test(name)
  const whyNot =
    mayNot ??
    (permissions.length === 0 || unready ? 'Fill in first what the actions are about.' : undefined) ??
    (isWrong ? 'Give the role a name first.' : undefined)
  const statements = permissionStatements(permissions)
  const exported = { roleName: name, trust: ruleTrust(home), policy: permissionPolicy(statements) }
  return (
    <section aria-label="A role for the actions">
      <SpaceBetween size="s">
        <Alert type="info">
          {users.join(', ')} {users.length === 1 ? 'has' : 'have'} no role yet. It has to be allowed:
          <PermissionList permissions={permissions} />
        </Alert>
        <FormField
          label="Name of a new role"
          description={`It is made below ${RULE_ROLE_PATH}, may do this and nothing else, and AWS IoT of this account alone may be it.`}
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
