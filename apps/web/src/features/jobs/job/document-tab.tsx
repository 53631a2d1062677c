import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Link from '@cloudscape-design/components/link'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { Job } from '@thingdeck/contract'
import { Facts } from '../../../shared/details/facts.tsx'
import { JsonEditor } from '../../../shared/editor/create-editor.tsx'
import { paths } from '../../../shared/paths.ts'
import { NameText } from '../../../shared/text/name-text.tsx'
import { visible } from '../../../shared/text/visible.tsx'

/** What a device is told: the document as it was given, and what it is made of. */
export function DocumentTab({ job }: { readonly job: Job }) {
  const { jobId, document, documentSource, jobTemplateArn, documentParameters = {}, presignedUrlConfig } = job
  const template = jobTemplateArn?.slice(jobTemplateArn.lastIndexOf('/') + 1)
  return (
    <Container>
      <SpaceBetween size="m">
        {document === undefined ? (
          <Box color="text-body-secondary">The console may not read the document (iot:GetJobDocument).</Box>
        ) : (
          <JsonEditor label={`Document of ${jobId}`} text={document} onChange={() => {}} readOnly />
        )}
        <Facts
          facts={[
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
