import './value-field.css'
import Button from '@cloudscape-design/components/button'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { isJsonArray, type JsonObject, type JsonValue, jsonEquals, stringifyJson } from '@thingdeck/json'
import { useState } from 'react'
import {
  FIELD_TYPE_WORDS,
  FIELD_TYPES,
  type FieldType,
  fieldText,
  fieldTypeOf,
  fitsOneLine,
  readField,
} from '../../../shared/form/field-value.ts'
import { pastedLines } from '../../../shared/form/paste-lines.ts'
import { validate } from '../../../shared/json-schema/json-schema.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'

interface ValueFieldProps {
  /** Of the key, for the labels. */
  readonly name: string
  readonly value: JsonValue | undefined
  /** Gives the type where there is no value yet: what the device reports. */
  readonly example: JsonValue | undefined
  /** Of this key, if there is one. */
  readonly schema: JsonObject | undefined
  /** Every keystroke that makes a value of the type; nothing waits for a button. */
  readonly onChange: (value: JsonValue | undefined) => void
  readonly onClose: () => void
}

const TYPE_OPTIONS = FIELD_TYPES.map((value) => ({ value, label: FIELD_TYPE_WORDS[value] }))
const BOOLEAN_OPTIONS = ['true', 'false'].map((value) => ({ value, label: value }))

/** The field of one key, of the type that its value has. */
export function ValueField({ name, value, example, schema, onChange, onClose }: ValueFieldProps) {
  const [type, setType] = useState<FieldType>(() => typeFor(value, example, schema))
  const [text, setText] = useState(() => fieldText(value, type))
  const [isTouched, setTouched] = useState(false)
  const read = readField(type, text)
  // A key without a desired value has an empty field, which is no mistake: it asks for nothing until one types.
  const isWrong = !read.ok && (isTouched || value !== undefined)
  const choices = choicesOf(schema)
  const broken = schema && read.ok ? validate(schema, read.value)[0] : undefined
  const description = schema?.get('description') ?? schema?.get('title')
  const write = (nextType: FieldType, nextText: string) => {
    setTouched(true)
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
        if (key === 'Escape' || (key === 'Enter' && !isWrong)) onClose()
      }}
      onPaste={(event) => {
        const lines = type === 'string' ? pastedLines(event) : undefined
        if (lines !== undefined) write('json', fieldText(lines, 'json'))
      }}
    >
      <div className="td-field-line">
        <div className="td-field-value">
          {choices ? (
            <Select
              ariaLabel={`Desired value of ${name}`}
              options={choices.map((choice) => ({
                value: stringifyJson(choice),
                label: visibleText(fieldText(choice)),
              }))}
              selectedOption={
                choices
                  .filter((choice) => value !== undefined && jsonEquals(choice, value))
                  .map((choice) => ({ value: stringifyJson(choice), label: visibleText(fieldText(choice)) }))[0] ?? null
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
              invalid={isWrong}
              placeholder={
                value === undefined && example !== undefined ? `reported: ${visibleText(fieldText(example))}` : ''
              }
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
              write(next, textAs(next, read.ok ? read.value : undefined, text))
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
        <Button variant="icon" iconName="check" ariaLabel={`Done with ${name}`} onClick={onClose} disabled={isWrong} />
      </div>
      {typeof description === 'string' && <span className="td-weak">{visible(description)}</span>}
      {broken && !choices && <span className="td-error"> By the schema it {visible(broken.message)}</span>}
      {!read.ok && isWrong && !choices && (
        <span role="alert" className="td-error">
          {visible(read.message)}
        </span>
      )}
    </div>
  )
}

/** What the schema says, unless a field of that type cannot hold the value that is there. */
function typeFor(value: JsonValue | undefined, example: JsonValue | undefined, schema: JsonObject | undefined) {
  const ofValue = fieldTypeOf(value ?? example)
  if (typeof value === 'string' && ofValue === 'json') return ofValue
  return typeOfSchema(schema) ?? ofValue
}

/** The text that a field goes on with when its type is changed: what it held, as the new type writes it. */
function textAs(type: FieldType, value: JsonValue | undefined, text: string): string {
  if (type === 'boolean') return text === 'true' ? 'true' : 'false'
  if (type === 'json' && value !== undefined) return fieldText(value, 'json')
  return typeof value === 'string' && fitsOneLine(value) ? value : text
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
