import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ProvisioningTemplateDetail } from '@thingdeck/contract'
import { useState } from 'react'
import { ActionButton } from '../../../shared/action/action-buttons.tsx'
import { RoleReport } from '../../../shared/iot-roles/role-report.tsx'
import { Copyable } from '../../../shared/ui/copyable.tsx'
import { HookReport } from './hook-report.tsx'
import { useRolePermissions } from './role-field.tsx'
import { SettingsDialog } from './settings-dialog.tsx'

/** On whose right devices are provisioned, and who is asked before; whether AWS IoT may do so. */
export function SettingsTab({ template }: { readonly template: ProvisioningTemplateDetail }) {
  const { templateName, templateBody, type, provisioningRoleArn, preProvisioningHook } = template
  const [isEditing, setEditing] = useState(false)
  const permissions = useRolePermissions(templateBody, type)
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h2"
            description="AWS IoT makes thing, policy and attachments on the right of this role."
            actions={<ActionButton id="edit" text="Edit settings" needs="admin" onAction={() => setEditing(true)} />}
          >
            Role
          </Header>
        }
      >
        <SpaceBetween size="xs">
          <Copyable what="ARN of the role" text={provisioningRoleArn} />
          <RoleReport
            needs={{ roleArn: provisioningRoleArn, permissions, users: [templateName] }}
            user={{ purpose: 'provisioning', name: templateName }}
          />
        </SpaceBetween>
      </Container>
      {type === 'FLEET_PROVISIONING' && (
        <Container
          header={
            <Header
              variant="h2"
              description="Asked for each device, before anything is made: it may refuse, and change parameters."
            >
              Pre-provisioning hook
            </Header>
          }
        >
          {preProvisioningHook ? (
            <SpaceBetween size="xs">
              <Copyable what="ARN of the function" text={preProvisioningHook.targetArn} />
              <HookReport functionArn={preProvisioningHook.targetArn} templateName={templateName} />
            </SpaceBetween>
          ) : (
            'There is none: whoever has a claim certificate is let in, as often as they come.'
          )}
        </Container>
      )}
      {isEditing && <SettingsDialog template={template} onClose={() => setEditing(false)} />}
    </SpaceBetween>
  )
}
