import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { StreamSummary } from '@thingdeck/contract'
import { useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { visible } from '../../shared/text/visible.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { streamPagesQuery } from './api.ts'
import { DeleteStreamDialog } from './delete-stream-dialog.tsx'

const COLUMNS: readonly ListColumn<StreamSummary>[] = [
  {
    id: 'stream',
    header: 'Stream',
    isRowHeader: true,
    isFixed: true,
    width: 280,
    minWidth: 160,
    cell: ({ streamId }) => (
      <Link href={paths.stream(streamId)}>
        <NameText text={streamId} />
      </Link>
    ),
  },
  { id: 'version', header: 'Version', width: 110, minWidth: 80, cell: ({ streamVersion }) => streamVersion },
  {
    id: 'description',
    header: 'Description',
    minWidth: 200,
    cell: ({ description }) => (description === undefined ? '–' : visible(description)),
  },
  {
    id: 'arn',
    header: 'ARN',
    minWidth: 220,
    isHiddenAtFirst: true,
    cell: ({ streamArn }) => <Copyable what="ARN" text={streamArn} />,
  },
]

const CREATE: Action = {
  id: 'create',
  text: 'Create stream',
  needs: 'operator',
  isPrimary: true,
  href: paths.createStream(),
}

const WORDS: ListWords = {
  title: 'Streams',
  one: 'stream',
  many: 'streams',
  description: 'Files in S3 that devices fetch block by block over their MQTT connection.',
  empty: {
    title: 'No streams yet',
    text: 'With a stream a device fetches its firmware over the MQTT connection that it has, without HTTPS: as the OTA agent of FreeRTOS does.',
  },
}

export function StreamsPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('streams', 25)
  const pages = useInfiniteQuery(streamPagesQuery(pageSize))
  const [deleting, setDeleting] = useState<string>()
  return (
    <>
      <ListPage
        name="streams"
        breadcrumbs={[{ text: 'Streams', href: paths.streams() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ streamId }) => streamId}
        source={pagesOf(pages, ({ streams }) => streams)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[25, 50, 100]}
        search={search}
        setSearch={setSearch}
        actions={() => [CREATE]}
        rowActions={({ streamId }) => [
          { id: 'edit', text: 'New version', needs: 'operator', href: paths.editStream(streamId) },
          { id: 'use', text: 'Show who fetches', href: paths.stream(streamId, { tab: 'use' }) },
          { id: 'delete', text: 'Delete stream', needs: 'admin', onAction: () => setDeleting(streamId) },
        ]}
      />
      {deleting !== undefined && <DeleteStreamDialog streamId={deleting} onClose={() => setDeleting(undefined)} />}
    </>
  )
}
