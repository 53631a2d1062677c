import { useInfiniteQuery } from '@tanstack/react-query'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { UnreadAlert } from '../../shared/ui/unread-alert.tsx'
import { iamUserPagesQuery } from './api.ts'
import { USER_COLUMNS } from './components/user-columns.tsx'
import { UserLook } from './components/user-facts.tsx'

const WORDS: ListWords = {
  title: 'IAM users',
  one: 'user',
  many: 'users',
  description:
    'Who has lasting keys of this account: programs that use MQTT over WebSocket or the APIs of AWS IoT. What they may do, IAM policies decide alone.',
  empty: {
    title: 'No users',
    text: 'The account has no IAM users, and needs none for AWS IoT: roles, identities and certificates do without.',
  },
}

export function IamUsersPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('iam-users', 25)
  const pages = useInfiniteQuery(iamUserPagesQuery(pageSize))
  return (
    <ListPage
      name="iam-users"
      breadcrumbs={[{ text: 'IAM users', href: paths.iamUsers() }]}
      words={WORDS}
      columns={USER_COLUMNS}
      rowId={({ userName }) => userName}
      source={pagesOf(pages, ({ users }) => users)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[25, 50, 100]}
      search={search}
      setSearch={setSearch}
      selection="single"
      notice={
        <UnreadAlert
          answer={pages.data?.pages.find(({ outcome }) => outcome !== 'read')}
          what="The users of IAM"
          service="IAM"
          needs="iam:ListUsers"
        />
      }
      actions={() => [{ id: 'groups', text: 'Show groups', href: paths.iamGroups() }]}
      rowActions={({ userName }) => [
        {
          id: 'simulate',
          text: 'Check what it may do',
          href: paths.simulator({ as: 'iam', iam: `user/${userName}`, check: ['iot:Connect'] }),
        },
      ]}
      look={(userName) => ({ header: userName, content: <UserLook userName={userName} /> })}
    />
  )
}
