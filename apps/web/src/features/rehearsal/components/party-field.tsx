import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { ThingPicker } from '../../../shared/pickers/thing-picker.tsx'
import { isThingName } from '../../../shared/things/is-thing-name.ts'
import type { Party } from '../recording/recorded-requests.ts'
import { brokenPattern, THING_LEVEL } from '../recording/thing-pattern.ts'

const WAYS: readonly { readonly value: Party['kind']; readonly label: string }[] = [
  { value: 'topic', label: 'The thing that each topic names' },
  { value: 'thing', label: 'One thing' },
  { value: 'nobody', label: 'Nobody' },
]

interface PartyFieldProps {
  /** `Published by` */
  readonly label: string
  readonly kind: Party['kind']
  readonly pattern: string
  readonly thingName: string
  readonly onKind: (kind: Party['kind']) => void
  readonly onPattern: (pattern: string) => void
  readonly onThing: (thingName: string) => void
}

/** Who is taken to have had a part in recorded messages. */
export function PartyField({ label, kind, pattern, thingName, onKind, onPattern, onThing }: PartyFieldProps) {
  const [draft, setDraft] = useState(pattern)
  const [name, setName] = useState(thingName)
  const broken = brokenPattern(draft)
  const keepName = () => (name === '' || isThingName(name)) && name !== thingName && onThing(name)
  return (
    <SpaceBetween size="xs">
      <FormField label={label}>
        <Select
          selectedOption={WAYS.find(({ value }) => value === kind) ?? null}
          options={WAYS}
          onChange={({ detail }) =>
            onKind(WAYS.find(({ value }) => value === detail.selectedOption.value)?.value ?? kind)
          }
        />
      </FormField>
      {kind === 'topic' && (
        <FormField
          label={`${label}: where topics name it`}
          constraintText={`A topic filter with ${THING_LEVEL} as one level. Topics below $aws name their thing themselves.`}
          errorText={broken}
        >
          <Input
            value={draft}
            spellcheck={false}
            onChange={({ detail }) => {
              setDraft(detail.value)
              if (brokenPattern(detail.value) === undefined) onPattern(detail.value)
            }}
          />
        </FormField>
      )}
      {kind === 'thing' && (
        <FormField
          label={`${label}: name of the thing`}
          errorText={name === '' || isThingName(name) ? undefined : 'Up to 128 letters, digits and : _ - are a name.'}
        >
          <ThingPicker value={name} onChange={setName} onBlur={keepName} />
        </FormField>
      )}
    </SpaceBetween>
  )
}
