import Alert from '@cloudscape-design/components/alert'
import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useQuery } from '@tanstack/react-query'
import type { Rotation } from '@thingdeck/contract'
import { AGE_WIDTH, type ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age, formatDateTime } from '../../shared/time.tsx'
import { rotationListQuery } from './api.ts'
import { countsInWords, thingsInWords } from './stage-words.ts'

const COLUMNS: readonly ListColumn<Rotation>[] = [
  {
    id: 'started',
    header: 'Started',
    isRowHeader: true,
    isFixed: true,
    width: 260,
    cell: ({ rotationId, startedAt }) => (
      <Link href={paths.certificateRotation(rotationId)}>{formatDateTime(Date.parse(startedAt))}</Link>
    ),
  },
  { id: 'age', header: 'Ago', width: AGE_WIDTH, cell: ({ startedAt }) => <Age atMs={Date.parse(startedAt)} /> },
  { id: 'by', header: 'By', width: 160, cell: ({ startedBy }) => visible(startedBy) },
  { id: 'things', header: 'Things', width: 120, cell: ({ total }) => thingsInWords(total) },
  { id: 'state', header: 'How far', minWidth: 260, cell: (rotation) => <HowFar rotation={rotation} /> },
]

const WORDS: ListWords = {
  title: 'Certificate rotations',
  one: 'rotation',
  many: 'rotations',
  description:
    'New certificates for devices, made beside their old ones, which end once the device was seen with its new one.',
  empty: {
    title: 'No rotations yet',
    text: 'Rotate certificates before they expire, or when a key may be known to others: for one thing, a group, or all that a query finds. No device is cut off, and each step can be undone.',
  },
}

export function RotationsPage({ search, setSearch }: SearchProps<ListSearch>) {
  const query = useQuery(rotationListQuery)
  return (
    <ListPage
      name="rotations"
      breadcrumbs={[{ text: 'Certificate rotations', href: paths.certificateRotations() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ rotationId }) => rotationId}
      source={wholeOf(query, query.data?.rotations ?? [])}
      paging="endless"
      isNewestFirst
      search={search}
      setSearch={setSearch}
      notice={
        query.data?.lasts === false && (
          <Alert type="warning" header="Rotations end with this console">
            It keeps them in its memory: its restart forgets how far they are. SHARED_FILE or REDIS_URL has them outlive
            it.
          </Alert>
        )
      }
      actions={() => [
        {
          id: 'create',
          text: 'Rotate certificates',
          needs: 'admin',
          isPrimary: true,
          href: paths.createCertificateRotation(),
        },
      ]}
    />
  )
}

function HowFar({ rotation }: { readonly rotation: Rotation }) {
  const { failed, isOver } = rotation
  if (failed > 0)
    return (
      <StatusIndicator type="error">{`${thingsInWords(failed)} stuck; ${countsInWords(rotation)}`}</StatusIndicator>
    )
  return (
    <StatusIndicator
      type={isOver ? 'success' : 'in-progress'}
    >{`${isOver ? 'over: ' : ''}${countsInWords(rotation)}`}</StatusIndicator>
  )
}
