import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type CertificateAuthority, endpoints } from '@thingdeck/contract'
import { parseTemplate, TemplateError } from '@thingdeck/provisioning'
import { api } from '../../../shared/api.ts'
import { AUTHORITIES } from '../../../shared/certificate/certificates-key.ts'
import { CheckField, RadioField, SelectField, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { IotRoleField } from '../../../shared/iot-roles/role-field.tsx'
import { paths } from '../../../shared/paths.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'

interface SetTemplateDialogProps {
  readonly authority: CertificateAuthority
  readonly onClose: () => void
}

interface Values {
  readonly from: 'name' | 'body' | 'none'
  readonly templateName: string
  readonly templateBody: string
  readonly roleArn: string
  readonly autoRegistration: boolean
}

const ROLE = /^arn:aws[a-zA-Z-]*:iam::[0-9]{12}:role\/.+$/

/** By which template a CA has devices provisioned; AWS takes a template of the type JITP, or a text with a role. */
export function SetTemplateDialog({ authority, onClose }: SetTemplateDialogProps) {
  const { certificateId, template, autoRegistration } = authority
  const client = useQueryClient()
  const templates = useQuery({
    queryKey: ['provisioning', 'of type JITP'],
    queryFn: async ({ signal }) => {
      const { templates: found } = await api(endpoints.listProvisioningTemplates, {
        query: { maxResults: 250 },
        signal,
      })
      return found.filter(({ type }) => type === 'JITP')
    },
  })
  const form = useForm<Values>({
    initial: {
      from: template?.templateBody !== undefined && template.templateName === undefined ? 'body' : 'name',
      templateName: template?.templateName ?? '',
      templateBody: template?.templateBody ?? '',
      roleArn: template?.roleArn ?? '',
      autoRegistration,
    },
    rules: {
      templateName: (name, { from }) => (from === 'name' && name === '' ? 'Choose a template.' : undefined),
      templateBody: (text, { from }) => (from === 'body' ? wrongWith(text) : undefined),
      roleArn: (text, { from }) =>
        from !== 'body' || ROLE.test(text) ? undefined : 'The ARN of a role, arn:aws:iam::ACCOUNT:role/NAME.',
    },
    submit: (values) =>
      api(endpoints.updateCertificateAuthority, { params: { certificateId }, body: changeOf(values) }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: AUTHORITIES })
      onClose()
    },
  })
  const { from } = form.values
  const named = templates.data ?? []
  return (
    <FormDialog
      form={form}
      header="Template of the CA certificate"
      action="Set template"
      failure="The template could not be set"
      onClose={onClose}
      size="large"
    >
      <SpaceBetween size="m">
        {templates.error && <ErrorAlert error={templates.error} what="The templates could not be read" />}
        <RadioField
          field={form.field('from')}
          label="By which template"
          options={[
            {
              value: 'name',
              label: 'A provisioning template of the type JITP',
              description: 'A new default version of it holds at once.',
            },
            { value: 'body', label: 'A text of this CA’s own, with a role' },
            ...(template ? [{ value: 'none' as const, label: 'None: certificates are registered alone' }] : []),
          ]}
        />
        {from === 'name' && (
          <SelectField
            field={form.field('templateName')}
            label="Template"
            description={
              <>
                {named.length === 0 && templates.data ? 'There is none of this type yet. ' : ''}
                <Link href={paths.createProvisioningTemplate({ type: 'JITP' })}>Create a template of this type</Link>
              </>
            }
            options={named.map(({ templateName, enabled }) => ({
              value: templateName,
              label: enabled ? templateName : `${templateName} (disabled)`,
            }))}
          />
        )}
        {from === 'body' && <TextField field={form.field('templateBody')} label="Template" rows={14} />}
        {from === 'body' && (
          <IotRoleField
            field={form.field('roleArn')}
            description="It has to trust iot.amazonaws.com, and you need iam:PassRole on it."
          />
        )}
        {from !== 'none' && (
          <CheckField
            field={form.field('autoRegistration')}
            description="Without it no device is provisioned: its certificate is not known."
          >
            Register certificates by itself
          </CheckField>
        )}
      </SpaceBetween>
    </FormDialog>
  )
}

function changeOf({ from, templateName, templateBody, roleArn, autoRegistration }: Values) {
  if (from === 'none') return { removeTemplate: true }
  return { autoRegistration, template: from === 'name' ? { templateName } : { templateBody, roleArn } }
}

function wrongWith(text: string): string | undefined {
  try {
    parseTemplate(text, 'JITP')
    return undefined
  } catch (error) {
    if (error instanceof TemplateError) return `Line ${error.line}, column ${error.column}: ${error.message}`
    throw error
  }
}
