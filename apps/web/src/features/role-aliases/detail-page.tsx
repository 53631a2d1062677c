import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { DetailsPage } from '../../shared/details/details-page.tsx'
import type { SearchProps } from '../../shared/search-props.ts'
import { ResourceTags } from '../../shared/tags/resource-tags.tsx'
import { roleAliasQuery } from './api.ts'
import { DeleteRoleAlias } from './components/delete-role-alias.tsx'
import { RoleAliasFacts } from './components/role-alias-facts.tsx'
import { RoleAliasTrialForm } from './components/role-alias-trial.tsx'
import { RoleAliasUsersList } from './components/role-alias-users.tsx'
import { roleAliasPaths } from './role-alias-paths.ts'
import type { RoleAliasSearch } from './search.ts'

interface RoleAliasPageProps extends SearchProps<RoleAliasSearch> {
  readonly roleAlias: string
}

export function RoleAliasPage({ roleAlias, search, setSearch }: RoleAliasPageProps) {
  const query = useQuery(roleAliasQuery(roleAlias))
  const [isDeleting, setDeleting] = useState(false)
  return (
    <>
      <DetailsPage
        title={roleAlias}
        breadcrumbs={[
          { text: 'Role aliases', href: roleAliasPaths.list() },
          { text: roleAlias, href: roleAliasPaths.roleAlias(roleAlias) },
        ]}
        what="role alias"
        query={query}
        notFound={`There is no role alias named ${roleAlias}`}
        actions={[
          {
            id: 'delete',
            text: 'Delete role alias',
            needs: 'admin',
            onAction: () => setDeleting(true),
            whyNot: query.data ? undefined : 'It was not read yet.',
          },
          { id: 'edit', text: 'Edit role alias', needs: 'admin', href: roleAliasPaths.edit(roleAlias) },
        ]}
        tabs={[
          {
            id: 'overview',
            label: 'Overview',
            content: (alias) => (
              <Container header={<Header variant="h2">Definition</Header>}>
                <RoleAliasFacts alias={alias} />
              </Container>
            ),
          },
          { id: 'users', label: 'Who may use it', content: () => <RoleAliasUsersList roleAlias={roleAlias} /> },
          {
            id: 'try',
            label: 'Try it',
            content: (alias) => <RoleAliasTrialForm alias={alias} search={search} setSearch={setSearch} />,
          },
          {
            id: 'tags',
            label: 'Tags',
            content: ({ roleAliasArn }) => (
              <ResourceTags resourceArn={roleAliasArn} what={`the role alias ${roleAlias}`} />
            ),
          },
        ]}
        search={search}
        setSearch={setSearch}
      />
      {isDeleting && query.data && <DeleteRoleAlias alias={query.data} onClose={() => setDeleting(false)} />}
    </>
  )
}
