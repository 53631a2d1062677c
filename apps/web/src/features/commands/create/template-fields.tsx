import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { DEFAULT_COMMAND_TIMEOUT_SECONDS } from '@thingdeck/contract'
import { createEditor } from '../../../shared/editor/create-editor.tsx'
import { FieldRow, RadioField } from '../../../shared/form/fields.tsx'
import { OneFile } from '../../../shared/form/one-file.tsx'
import type { Form } from '../../../shared/form/use-form.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { PayloadPreview } from '../send/payload-preview.tsx'
import { takenValues } from '../words/parameter-text.ts'
import { type CommandValues, parametersIn, undeclared } from './command-values.ts'
import { freshParameter } from './parameter-drafts.ts'
import { ParametersField } from './parameters-field.tsx'
import { templateProblems } from './template-problems.ts'

const { Editor } = createEditor({
  load: async () => (await import('./template-extension.ts')).templateExtension,
})

const FORMATS = [
  { value: 'JSON', label: 'JSON' },
  { value: 'CBOR', label: 'CBOR', description: 'The same in fewer bytes, for small devices; bytes stay bytes.' },
] as const

/** A template with the parameters whose values each sending gives, and what a device would get by their defaults. */
export function TemplateFields({ form }: { readonly form: Form<CommandValues> }) {
  const { template, outputFormat, parameters } = form.values
  const field = form.field('template')
  const missing = undeclared(form.values)
  const declared = parametersIn(form.values)
  const taken = declared && takenValues(declared, {})
  return (
    <SpaceBetween size="l">
      <FieldRow
        field={field}
        label="Template"
        description="JSON, as the program on the device understands it. Type $ for what is put in whenever it is sent."
      >
        <SpaceBetween size="xs">
          <Editor label="Template" text={field.value} onChange={field.set} check={templateProblems} />
          <OneFile
            text="From a file"
            accept=".json,application/json"
            onFile={async (file) => field.set(await file.text())}
          />
        </SpaceBetween>
      </FieldRow>
      {missing.length > 0 && (
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Box>{visible(`The template has placeholders for ${missing.join(', ')}.`)}</Box>
          <Button
            formAction="none"
            onClick={() => form.change({ parameters: [...parameters, ...missing.map(freshParameter)] })}
          >
            {missing.length === 1 ? 'Declare it' : 'Declare them'}
          </Button>
        </SpaceBetween>
      )}
      <ParametersField field={form.field('parameters')} />
      <RadioField field={form.field('outputFormat')} label="Devices get" options={FORMATS} />
      {taken && (
        <SpaceBetween size="xxs">
          <Box color="text-body-secondary">
            By the defaults, with the usual time-out of {DEFAULT_COMMAND_TIMEOUT_SECONDS} seconds:
          </Box>
          <PayloadPreview
            command={{ payloadTemplate: template, outputFormat }}
            parameters={taken.taken}
            timeoutSeconds={DEFAULT_COMMAND_TIMEOUT_SECONDS}
            device={undefined}
          />
        </SpaceBetween>
      )}
    </SpaceBetween>
  )
}
