import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ColumnLayout from '@cloudscape-design/components/column-layout'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { PARAMETER_TYPES } from '@thingdeck/commands'
import { FieldRow } from '../../../shared/form/fields.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { readValue } from '../words/parameter-text.ts'
import { OPERATOR_WORDS, TYPE_WORDS } from '../words/parameters.ts'
import {
  type BrokenParameter,
  brokenParameter,
  type ConditionDraft,
  freshParameter,
  operatorsOf,
  type ParameterDraft,
} from './parameter-drafts.ts'
import '../commands.css'

const TYPES = PARAMETER_TYPES.map((value) => ({ value, label: TYPE_WORDS[value], description: value }))

/** What is asked for whenever the command is sent: each with its type, what it may be, and what is taken otherwise. */
export function ParametersField({ field }: { readonly field: Field<readonly ParameterDraft[]> }) {
  const drafts = field.value
  // What is wrong is said below, and shown where it stands: the others are as they may be.
  const broken = field.error === undefined ? undefined : brokenParameter(drafts)
  return (
    <FieldRow
      field={field}
      label="Parameters"
      description="A value is given for each whenever the command is sent, unless it has a default."
    >
      <SpaceBetween size="s">
        {drafts.map((draft, index) => (
          <ParameterRow
            // A parameter has no other identity than its place: its name is being written.
            key={String(index)}
            draft={draft}
            number={index + 1}
            broken={broken?.index === index ? broken.part : undefined}
            onChange={(changed) => field.set(drafts.with(index, { ...draft, ...changed }))}
            onRemove={() => field.set(drafts.toSpliced(index, 1))}
          />
        ))}
        <Button formAction="none" onClick={() => field.set([...drafts, freshParameter()])}>
          Add parameter
        </Button>
      </SpaceBetween>
    </FieldRow>
  )
}

interface ParameterRowProps {
  readonly draft: ParameterDraft
  readonly number: number
  readonly broken: BrokenParameter['part'] | undefined
  readonly onChange: (changed: Partial<ParameterDraft>) => void
  readonly onRemove: () => void
}

function ParameterRow({ draft, number, broken, onChange, onRemove }: ParameterRowProps) {
  const { name, type, defaultText, description, conditions } = draft
  const operators = operatorsOf(type)
  const read = defaultText === '' ? undefined : readValue(type, defaultText)
  const text = { autoComplete: false, spellcheck: false }
  return (
    <Container>
      <SpaceBetween size="s">
        <ColumnLayout columns={3}>
          <FormField label={`Name of parameter ${number}`}>
            <Input
              {...text}
              value={name}
              invalid={broken === 'name'}
              onChange={({ detail }) => onChange({ name: detail.value.trim() })}
            />
          </FormField>
          <FormField label={`Type of parameter ${number}`}>
            <Select
              options={TYPES}
              invalid={false}
              selectedOption={TYPES.find(({ value }) => value === type) ?? null}
              onChange={({ detail }) => {
                const chosen = PARAMETER_TYPES.find((each) => each === detail.selectedOption.value)
                if (!chosen) return
                const kept = conditions.filter(({ operator }) => operatorsOf(chosen).includes(operator))
                onChange({ type: chosen, conditions: kept })
              }}
            />
          </FormField>
          <FormField
            label={`Default of parameter ${number}`}
            errorText={read && 'problem' in read ? read.problem : undefined}
          >
            <Input
              {...text}
              value={defaultText}
              invalid={broken === 'default' || (read !== undefined && 'problem' in read)}
              placeholder="none: a value has to be given"
              onChange={({ detail }) => onChange({ defaultText: detail.value })}
            />
          </FormField>
        </ColumnLayout>
        <FormField label={`Description of parameter ${number}`} stretch>
          <Input
            {...text}
            value={description}
            invalid={false}
            onChange={({ detail }) => onChange({ description: detail.value })}
          />
        </FormField>
        {conditions.map((condition, index) => (
          <ConditionRow
            key={String(index)}
            condition={condition}
            draft={draft}
            isBroken={broken === 'conditions'}
            onChange={(changed) => onChange({ conditions: conditions.with(index, { ...condition, ...changed }) })}
            onRemove={() => onChange({ conditions: conditions.toSpliced(index, 1) })}
          />
        ))}
        <SpaceBetween direction="horizontal" size="xs">
          <Button
            formAction="none"
            disabled={operators.length === 0}
            disabledReason="Only texts and numbers are compared."
            onClick={() => {
              const operator = type === 'STRING' ? 'IN_SET' : 'IN_RANGE'
              onChange({ conditions: [...conditions, { operator, text: '', max: '' }] })
            }}
          >
            Add condition
          </Button>
          <Button formAction="none" ariaLabel={`Remove parameter ${number}`} onClick={onRemove}>
            Remove
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </Container>
  )
}

interface ConditionRowProps {
  readonly condition: ConditionDraft
  readonly draft: ParameterDraft
  readonly isBroken: boolean
  readonly onChange: (changed: Partial<ConditionDraft>) => void
  readonly onRemove: () => void
}

function ConditionRow({ condition: { operator, text, max }, draft, isBroken, onChange, onRemove }: ConditionRowProps) {
  const options = operatorsOf(draft.type).map((value) => ({ value, label: OPERATOR_WORDS[value], description: value }))
  const isRange = operator === 'IN_RANGE' || operator === 'NOT_IN_RANGE'
  const isSet = operator === 'IN_SET' || operator === 'NOT_IN_SET'
  return (
    <div className="td-command-condition">
      <SpaceBetween direction="horizontal" size="xs" alignItems="center">
        <Box>The value has to be</Box>
        <Select
          ariaLabel="Condition"
          invalid={false}
          options={options}
          selectedOption={options.find(({ value }) => value === operator) ?? null}
          onChange={({ detail }) => {
            const chosen = options.find(({ value }) => value === detail.selectedOption.value)
            if (chosen) onChange({ operator: chosen.value })
          }}
        />
        <Input
          ariaLabel={isRange ? 'From' : 'Compared with'}
          invalid={isBroken}
          value={text}
          placeholder={isSet ? 'low, high' : isRange ? '0' : ''}
          autoComplete={false}
          onChange={({ detail }) => onChange({ text: detail.value })}
        />
        {isRange && (
          <Input
            ariaLabel="To"
            invalid={isBroken}
            value={max}
            placeholder="100"
            autoComplete={false}
            onChange={({ detail }) => onChange({ max: detail.value })}
          />
        )}
        <Button formAction="none" iconName="close" variant="icon" ariaLabel="Remove condition" onClick={onRemove} />
      </SpaceBetween>
    </div>
  )
}
