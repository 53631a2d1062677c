import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Policy } from '@thingdeck/contract'
import type { SearchProps } from '../../../shared/search-props.ts'
import type { PolicySearch } from '../search.ts'
import { VersionDiff } from './version-diff.tsx'

interface VersionComparisonProps extends SearchProps<PolicySearch> {
  readonly policy: Policy
}

/** Two versions beside each other; which ones is in the address. */
export function VersionComparison({ policy, search, setSearch }: VersionComparisonProps) {
  const { policyName, versions, defaultVersionId } = policy
  const known = (id: string | undefined) => versions.find(({ versionId }) => versionId === id)?.versionId
  const from = known(search.with) ?? defaultVersionId
  const other = versions.find(({ versionId }) => versionId !== from)?.versionId ?? defaultVersionId
  const to = known(search.version) ?? other
  const options = versions.map(({ versionId, isDefault }) => ({
    value: versionId,
    label: isDefault ? `${versionId} (default)` : versionId,
  }))
  const choice = (label: string, chosen: string, onChoose: (versionId: string | undefined) => void) => (
    <FormField label={label}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === chosen) ?? null}
        onChange={({ detail }) => onChoose(detail.selectedOption.value)}
      />
    </FormField>
  )
  return (
    <Container header={<Header variant="h2">What differs</Header>}>
      <SpaceBetween size="m">
        <SpaceBetween direction="horizontal" size="m">
          {choice('From version', from, (versionId) => setSearch({ with: versionId }))}
          {choice('To version', to, (versionId) => setSearch({ version: versionId }))}
        </SpaceBetween>
        <VersionDiff policyName={policyName} from={from} to={to} />
      </SpaceBetween>
    </Container>
  )
}
