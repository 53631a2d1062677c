import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { IamGroup } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { Age } from '../../shared/time.tsx'
import { UnreadAlert } from '../../shared/ui/unread-alert.tsx'
import { iamGroupPagesQuery } from './api.ts'

const COLUMNS: readonly ListColumn<IamGroup>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 280,
    minWidth: 160,
    cell: ({ groupName }) => (
      <Link href={paths.iamGroup(groupName)}>
        <NameText text={groupName} />
      </Link>
    ),
  },
  { id: 'arn', header: 'ARN', minWidth: 320, cell: ({ arn }) => <NameText text={arn} /> },
  {
    id: 'created',
    header: 'Created',
    width: 140,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
]

const WORDS: ListWords = {
  title: 'IAM groups',
  one: 'group',
  many: 'groups',
  description: 'Users of a group have its policies beside their own. A group itself signs in to nothing.',
  empty: { title: 'No groups', text: 'With a group several users have the same policies, and lose them together.' },
}

export function IamGroupsPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('iam-groups', 25)
  const pages = useInfiniteQuery(iamGroupPagesQuery(pageSize))
  return (
    <ListPage
      name="iam-groups"
      breadcrumbs={[
        { text: 'IAM users', href: paths.iamUsers() },
        { text: 'Groups', href: paths.iamGroups() },
      ]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ groupName }) => groupName}
      source={pagesOf(pages, ({ groups }) => groups)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[25, 50, 100]}
      search={search}
      setSearch={setSearch}
      notice={
        <UnreadAlert
          answer={pages.data?.pages.find(({ outcome }) => outcome !== 'read')}
          what="The groups of IAM"
          service="IAM"
          needs="iam:ListGroups"
        />
      }
      rowActions={({ groupName }) => [
        {
          id: 'simulate',
          text: 'Check what its users may do',
          href: paths.simulator({ as: 'iam', iam: `group/${groupName}`, check: ['iot:Connect'] }),
        },
      ]}
    />
  )
}
