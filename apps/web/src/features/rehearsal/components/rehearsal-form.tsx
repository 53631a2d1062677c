import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import type { Policy } from '@thingdeck/contract'
import type { SearchProps } from '../../../shared/search-props.ts'
import type { RehearsalSearch } from '../search.ts'
import { RECORDING, SpanField } from './span-field.tsx'
import '../rehearsal.css'

interface RehearsalFormProps extends SearchProps<RehearsalSearch> {
  readonly policy: Policy
  readonly hasDraft: boolean
}

/** Which text is rehearsed, and by how much traffic; both are in the address. */
export function RehearsalForm({ policy, hasDraft, search, setSearch }: RehearsalFormProps) {
  const options = [
    {
      value: '',
      label: 'The draft',
      description: hasDraft ? 'Of this tab' : 'There is none in this tab',
      disabled: !hasDraft,
    },
    ...policy.versions
      .filter(({ isDefault }) => !isDefault)
      .map(({ versionId }) => ({
        value: versionId,
        label: `Version ${versionId}`,
        description: 'For a link to share',
      })),
  ]
  const selected = options.find(({ value }) => value === (search.version ?? ''))
  return (
    <div className="td-rehearsal-form">
      <FormField
        label="What is rehearsed"
        constraintText={`Beside version ${policy.defaultVersionId}, the default. A link to a draft shows nobody else anything: save it as a version first.`}
      >
        <Select
          selectedOption={selected ?? { value: search.version ?? '', label: `Version ${search.version}` }}
          options={options}
          onChange={({ detail }) => setSearch({ version: detail.selectedOption.value || undefined })}
        />
      </FormField>
      <SpanField
        last={search.on ?? search.last}
        more={[RECORDING]}
        onChange={(chosen) => setSearch(chosen === 'recording' ? { on: chosen } : { on: undefined, last: chosen })}
      />
    </div>
  )
}
