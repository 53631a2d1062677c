import { useQuery } from '@tanstack/react-query'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { List } from '../../shared/list/list.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { iamGroupQuery } from './api.ts'
import { IamPolicies } from './components/iam-policies.tsx'
import { USER_COLUMNS } from './components/user-columns.tsx'
import type { IamGroupSearch } from './search.ts'

interface IamGroupPageProps extends SearchProps<IamGroupSearch> {
  readonly groupName: string
}

const WORDS: ListWords = {
  title: 'Users',
  one: 'user',
  many: 'users',
  empty: { title: 'Nobody is in it', text: 'Its policies reach nobody.' },
}

/** A group of IAM: who is in it, and what its policies say. */
export function IamGroupPage({ groupName, search, setSearch }: IamGroupPageProps) {
  const query = useQuery(iamGroupQuery(groupName))
  return (
    <DetailsPage
      title={groupName}
      breadcrumbs={[
        { text: 'IAM users', href: paths.iamUsers() },
        { text: 'Groups', href: paths.iamGroups() },
        { text: groupName, href: paths.iamGroup(groupName) },
      ]}
      what="group"
      query={query}
      notFound={`IAM has no group named ${groupName}`}
      actions={[
        {
          id: 'simulate',
          text: 'Check what its users may do',
          href: paths.simulator({ as: 'iam', iam: `group/${groupName}`, check: ['iot:Connect'] }),
        },
      ]}
      tabs={[
        {
          id: 'users',
          label: 'Users',
          content: ({ users }) => (
            <List
              name="iam-group-users"
              variant="container"
              words={WORDS}
              columns={USER_COLUMNS}
              rowId={({ userName }) => userName}
              source={wholeOf(query, users)}
              paging="endless"
            />
          ),
        },
        { id: 'policies', label: 'IAM policies', content: () => <IamPolicies kind="group" name={groupName} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}
