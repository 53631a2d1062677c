import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { roleAliasPagesQuery } from './api.ts'
import { RoleAliasDuration, RoleAliasLook, RoleAliasRole } from './components/role-alias-facts.tsx'
import { roleAliasPaths } from './role-alias-paths.ts'

/** AWS lists the names alone; what a row says beside it is read when the row is shown. */
const COLUMNS: readonly ListColumn<string>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 280,
    minWidth: 160,
    cell: (roleAlias) => (
      <Link href={roleAliasPaths.roleAlias(roleAlias)}>
        <NameText text={roleAlias} />
      </Link>
    ),
  },
  { id: 'role', header: 'Role', minWidth: 240, cell: (roleAlias) => <RoleAliasRole roleAlias={roleAlias} /> },
  {
    id: 'duration',
    header: 'Credentials are good for',
    width: 200,
    cell: (roleAlias) => <RoleAliasDuration roleAlias={roleAlias} />,
  },
]

const WORDS: ListWords = {
  title: 'Role aliases',
  one: 'role alias',
  many: 'role aliases',
  description: 'Names under which devices exchange their certificate for temporary AWS credentials of a role.',
  empty: {
    title: 'No role aliases yet',
    text: 'With a role alias a device calls S3, Kinesis or any other AWS service without keys of its own: AWS IoT hands it credentials of a role for its certificate, for an hour or so at a time.',
  },
}

export function RoleAliasesPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('role-aliases', 25)
  const pages = useInfiniteQuery(roleAliasPagesQuery(pageSize))
  return (
    <ListPage
      name="role-aliases"
      breadcrumbs={[{ text: 'Role aliases', href: roleAliasPaths.list() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={(roleAlias) => roleAlias}
      source={pagesOf(pages, ({ roleAliases }) => roleAliases)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[10, 25, 50, 100]}
      search={search}
      setSearch={setSearch}
      selection="single"
      actions={() => [
        { id: 'create', text: 'Create role alias', needs: 'admin', isPrimary: true, href: roleAliasPaths.create() },
      ]}
      rowActions={(roleAlias) => [
        { id: 'edit', text: 'Edit role alias', needs: 'admin', href: roleAliasPaths.edit(roleAlias) },
        { id: 'try', text: 'Try it with a certificate', href: roleAliasPaths.roleAlias(roleAlias, { tab: 'try' }) },
      ]}
      look={(roleAlias) => ({ header: roleAlias, content: <RoleAliasLook roleAlias={roleAlias} /> })}
    />
  )
}
