import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ProvisioningTemplateDetail } from '@thingdeck/contract'
import { VersionComparison } from '../../../shared/diff/version-comparison.tsx'
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
      {versions.length > 1 && (
        <VersionComparison
          versions={versions}
          defaultVersionId={defaultVersionId}
          search={search}
          setSearch={setSearch}
        >
          {(from, to) => <VersionDiff templateName={templateName} from={from} to={to} />}
        </VersionComparison>
      )}
    </SpaceBetween>
  )
}
