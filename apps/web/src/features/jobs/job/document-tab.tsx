import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Link from '@cloudscape-design/components/link'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { Job } from '@thingdeck/contract'
import { useState } from 'react'
import { Facts } from '../../../shared/details/facts.tsx'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'
import { ErrorAlert } from '../../../shared/ui/error-alert.tsx'
import { Loading } from '../../../shared/ui/loading.tsx'
import { asWrittenQuery } from '../api.ts'
import { VersionList } from '../components/version-list.tsx'

/** What a device is told: the document as it was given, and what it is made of. */
export function DocumentTab({ job }: { readonly job: Job }) {
  const { jobId, document, documentSource, jobTemplateArn, documentParameters = {}, presignedUrlConfig } = job
  const template = jobTemplateArn?.slice(jobTemplateArn.lastIndexOf('/') + 1)
  const versions = job.destinationPackageVersions ?? []
  const [view, setView] = useState<'sent' | 'written'>('sent')
  const isWritten = versions.length > 0 && view === 'written'
  const written = useQuery({ ...asWrittenQuery(jobId), enabled: isWritten })
  const text = isWritten ? written.data?.document : document
  return (
    <Container>
      <SpaceBetween size="m">
        {versions.length > 0 && (
          <SegmentedControl
            label="Which document"
            selectedId={view}
            options={[
              { id: 'sent', text: 'With what AWS put in' },
              { id: 'written', text: 'As it was written' },
            ]}
            onChange={({ detail }) => setView(detail.selectedId === 'written' ? 'written' : 'sent')}
          />
        )}
        {written.error && <ErrorAlert error={written.error} what="The document could not be read as it was written" />}
        {isWritten && written.isPending ? (
          <Loading what="document" />
        ) : text === undefined ? (
          <Box color="text-body-secondary">The console may not read the document (iot:GetJobDocument).</Box>
        ) : (
          <JsonEditor key={view} label={`Document of ${jobId}`} text={text} onChange={() => {}} readOnly />
        )}
        <Facts
          facts={[
            versions.length === 0
              ? undefined
              : {
                  label: 'Package versions',
                  value: <VersionList arns={(isWritten && written.data?.destinationPackageVersions) || versions} />,
                },
            documentSource === undefined ? undefined : { label: 'Read from', copy: documentSource },
            template === undefined
              ? undefined
              : {
                  label: 'Made of the template',
                  value: (
                    <Link href={paths.jobTemplates({ look: template })}>
                      <NameText text={template} />
                    </Link>
                  ),
                },
            ...Object.entries(documentParameters).map(([key, value]) => ({ label: key, value: visible(value) })),
            presignedUrlConfig?.roleArn === undefined
              ? undefined
              : { label: 'Presigned URLs are made by', copy: presignedUrlConfig.roleArn, what: 'role' },
            presignedUrlConfig?.expiresInSec === undefined
              ? undefined
              : { label: 'They are good for', value: `${presignedUrlConfig.expiresInSec} s` },
          ]}
        />
      </SpaceBetween>
    </Container>
  )
}
