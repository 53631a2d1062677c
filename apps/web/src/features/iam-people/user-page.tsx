import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useQuery } from '@tanstack/react-query'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { iamUserQuery } from './api.ts'
import { AccessKeys } from './components/access-keys.tsx'
import { IamPolicies } from './components/iam-policies.tsx'
import { UserFacts } from './components/user-facts.tsx'
import type { IamUserSearch } from './search.ts'

interface IamUserPageProps extends SearchProps<IamUserSearch> {
  readonly userName: string
}

/** A user of IAM: their groups, their policies with those of the groups, and their keys. */
export function IamUserPage({ userName, search, setSearch }: IamUserPageProps) {
  return (
    <DetailsPage
      title={userName}
      breadcrumbs={[
        { text: 'IAM users', href: paths.iamUsers() },
        { text: userName, href: paths.iamUser(userName) },
      ]}
      what="user"
      query={useQuery(iamUserQuery(userName))}
      notFound={`IAM has no user named ${userName}`}
      actions={[
        {
          id: 'simulate',
          text: 'Check what it may do',
          href: paths.simulator({ as: 'iam', iam: `user/${userName}`, check: ['iot:Connect'] }),
        },
      ]}
      tabs={[
        {
          id: 'overview',
          label: 'Overview',
          content: (user) => (
            <Container header={<Header variant="h2">Who it is</Header>}>
              <UserFacts user={user} />
            </Container>
          ),
        },
        { id: 'policies', label: 'IAM policies', content: () => <IamPolicies kind="user" name={userName} /> },
        { id: 'access-keys', label: 'Access keys', content: () => <AccessKeys userName={userName} /> },
      ]}
      search={search}
      setSearch={setSearch}
    />
  )
}
