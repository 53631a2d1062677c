import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQueryClient } from '@tanstack/react-query'
import { type CertificateAuthority, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { AUTHORITIES } from '../../../shared/certificate/certificates-key.ts'
import { CheckField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { TEMPLATE_RULES, TemplateFields, type TemplateValues, templateOf } from './template-fields.tsx'

interface SetTemplateDialogProps {
  readonly authority: CertificateAuthority
  readonly onClose: () => void
}

interface Values extends TemplateValues {
  readonly autoRegistration: boolean
}

/** By which template a CA that is registered has devices provisioned. */
export function SetTemplateDialog({ authority, onClose }: SetTemplateDialogProps) {
  const { certificateId, template, autoRegistration } = authority
  const client = useQueryClient()
  const form = useForm<Values>({
    initial: {
      from: template?.templateBody !== undefined && template.templateName === undefined ? 'body' : 'name',
      templateName: template?.templateName ?? '',
      templateBody: template?.templateBody ?? '',
      roleArn: template?.roleArn ?? '',
      autoRegistration,
    },
    rules: TEMPLATE_RULES,
    submit: (values) =>
      api(endpoints.updateCertificateAuthority, { params: { certificateId }, body: changeOf(values) }),
    onDone: () => {
      void client.invalidateQueries({ queryKey: AUTHORITIES })
      onClose()
    },
  })
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
        <TemplateFields form={form} mayBeNone={template !== undefined} />
        {form.values.from !== 'none' && (
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

function changeOf(values: Values) {
  const template = templateOf(values)
  return template ? { autoRegistration: values.autoRegistration, template } : { removeTemplate: true }
}
