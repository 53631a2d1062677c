import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { endpoints, ProvisioningTemplateDescription, type ProvisioningTemplateDetail } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { limitsOf } from '../../../shared/form/text-limits.ts'
import { useForm } from '../../../shared/form/use-form.ts'
import { provisioningChanged } from '../api.ts'
import { HookFields } from './hook-fields.tsx'
import { FUNCTION_LIMITS } from './hook-report.tsx'
import { RoleField } from './role-field.tsx'
import { roleRule } from './role-rule.ts'

interface SettingsDialogProps {
  readonly template: ProvisioningTemplateDetail
  readonly onClose: () => void
}

/** What of a template may be changed without a new version. */
export function SettingsDialog({ template, onClose }: SettingsDialogProps) {
  const { templateName, templateBody, type, provisioningRoleArn, preProvisioningHook, description } = template
  const client = useQueryClient()
  const form = useForm({
    initial: {
      description: description ?? '',
      provisioningRoleArn,
      hasHook: preProvisioningHook !== undefined,
      functionArn: preProvisioningHook?.targetArn ?? '',
    },
    limits: { description: limitsOf(ProvisioningTemplateDescription, '') },
    rules: {
      provisioningRoleArn: roleRule,
      functionArn: (text, { hasHook }) =>
        !hasHook || FUNCTION_LIMITS.pattern?.test(text)
          ? undefined
          : 'The ARN of a function: arn:aws:lambda:REGION:ACCOUNT:function:NAME.',
    },
    submit: (values) =>
      api(endpoints.updateProvisioningTemplate, {
        params: { templateName },
        body: {
          ...(values.description !== (description ?? '') && { description: values.description }),
          provisioningRoleArn: values.provisioningRoleArn,
          ...(values.hasHook && {
            preProvisioningHook: {
              targetArn: values.functionArn,
              ...(preProvisioningHook?.payloadVersion && { payloadVersion: preProvisioningHook.payloadVersion }),
            },
          }),
          ...(!values.hasHook && preProvisioningHook && { removePreProvisioningHook: true }),
        },
      }),
    onDone: () => {
      void provisioningChanged(client)
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      header={`Settings of ${templateName}`}
      action="Save settings"
      failure="The settings could not be changed"
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <TextField field={form.field('description')} label="Description, optional" rows={2} />
        <RoleField
          field={form.field('provisioningRoleArn')}
          templateName={templateName}
          templateBody={templateBody}
          type={type}
        />
        {type === 'FLEET_PROVISIONING' && (
          <HookFields
            hasHook={form.field('hasHook')}
            functionArn={form.field('functionArn')}
            templateName={templateName}
          />
        )}
      </SpaceBetween>
    </FormDialog>
  )
}
