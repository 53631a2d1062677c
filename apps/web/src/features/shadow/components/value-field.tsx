import './value-field.css'
import Button from '@cloudscape-design/components/button'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { isJsonArray, type JsonObject, type JsonValue, jsonEquals, stringifyJson } from '@thingdeck/json'
import { useState } from 'react'
import { FIELD_TYPES, type FieldType, fieldText, fieldTypeOf, readField } from '../../../shared/form/field-value.ts'
import { validate } from '../../../shared/json-schema/json-schema.ts'

interface ValueFieldProps {
  /** Of the key, for the labels. */
  readonly name: string
  readonly value: JsonValue | undefined
  /** Gives the type where there is no value yet: what the device reports. */
  readonly example: JsonValue | undefined
  /** Every keystroke that makes a value of the type; nothing waits for a button. */
  /** Of this key, if there is one. */
  readonly schema: JsonObject | undefined
  readonly onChange: (value: JsonValue | undefined) => void
  readonly onClose: () => void
}

const TYPE_WORDS: Readonly<Record<FieldType, string>> = {
  string: 'text',
  number: 'number',
  boolean: 'true/false',
  json: 'JSON',
}
const TYPE_OPTIONS = FIELD_TYPES.map((value) => ({ value, label: TYPE_WORDS[value] }))
const BOOLEAN_OPTIONS = ['true', 'false'].map((value) => ({ value, label: value }))

/** The field of one key, of the type that its value has. */
export function ValueField({ name, value, example, schema, onChange, onClose }: ValueFieldProps) {
  const [type, setType] = useState<FieldType>(() => typeOfSchema(schema) ?? fieldTypeOf(value ?? example))
  const [text, setText] = useState(() => fieldText(value))
  const read = readField(type, text)
  const choices = choicesOf(schema)
  const broken = schema && read.ok ? validate(schema, read.value)[0] : undefined
  const description = schema?.get('description') ?? schema?.get('title')
  const write = (nextType: FieldType, nextText: string) => {
    setType(nextType)
    setText(nextText)
    const next = readField(nextType, nextText)
    if (next.ok) onChange(next.value)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the fields within bubble up to here
    <div
      className="td-field"
      onKeyDown={({ key }) => {
        if (key === 'Escape' || (key === 'Enter' && read.ok)) onClose()
      }}
    >
      <div className="td-field-line">
        <div className="td-field-value">
          {choices ? (
            <Select
              ariaLabel={`Desired value of ${name}`}
              options={choices.map((choice) => ({ value: stringifyJson(choice), label: fieldText(choice) }))}
              selectedOption={
                choices
                  .filter((choice) => value !== undefined && jsonEquals(choice, value))
                  .map((choice) => ({ value: stringifyJson(choice), label: fieldText(choice) }))[0] ?? null
              }
              onChange={({ detail }) =>
                onChange(choices.find((choice) => stringifyJson(choice) === detail.selectedOption.value))
              }
            />
          ) : type === 'boolean' ? (
            <Select
              ariaLabel={`Desired value of ${name}`}
              options={BOOLEAN_OPTIONS}
              selectedOption={BOOLEAN_OPTIONS.find((option) => option.value === text) ?? null}
              onChange={({ detail }) => write(type, detail.selectedOption.value ?? '')}
            />
          ) : (
            <Input
              ariaLabel={`Desired value of ${name}`}
              autoFocus
              value={text}
              inputMode={type === 'number' ? 'decimal' : 'text'}
              invalid={!read.ok}
              onChange={({ detail }) => write(type, detail.value)}
            />
          )}
        </div>
        {!choices && (
          <Select
            ariaLabel={`Type of ${name}`}
            options={TYPE_OPTIONS}
            selectedOption={TYPE_OPTIONS.find((option) => option.value === type) ?? null}
            onChange={({ detail }) => {
              const next = FIELD_TYPES.find((each) => each === detail.selectedOption.value) ?? 'string'
              write(next, next === 'boolean' && text !== 'true' ? 'false' : text)
            }}
          />
        )}
        <Button
          variant="icon"
          iconName="remove"
          ariaLabel={`Remove ${name}: send null`}
          onClick={() => {
            onChange(undefined)
            onClose()
          }}
        />
        <Button variant="icon" iconName="check" ariaLabel={`Done with ${name}`} onClick={onClose} disabled={!read.ok} />
      </div>
      {typeof description === 'string' && <span className="td-weak">{description}</span>}
      {broken && !choices && <span className="td-error"> By the schema it {broken.message}</span>}
      {!read.ok && !choices && (
        <span role="alert" className="td-error">
          {read.message}
        </span>
      )}
    </div>
  )
}

const SCHEMA_TYPES: Readonly<Record<string, FieldType>> = {
  string: 'string',
  number: 'number',
  integer: 'number',
  boolean: 'boolean',
  array: 'json',
  object: 'json',
}

function typeOfSchema(schema: JsonObject | undefined): FieldType | undefined {
  const type = schema?.get('type')
  return typeof type === 'string' ? SCHEMA_TYPES[type] : undefined
}

function choicesOf(schema: JsonObject | undefined): readonly JsonValue[] | undefined {
  const choices = schema?.get('enum')
  return isJsonArray(choices) ? choices : undefined
}
