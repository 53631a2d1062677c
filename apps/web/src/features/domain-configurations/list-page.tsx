import Link from '@cloudscape-design/components/link'
import { useQuery } from '@tanstack/react-query'
import type { DomainConfiguration } from '@thingdeck/contract'
import type { Action } from '../../shared/action/action.ts'
import { domainConfigurationsQuery } from '../../shared/authorizers/authorizer-queries.ts'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { DomainAuthorizerText, DomainFacts, DomainStatus, domainTypeWords } from './components/domain-facts.tsx'
import { useDomainActions } from './use-domain-actions.tsx'

const COLUMNS: readonly ListColumn<DomainConfiguration>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 200,
    minWidth: 140,
    cell: ({ domainConfigurationName }) => (
      <Link href={paths.domainConfiguration(domainConfigurationName)}>
        <NameText text={domainConfigurationName} />
      </Link>
    ),
  },
  { id: 'status', header: 'Status', width: 120, cell: ({ status }) => <DomainStatus status={status} /> },
  {
    id: 'host',
    header: 'Host',
    minWidth: 220,
    cell: ({ domainName }) => (domainName === undefined ? '–' : <NameText text={domainName} />),
  },
  {
    id: 'authentication',
    header: 'Authentication, protocol',
    width: 240,
    cell: ({ authenticationType, applicationProtocol }) => `${authenticationType}, ${applicationProtocol}`,
  },
  {
    id: 'authorizer',
    header: 'Authorizer',
    width: 260,
    cell: (configuration) => <DomainAuthorizerText configuration={configuration} />,
  },
  {
    id: 'type',
    header: 'Type',
    width: 200,
    isHiddenNarrow: true,
    cell: ({ domainType }) => domainTypeWords(domainType),
  },
]

const CREATE: Action = {
  id: 'create',
  text: 'Create domain configuration',
  needs: 'admin',
  isPrimary: true,
  href: paths.createDomainConfiguration(),
}

const WORDS: ListWords = {
  title: 'Domain configurations',
  one: 'domain configuration',
  many: 'domain configurations',
  description:
    'Hosts that devices connect to, and how they are let in there. All of them lead to the same topics, shadows and rules.',
  empty: {
    title: 'No domain configurations',
    text: 'With one, devices connect to a name of your own, or without a certificate by an authorizer, at a host of their own.',
  },
}

export function DomainConfigurationsPage({ search, setSearch }: SearchProps<ListSearch>) {
  const query = useQuery(domainConfigurationsQuery)
  const { actionsFor, dialog } = useDomainActions()
  return (
    <>
      <ListPage
        name="domain-configurations"
        breadcrumbs={[{ text: 'Domain configurations', href: paths.domainConfigurations() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ domainConfigurationName }) => domainConfigurationName}
        source={wholeOf(query, query.data?.domainConfigurations ?? [])}
        paging="endless"
        search={search}
        setSearch={setSearch}
        selection="single"
        notice={
          query.data?.isAll === false ? 'The account has more than these: further ones were not looked at.' : undefined
        }
        actions={() => [CREATE]}
        rowActions={actionsFor}
        look={(name, configuration) => ({
          header: name,
          content: configuration && <DomainFacts configuration={configuration} />,
        })}
      />
      {dialog}
    </>
  )
}
