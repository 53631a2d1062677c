import './add-key.css'
import Button from '@cloudscape-design/components/button'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { type JsonValue, stringifyJson } from '@thingdeck/json'
import { useState } from 'react'
import { FIELD_TYPE_WORDS, FIELD_TYPES, type FieldType, readField } from '../../../shared/form/field-value.ts'
import { pastedLines } from '../../../shared/form/paste-lines.ts'
import { SENDS_FORM, SubmittingForm } from '../../../shared/form/submitting-form.tsx'

const TYPE_OPTIONS = FIELD_TYPES.map((value) => ({ value, label: FIELD_TYPE_WORDS[value] }))

/** A new key of `desired`. A `/` goes one level down: keys may hold periods, as AWS has it. */
export function AddKey({ onAdd }: { readonly onAdd: (path: readonly string[], value: JsonValue) => void }) {
  const [name, setName] = useState('')
  const [type, setType] = useState<FieldType>('string')
  const [text, setText] = useState('')
  const path = name.split('/').filter((key) => key !== '')
  const read = readField(type, text)
  const add = () => {
    if (path.length === 0 || !read.ok) return
    onAdd(path, read.value)
    setName('')
    setText('')
  }
  return (
    <SubmittingForm className="td-add-key" onSubmit={add}>
      <Input
        ariaLabel="New key"
        placeholder="new key, or group/key"
        value={name}
        onChange={({ detail }) => setName(detail.value)}
      />
      <Select
        ariaLabel="Type of the new key"
        options={TYPE_OPTIONS}
        selectedOption={TYPE_OPTIONS.find(({ value }) => value === type) ?? null}
        onChange={({ detail }) => setType(FIELD_TYPES.find((each) => each === detail.selectedOption.value) ?? 'string')}
      />
      <div
        onPaste={(event) => {
          const lines = type === 'string' ? pastedLines(event) : undefined
          if (lines === undefined) return
          setType('json')
          setText(stringifyJson(lines))
        }}
      >
        <Input
          ariaLabel="Value of the new key"
          placeholder="value"
          value={text}
          invalid={text !== '' && !read.ok}
          onChange={({ detail }) => setText(detail.value)}
        />
      </div>
      <Button nativeButtonAttributes={SENDS_FORM} disabled={path.length === 0 || !read.ok}>
        Add key to the draft
      </Button>
    </SubmittingForm>
  )
}
