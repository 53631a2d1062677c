import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { CountedPolicy } from '../../../shared/authorization/policy-set.ts'
import { readPolicyDraft } from '../../../shared/policy-editor/policy-drafts.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { policyQuery } from '../api.ts'
import type { SimulatorSearch } from '../search.ts'

interface OtherTextsProps extends SearchProps<SimulatorSearch> {
  readonly policies: readonly CountedPolicy[]
}

/** Which text of each policy decides: the default version, another one, or the draft of this browser tab. */
export function OtherTexts({ policies, search, setSearch }: OtherTextsProps) {
  const isReplaced = search.draft !== undefined || search.version !== undefined
  const [isOpen, setOpen] = useState(isReplaced)
  if (policies.length === 0) return null
  if (!isOpen) {
    return (
      <Button variant="inline-link" onClick={() => setOpen(true)}>
        Decide with another version or a draft
      </Button>
    )
  }
  return (
    <SpaceBetween direction="horizontal" size="s">
      {policies.map(({ policyName }) => (
        <PolicyTextChoice key={policyName} policyName={policyName} search={search} setSearch={setSearch} />
      ))}
    </SpaceBetween>
  )
}

const DEFAULT = { value: 'default', label: 'Default version' }
const DRAFT = { value: 'draft', label: 'The draft of this browser tab' }

function PolicyTextChoice({
  policyName,
  search,
  setSearch,
}: SearchProps<SimulatorSearch> & { readonly policyName: string }) {
  const policy = useQuery(policyQuery(policyName))
  const drafts = search.draft ?? []
  const versions = search.version ?? []
  const chosenVersion = versions.find((text) => text.startsWith(`${policyName}:`))?.slice(policyName.length + 1)
  const options = [
    DEFAULT,
    ...(readPolicyDraft(policyName) === undefined && !drafts.includes(policyName) ? [] : [DRAFT]),
    ...(policy.data?.versions ?? [])
      .filter(({ isDefault }) => !isDefault)
      .map(({ versionId }) => ({ value: versionId, label: `Version ${versionId}` })),
  ]
  const chosen = drafts.includes(policyName) ? DRAFT.value : (chosenVersion ?? DEFAULT.value)
  const choose = (value: string | undefined) => {
    const otherDrafts = drafts.filter((name) => name !== policyName)
    const otherVersions = versions.filter((text) => !text.startsWith(`${policyName}:`))
    const draft = value === DRAFT.value ? [...otherDrafts, policyName] : otherDrafts
    const isVersion = value !== undefined && value !== DRAFT.value && value !== DEFAULT.value
    const version = isVersion ? [...otherVersions, `${policyName}:${value}`] : otherVersions
    setSearch({
      draft: draft.length === 0 ? undefined : draft,
      version: version.length === 0 ? undefined : version,
    })
  }
  return (
    <FormField label={`Text of ${policyName}`} errorText={policy.error?.message}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === chosen) ?? { value: chosen, label: `Version ${chosen}` }}
        statusType={policy.isPending ? 'loading' : 'finished'}
        onChange={({ detail }) => choose(detail.selectedOption.value)}
      />
    </FormField>
  )
}
