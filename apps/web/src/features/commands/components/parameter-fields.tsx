import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { CommandParameter } from '@thingdeck/contract'
import { toBase64 } from '../../../shared/bytes-text.ts'
import { OneFile } from '../../../shared/form/one-file.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { capitalised } from '../../../shared/format.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { takenValue, type ValueTexts } from '../words/parameter-text.ts'
import { conditionsInWords, defaultText, TYPE_WORDS } from '../words/parameters.ts'

interface ParameterFieldsProps {
  readonly parameters: readonly CommandParameter[]
  readonly field: Field<ValueTexts>
}

/** The values that a command is sent with, each asked for as its type wants it. */
export function ParameterFields({ parameters, field }: ParameterFieldsProps) {
  if (parameters.length === 0) return null
  return (
    <SpaceBetween size="l">
      {parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          text={field.value[parameter.name] ?? ''}
          isTold={field.error !== undefined}
          onChange={(text) => field.set({ ...field.value, [parameter.name]: text })}
          onLeave={field.leave}
        />
      ))}
    </SpaceBetween>
  )
}

interface ParameterFieldProps {
  readonly parameter: CommandParameter
  readonly text: string
  /** What is missing is said, too; what is wrong is in any case. */
  readonly isTold: boolean
  readonly onChange: (text: string) => void
  readonly onLeave: () => void
}

function ParameterField({ parameter, text, isTold, onChange, onLeave }: ParameterFieldProps) {
  const { name, type = 'STRING', description } = parameter
  const taken = takenValue(parameter, text)
  const problem = 'problem' in taken && (isTold || text !== '') ? taken.problem : undefined
  const usual = defaultText(parameter)
  const conditions = conditionsInWords(parameter)
  return (
    <FormField
      label={visible(name)}
      description={description && visible(description)}
      constraintText={visible(
        [TYPE_WORDS[type], conditions, usual === undefined ? undefined : `empty: ${usual}`]
          .filter((part) => part !== undefined)
          .map((part, index) => (index === 0 ? capitalised(part) : part))
          .join('; '),
      )}
      errorText={problem}
      stretch
    >
      <ValueInput parameter={parameter} text={text} onChange={onChange} onLeave={onLeave} />
    </FormField>
  )
}

const NUMERIC = new Set(['INTEGER', 'LONG', 'UNSIGNEDLONG', 'DOUBLE'])

/** A choice where only some values are good, else a line. */
function ValueInput({ parameter, text, onChange, onLeave }: Omit<ParameterFieldProps, 'isTold'>) {
  const { type = 'STRING' } = parameter
  const usual = defaultText(parameter)
  const choices = choicesOf(parameter)
  if (choices) {
    const options = [
      ...(usual === undefined ? [] : [{ value: '', label: `${usual} (where nothing is chosen)` }]),
      ...choices.map((value) => ({ value, label: value })),
    ]
    return (
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === text) ?? null}
        placeholder="Choose a value"
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
        onBlur={onLeave}
      />
    )
  }
  return (
    <>
      <Input
        value={text}
        autoComplete={false}
        spellcheck={false}
        inputMode={NUMERIC.has(type) ? (type === 'DOUBLE' ? 'decimal' : 'numeric') : 'text'}
        {...(usual !== undefined && { placeholder: usual })}
        onChange={({ detail }) => onChange(detail.value)}
        onBlur={onLeave}
      />
      {type === 'BINARY' && (
        <OneFile
          text="From a file"
          accept="*/*"
          onFile={async (file) => onChange(toBase64(new Uint8Array(await file.arrayBuffer())))}
        />
      )}
    </>
  )
}

/** The only values that are good; undefined: there are too many to choose from. */
function choicesOf({ type, valueConditions = [] }: CommandParameter): readonly string[] | undefined {
  if (type === 'BOOLEAN') return ['true', 'false']
  const { operand } = valueConditions.find(({ comparisonOperator }) => comparisonOperator === 'IN_SET') ?? {}
  return operand?.strings ?? operand?.numbers
}
