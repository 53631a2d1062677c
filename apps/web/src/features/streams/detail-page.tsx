import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import { useQuery } from '@tanstack/react-query'
import type { Stream } from '@thingdeck/contract'
import { useState } from 'react'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { Facts } from '../../shared/details/facts.tsx'
import { formatCounted } from '../../shared/format.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { ResourceTags } from '../../shared/tags/resource-tags.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { streamQuery } from './api.ts'
import { DeleteStreamDialog } from './delete-stream-dialog.tsx'
import type { StreamSearch } from './search.ts'
import { UseTab } from './use-tab.tsx'

interface StreamPageProps extends SearchProps<StreamSearch> {
  readonly streamId: string
}

/** A stream: its files, how devices fetch them, and where it is seen who does. */
export function StreamPage({ streamId, search, setSearch }: StreamPageProps) {
  const query = useQuery(streamQuery(streamId))
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <DetailsPage
        title={streamId}
        breadcrumbs={[
          { text: 'Streams', href: paths.streams() },
          { text: streamId, href: paths.stream(streamId) },
        ]}
        status={query.data && <StatusLine stream={query.data} />}
        what="stream"
        query={query}
        notFound={`There is no stream named ${streamId}`}
        actions={[
          { id: 'delete', text: 'Delete', needs: 'admin', onAction: () => setDeleting(true) },
          { id: 'edit', text: 'New version', needs: 'operator', href: paths.editStream(streamId) },
        ]}
        tabs={[
          { id: 'files', label: 'Files', content: (stream) => <FilesTab stream={stream} /> },
          { id: 'use', label: 'Who fetches', content: (stream) => <UseTab stream={stream} /> },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ streamArn }) => <ResourceTags resourceArn={streamArn} what={`the stream ${streamId}`} />,
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {isDeleting && <DeleteStreamDialog streamId={streamId} onClose={() => setDeleting(false)} />}
    </>
  )
}

function StatusLine({ stream: { streamVersion, files, description, lastUpdatedAt } }: { readonly stream: Stream }) {
  return (
    <>
      version {streamVersion} · {formatCounted(files.length, 'file')}
      {lastUpdatedAt !== undefined && (
        <>
          {' · '}changed <Age atMs={Date.parse(lastUpdatedAt)} />
        </>
      )}
      {description !== undefined && <> · {visible(description)}</>}
    </>
  )
}

function FilesTab({ stream }: { readonly stream: Stream }) {
  const { files, roleArn, streamArn, createdAt } = stream
  return (
    <SpaceBetween size="m">
      <Table
        variant="container"
        header={
          <Header
            variant="h2"
            counter={`(${files.length})`}
            description="Devices know a file by its number alone; AWS looks at it when the version is made, and refuses it later if it was replaced in S3."
          >
            Files
          </Header>
        }
        items={[...files]}
        trackBy={({ fileId }) => String(fileId)}
        columnDefinitions={[
          { id: 'id', header: 'Number', cell: ({ fileId }) => fileId, isRowHeader: true, width: 110 },
          {
            id: 'place',
            header: 'File in S3',
            cell: ({ s3Location: { bucket = '', key = '' } }) => (
              <Copyable what="address of the file" text={`s3://${bucket}/${key}`} />
            ),
          },
          {
            id: 'version',
            header: 'Version in S3',
            cell: ({ s3Location: { version } }) =>
              version === undefined ? <span className="td-weak">the latest</span> : visible(version),
          },
        ]}
      />
      <Container>
        <Facts
          facts={[
            { label: 'Role that AWS IoT reads them by', copy: roleArn, what: 'role' },
            { label: 'ARN', copy: streamArn },
            { label: 'Created', value: createdAt && <Age atMs={Date.parse(createdAt)} /> },
          ]}
        />
      </Container>
    </SpaceBetween>
  )
}
