import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Select from '@cloudscape-design/components/select'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ProvisioningTemplateDetail } from '@thingdeck/contract'
import { formatDocument } from '../../../shared/policy-editor/document-text.ts'
import type { SearchProps } from '../../../shared/search-props.ts'
import { TemplateFacts } from '../components/template-facts.tsx'
import { TemplateEditor } from '../editor/template-editor.tsx'
import type { ProvisioningTemplateSearch } from '../search.ts'
import { VersionDiff } from './version-diff.tsx'
import { VersionsTable } from './versions-table.tsx'

interface TemplateTabProps extends SearchProps<ProvisioningTemplateSearch> {
  readonly template: ProvisioningTemplateDetail
}

/** What decides now, and the versions beside it. */
export function TemplateTab({ template, search, setSearch }: TemplateTabProps) {
  const { templateName, templateBody, defaultVersionId, type, versions } = template
  return (
    <SpaceBetween size="m">
      <Container header={<Header variant="h2">Overview</Header>}>
        <TemplateFacts template={template} />
      </Container>
      <Container header={<Header variant="h2">{`Version ${defaultVersionId}, the default`}</Header>}>
        <TemplateEditor
          label={`Template ${templateName}, version ${defaultVersionId}`}
          type={type}
          value={formatDocument(templateBody)}
          onChange={() => {}}
          readOnly
        />
      </Container>
      <VersionsTable template={template} />
      {versions.length > 1 && <Comparison template={template} search={search} setSearch={setSearch} />}
    </SpaceBetween>
  )
}

/** Two versions beside each other; which ones is in the address. */
function Comparison({ template, search, setSearch }: TemplateTabProps) {
  const { templateName, versions, defaultVersionId } = template
  const known = (id: string | undefined) => versions.find(({ versionId }) => String(versionId) === id)?.versionId
  const from = known(search.with) ?? defaultVersionId
  const to = known(search.version) ?? versions.find(({ versionId }) => versionId !== from)?.versionId ?? from
  const options = versions.map(({ versionId, isDefault }) => ({
    value: String(versionId),
    label: isDefault ? `${versionId} (default)` : String(versionId),
  }))
  const choice = (label: string, chosen: number, onChoose: (versionId: string | undefined) => void) => (
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
        <VersionDiff templateName={templateName} from={from} to={to} />
      </SpaceBetween>
    </Container>
  )
}
