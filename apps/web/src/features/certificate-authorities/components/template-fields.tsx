import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import { endpoints } from '@thingdeck/contract'
import { parseTemplate, TemplateError } from '@thingdeck/provisioning'
import { api } from '../../../shared/api.ts'
import { RadioField, SelectField, TextField } from '../../../shared/form/fields.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { isRoleArn } from '../../../shared/iot-roles/is-role-arn.ts'
import { IotRoleField } from '../../../shared/iot-roles/role-field.tsx'
import { paths } from '../../../shared/paths.ts'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'

/** By which template a CA has devices provisioned; AWS takes a template of the type JITP, or a text with a role. */
export interface TemplateValues {
  readonly from: 'name' | 'body' | 'none'
  readonly templateName: string
  readonly templateBody: string
  readonly roleArn: string
}

export const TEMPLATE_RULES = {
  templateName: (name: string, { from }: TemplateValues) =>
    from === 'name' && name === '' ? 'Choose a template.' : undefined,
  templateBody: (text: string, { from }: TemplateValues) => (from === 'body' ? wrongWith(text) : undefined),
  roleArn: (text: string, { from }: TemplateValues) =>
    from !== 'body' || isRoleArn(text) ? undefined : 'The ARN of a role, arn:aws:iam::ACCOUNT:role/NAME.',
}

/** As the console's server takes it; undefined for none. */
export function templateOf({ from, templateName, templateBody, roleArn }: TemplateValues) {
  if (from === 'none') return undefined
  return from === 'name' ? { templateName } : { templateBody, roleArn }
}

interface TemplateFieldsProps {
  readonly form: Pick<Form<TemplateValues>, 'values' | 'field'>
  /** Whether there may be none. */
  readonly mayBeNone: boolean
}

export function TemplateFields({ form, mayBeNone }: TemplateFieldsProps) {
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
  const { from } = form.values
  const named = templates.data ?? []
  return (
    <>
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
          ...(mayBeNone ? [{ value: 'none' as const, label: 'None: certificates are registered alone' }] : []),
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
    </>
  )
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
