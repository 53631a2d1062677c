import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
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
import { authorizerPagesQuery } from './api.ts'
import {
  AuthorizerCell,
  AuthorizerLook,
  AuthorizerStatus,
  AuthorizerUsesCell,
  functionName,
} from './components/authorizer-facts.tsx'

const COLUMNS: readonly ListColumn<string>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 240,
    minWidth: 140,
    cell: (authorizerName) => (
      <Link href={paths.authorizer(authorizerName)}>
        <NameText text={authorizerName} />
      </Link>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    width: 120,
    cell: (authorizerName) => (
      <AuthorizerCell authorizerName={authorizerName} show={({ status }) => <AuthorizerStatus status={status} />} />
    ),
  },
  {
    id: 'uses',
    header: 'Asked',
    width: 220,
    minWidth: 150,
    cell: (authorizerName) => <AuthorizerUsesCell authorizerName={authorizerName} />,
  },
  {
    id: 'signing',
    header: 'Token is signed',
    width: 140,
    cell: (authorizerName) => (
      <AuthorizerCell authorizerName={authorizerName} show={(each) => (each.signingDisabled ? 'no' : 'yes')} />
    ),
  },
  {
    id: 'function',
    header: 'Function',
    minWidth: 160,
    isHiddenNarrow: true,
    cell: (authorizerName) => (
      <AuthorizerCell
        authorizerName={authorizerName}
        show={({ authorizerFunctionArn }) => <NameText text={functionName(authorizerFunctionArn)} />}
      />
    ),
  },
]

const CREATE: Action = {
  id: 'create',
  text: 'Create authorizer',
  needs: 'admin',
  isPrimary: true,
  href: paths.createAuthorizer(),
}

const WORDS: ListWords = {
  title: 'Authorizers',
  one: 'authorizer',
  many: 'authorizers',
  description:
    'How clients without a certificate of AWS IoT get in: a Lambda function of yours says who they are and what they may.',
  empty: {
    title: 'No authorizers yet',
    text: 'With an authorizer clients come with a password or a token of your own identity provider, over MQTT, WebSocket or HTTPS. Your function decides who they are, and answers the policies that hold for them.',
  },
}

export function AuthorizersPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('authorizers', 25)
  const pages = useInfiniteQuery(authorizerPagesQuery(pageSize))
  return (
    <ListPage
      name="authorizers"
      breadcrumbs={[{ text: 'Authorizers', href: paths.authorizers() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={(authorizerName) => authorizerName}
      source={pagesOf(pages, ({ authorizers }) => authorizers)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[10, 25, 50, 100]}
      search={search}
      setSearch={setSearch}
      selection="single"
      actions={([selected]) => [
        { id: 'try', text: 'Try out', href: paths.tryAuthorizer({ authorizer: selected }) },
        CREATE,
      ]}
      rowActions={(authorizerName) => [
        { id: 'try', text: 'Try out', href: paths.tryAuthorizer({ authorizer: authorizerName }) },
        { id: 'edit', text: 'Edit authorizer', needs: 'admin', href: paths.editAuthorizer(authorizerName) },
        { id: 'calls', text: 'Last calls', href: paths.authorizer(authorizerName, { tab: 'calls' }) },
      ]}
      look={(authorizerName) => ({
        header: authorizerName,
        content: <AuthorizerLook authorizerName={authorizerName} />,
      })}
    />
  )
}
