import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ProvisioningTemplateType } from '@thingdeck/contract'
import { parseTemplate, rolePermissions, TemplateError } from '@thingdeck/provisioning'
import { useMemo } from 'react'
import type { Field } from '../../../shared/form/use-form.ts'
import { NewRole } from '../../../shared/iot-roles/new-role.tsx'
import { IotRoleField } from '../../../shared/iot-roles/role-field.tsx'
import { RoleReport } from '../../../shared/iot-roles/role-report.tsx'
import { usePolicyHome } from '../../../shared/policy-editor/use-policy-home.ts'

interface RoleFieldProps {
  readonly field: Field<string>
  readonly templateName: string
  readonly templateBody: string
  readonly type: ProvisioningTemplateType
}

/** The role that AWS IoT provisions with: one that there is, with what it lacks, or a new one that may just this. */
export function RoleField({ field, templateName, templateBody, type }: RoleFieldProps) {
  const home = usePolicyHome()
  const permissions = useRolePermissions(templateBody, type)
  const user = { purpose: 'provisioning', name: templateName } as const
  return (
    <SpaceBetween size="s">
      <IotRoleField
        field={field}
        description="AWS IoT makes thing, policy and attachments on the right of this role. You need iam:PassRole on it."
        placeholder="arn:aws:iam::123456789012:role/provisioning"
        empty="No role trusts AWS IoT yet: make one below, or write an ARN."
      />
      {field.value === '' ? (
        <NewRole
          user={user}
          suggestedName={`${templateName || 'devices'}-provisioning`}
          home={home}
          permissions={permissions}
          users={['The template']}
          onRole={field.set}
        />
      ) : (
        <RoleReport
          needs={{ roleArn: field.value, permissions, users: [templateName || 'the template'] }}
          user={user}
        />
      )}
    </SpaceBetween>
  )
}

/** What the role has to be allowed for what the template says; of one that cannot be read what any template needs. */
export function useRolePermissions(templateBody: string, type: ProvisioningTemplateType) {
  return useMemo(
    () => permissionsOf(templateBody, type).map((action) => ({ action, resource: '*' })),
    [templateBody, type],
  )
}

function permissionsOf(templateBody: string, type: ProvisioningTemplateType) {
  try {
    return rolePermissions(parseTemplate(templateBody, type))
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    return []
  }
}
