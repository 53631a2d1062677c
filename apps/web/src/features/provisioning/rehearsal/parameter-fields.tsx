import Box from '@cloudscape-design/components/box'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { parseTemplate, TemplateError, type TemplateUse } from '@thingdeck/provisioning'
import { useMemo } from 'react'

/** A parameter that a template declares. */
export interface DeclaredParameter {
  readonly name: string
  readonly isPseudo: boolean
  readonly default: string | undefined
}

/** None of a template that cannot be read. */
export function useDeclared(templateBody: string, use: TemplateUse): readonly DeclaredParameter[] {
  return useMemo(() => {
    try {
      return Array.from(parseTemplate(templateBody, use).parameters, ([name, declaration]) => ({
        name,
        isPseudo: name.startsWith('AWS::'),
        default: declaration.default,
      }))
    } catch (error) {
      if (error instanceof TemplateError) return []
      throw error
    }
  }, [templateBody, use])
}

interface ParameterFieldsProps {
  readonly parameters: readonly DeclaredParameter[]
  readonly values: Readonly<Record<string, string>>
  readonly onChange: (values: Readonly<Record<string, string>>) => void
}

/** What a device gives: a field that is left empty is not sent. */
export function ParameterFields({ parameters, values, onChange }: ParameterFieldsProps) {
  if (parameters.length === 0) return <Box color="text-body-secondary">The template asks for no parameters.</Box>
  const change = (name: string, text: string) => {
    const { [name]: _, ...others } = values
    onChange(text === '' ? others : { ...others, [name]: text })
  }
  return (
    <ColumnLayout columns={2}>
      {parameters.map(({ name, default: given }) => (
        <FormField
          key={name}
          label={name}
          constraintText={
            given === undefined
              ? 'Left empty, it is not given: no default.'
              : `Left empty: ${given || 'an empty text'}, the default.`
          }
          stretch
        >
          <Input
            value={values[name] ?? ''}
            spellcheck={false}
            autoComplete={false}
            onChange={({ detail }) => change(name, detail.value)}
          />
        </FormField>
      ))}
    </ColumnLayout>
  )
}
