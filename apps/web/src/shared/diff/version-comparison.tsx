import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'

/** Which two, as the address has it; where it says nothing, or what there is no more, the default and the newest other one. */
export interface ComparedVersions {
  /** From. */
  readonly with?: string | undefined
  /** To. */
  readonly version?: string | undefined
}

interface VersionComparisonProps<Id extends string | number> {
  /** The newest first. */
  readonly versions: readonly { readonly versionId: Id; readonly isDefault: boolean }[]
  readonly defaultVersionId: Id
  readonly search: ComparedVersions
  readonly setSearch: (compared: ComparedVersions) => void
  /** What differs between two. */
  readonly children: (from: Id, to: Id) => ReactNode
}

/** Two versions beside each other; which ones is in the address. */
export function VersionComparison<Id extends string | number>(props: VersionComparisonProps<Id>) {
  const { versions, defaultVersionId, search, setSearch, children } = props
  const known = (id: string | undefined) => versions.find(({ versionId }) => String(versionId) === id)?.versionId
  const from = known(search.with) ?? defaultVersionId
  const to = known(search.version) ?? versions.find(({ versionId }) => versionId !== from)?.versionId ?? from
  const options = versions.map(({ versionId, isDefault }) => ({
    value: String(versionId),
    label: isDefault ? `${versionId} (default)` : String(versionId),
  }))
  const choice = (label: string, chosen: Id, onChoose: (versionId: string | undefined) => void) => (
    <FormField label={label}>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === String(chosen)) ?? null}
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
        {children(from, to)}
      </SpaceBetween>
    </Container>
  )
}
