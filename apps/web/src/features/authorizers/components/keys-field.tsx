import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { MOST_PUBLIC_KEYS } from '@thingdeck/contract'
import { TextField } from '../../../shared/form/fields.tsx'
import type { Pair } from '../../../shared/form/pairs-field.tsx'
import { PemField } from '../../../shared/form/pem-field.tsx'
import type { Field } from '../../../shared/form/use-form.ts'
import { PublicKeyFacts } from './public-keys.tsx'

/** Public keys by name. A new one is added before the old one goes, so that no token in use is refused. */
export function KeysField({ field }: { readonly field: Field<readonly Pair[]> }) {
  const { value: keys } = field
  const put = (index: number, change: Partial<Pair>) =>
    field.set(keys.map((each, at) => (at === index ? { ...each, ...change } : each)))
  const part = (name: string, value: string, set: (value: string) => void): Field<string> => ({
    name,
    value,
    set,
    limits: undefined,
    error: undefined,
    leave: field.leave,
  })
  return (
    <FormField
      label="Public keys"
      description="Add the new key first, have your tokens signed with it, and remove the old one when nobody sends such a token any more."
      errorText={field.error}
      stretch
    >
      <SpaceBetween size="m">
        {keys.map(({ key, value }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: keys have no identity but their place while they are written
          <SpaceBetween key={index} size="xs">
            <TextField
              field={part(`key ${index}`, key, (name) => put(index, { key: name }))}
              label={`Name of key ${index + 1}`}
            />
            <PemField
              field={part(`pem ${index}`, value, (pem) => put(index, { value: pem }))}
              label={`Public key ${index + 1}`}
              rows={6}
            />
            {value.trim() !== '' && <PublicKeyFacts pem={value} name={`key ${index + 1}`} />}
            <Button
              iconName="remove"
              formAction="none"
              disabled={keys.length === 1}
              disabledReason="One key at least is needed to verify tokens."
              onClick={() => field.set(keys.filter((_, at) => at !== index))}
            >
              Remove key {String(index + 1)}
            </Button>
          </SpaceBetween>
        ))}
        <Button
          iconName="add-plus"
          formAction="none"
          disabled={keys.length >= MOST_PUBLIC_KEYS}
          onClick={() => field.set([...keys, { key: `key-${keys.length + 1}`, value: '' }])}
        >
          Add a key
        </Button>
      </SpaceBetween>
    </FormField>
  )
}
