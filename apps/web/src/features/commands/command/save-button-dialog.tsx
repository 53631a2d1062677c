import Link from '@cloudscape-design/components/link'
import { useQueryClient } from '@tanstack/react-query'
import { type Command, DEFAULT_COMMAND_TIMEOUT_SECONDS, endpoints } from '@thingdeck/contract'
import { api } from '../../../shared/api.ts'
import { useFlash } from '../../../shared/flash/flash.tsx'
import { FieldRow, TextField } from '../../../shared/form/fields.tsx'
import { FormDialog } from '../../../shared/form/form-dialog.tsx'
import { useForm } from '../../../shared/form/use-form.ts'
import { paths } from '../../../shared/paths.ts'
import { ThingTypePicker } from '../../../shared/pickers/thing-type-picker.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { buttonsChanged } from '../api.ts'
import { ParameterFields } from '../components/parameter-fields.tsx'
import { takenValues, type ValueTexts } from '../words/parameter-text.ts'
import { secondsInWords, timeoutRule } from '../words/timeout.ts'

interface SaveButtonDialogProps {
  readonly command: Command
  /** What it begins with. */
  readonly begin?: { readonly thingTypeName: string; readonly values: ValueTexts; readonly timeout: string }
  readonly onClose: () => void
}

/** Keeps a command with its values as a button on each thing of a type. */
export function SaveButtonDialog({ command, begin, onClose }: SaveButtonDialogProps) {
  const { commandId, parameters } = command
  const client = useQueryClient()
  const { flash } = useFlash()
  const form = useForm({
    initial: {
      thingTypeName: begin?.thingTypeName ?? '',
      label: command.displayName ?? commandId,
      values: begin?.values ?? ({} as ValueTexts), // no value is given
      timeout: begin?.timeout ?? String(DEFAULT_COMMAND_TIMEOUT_SECONDS),
    },
    limits: { label: { isRequired: true, maxLength: 40 } },
    rules: {
      values: (values) => (takenValues(parameters, values) ? undefined : 'Give the values.'),
      timeout: timeoutRule,
    },
    fieldsOfCodes: { NAME_TAKEN: 'label', TOO_MANY_BUTTONS: 'label' },
    submit: ({ thingTypeName, label, values, timeout }) =>
      api(endpoints.createCommandButton, {
        body: {
          ...(thingTypeName !== '' && { thingTypeName }),
          label: label.trim(),
          commandId,
          parameters: takenValues(parameters, values)?.given ?? {},
          executionTimeoutSeconds: Number(timeout),
        },
      }),
    onDone: ({ label, thingTypeName }) => {
      void buttonsChanged(client)
      flash({
        id: `button ${commandId} ${label}`,
        type: 'success',
        header: `The button ${visibleText(label)} is on each thing ${thingTypeName === undefined ? 'without a type' : `of the type ${visibleText(thingTypeName)}`}`,
        content: <Link href={paths.command(commandId, { tab: 'buttons' })}>Show its buttons</Link>,
      })
      onClose()
    },
  })
  const type = form.field('thingTypeName')
  const timeout = form.field('timeout')
  return (
    <FormDialog
      form={form}
      header={`A button that sends ${visibleText(commandId)}`}
      action="Add button"
      failure="The button could not be made"
      onClose={onClose}
    >
      <FieldRow
        field={type}
        label="On things of the type"
        description="Empty: on things that have no type. Everybody who uses the console sees it, and operators send by it."
      >
        <ThingTypePicker value={type.value} onChange={type.set} onBlur={type.leave} />
      </FieldRow>
      <TextField field={form.field('label')} label="What the button says" />
      <ParameterFields parameters={parameters} field={form.field('values')} />
      <TextField
        field={timeout}
        label="Time-out in seconds"
        inputMode="numeric"
        description={timeoutRule(timeout.value) === undefined ? secondsInWords(Number(timeout.value)) : undefined}
      />
    </FormDialog>
  )
}
