import Checkbox from '@cloudscape-design/components/checkbox'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import { useState } from 'react'
import type { SearchProps } from '../../../shared/search-props.ts'
import { type FromTrafficSearch, GENERALISE } from '../search.ts'
import { RECORDING, SpanField } from './span-field.tsx'
import '../rehearsal.css'

const NEVER = { value: '', label: 'Never: only what was seen' }
const WIDER = GENERALISE.map((value) => ({ value, label: `From ${value} topics on that differ in one level alone` }))

/** Of whom the traffic is, and how freely it is read; all of it is in the address. */
export function FromTrafficForm({ search, setSearch }: SearchProps<FromTrafficSearch>) {
  const [client, setClient] = useState(search.client ?? '')
  const isOfRecording = search.on === 'recording'
  const keep = () => setSearch({ client: client.trim() === '' ? undefined : client.trim() })
  return (
    <div className="td-rehearsal-form">
      {!isOfRecording && (
        <FormField label="Client id" constraintText="Press Enter to look at its traffic.">
          <Input
            value={client}
            onChange={({ detail }) => setClient(detail.value)}
            onKeyDown={({ detail }) => detail.key === 'Enter' && keep()}
            onBlur={keep}
          />
        </FormField>
      )}
      <SpanField
        last={search.on ?? search.last}
        more={[RECORDING]}
        onChange={(chosen) => setSearch(chosen === 'recording' ? { on: chosen } : { on: undefined, last: chosen })}
      />
      <FormField label="Wildcards" constraintText="A wildcard takes slashes too.">
        <Select
          selectedOption={WIDER.find(({ value }) => value === search.generalise) ?? NEVER}
          options={[NEVER, ...WIDER]}
          onChange={({ detail }) =>
            setSearch({ generalise: GENERALISE.find((value) => value === detail.selectedOption.value) })
          }
        />
      </FormField>
      <FormField label="Allow as well">
        <Checkbox
          checked={search.own === '1'}
          onChange={({ detail }) => setSearch({ own: detail.checked ? '1' : undefined })}
        >
          All of the shadows and jobs of its own thing that it used
        </Checkbox>
        {!isOfRecording && (
          <Checkbox
            checked={search.refused === '1'}
            onChange={({ detail }) => setSearch({ refused: detail.checked ? '1' : undefined })}
          >
            What was refused
          </Checkbox>
        )}
      </FormField>
    </div>
  )
}
