import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { RuleDestination } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { VisibleText } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import { destinationPagesQuery, destinationUsesQuery } from './api.ts'
import { DestinationLook } from './components/destination-look.tsx'
import { DestinationState } from './components/destination-state.tsx'
import { kindOf, nameOf, usersOf } from './destination-words.ts'
import { useDestinationActions } from './use-destination-actions.tsx'

const COLUMNS: readonly ListColumn<RuleDestination>[] = [
  {
    id: 'destination',
    header: 'Destination',
    isRowHeader: true,
    isFixed: true,
    minWidth: 240,
    cell: (destination) => (
      <Link href={paths.ruleDestinations({ look: [destination.arn] })}>
        <NameText text={nameOf(destination)} />
      </Link>
    ),
  },
  { id: 'kind', header: 'Kind', width: 100, cell: kindOf },
  {
    id: 'state',
    header: 'State',
    width: 215,
    cell: (destination) => <DestinationState destination={destination} />,
  },
  {
    id: 'reason',
    header: 'Reason',
    minWidth: 200,
    cell: ({ statusReason }) => (statusReason === undefined ? '–' : <VisibleText text={statusReason} />),
  },
  { id: 'rules', header: 'Rules', width: 90, cell: (destination) => <RulesCount destination={destination} /> },
  {
    id: 'created',
    header: 'Created',
    width: 130,
    cell: ({ createdAt }) => (createdAt === undefined ? '–' : <Age atMs={Date.parse(createdAt)} />),
  },
]

const WORDS: ListWords = {
  title: 'Destinations',
  one: 'destination',
  many: 'destinations',
  description:
    'Where rules send to beyond AWS services: HTTP endpoints whose owner agreed, VPCs with a Kafka cluster, databases of InfluxDB. A destination serves all rules of the account.',
  empty: {
    title: 'No destinations yet',
    text: 'A rule with an HTTP action needs a destination that its owner has confirmed; one with a Kafka action needs a VPC; one with an InfluxDB action a database.',
  },
}

export function RuleDestinationsPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('rule-destinations', 25)
  const pages = useInfiniteQuery(destinationPagesQuery(pageSize))
  const { actionsFor, dialog } = useDestinationActions()
  return (
    <>
      <ListPage
        name="rule-destinations"
        breadcrumbs={[{ text: 'Destinations', href: paths.ruleDestinations() }]}
        words={WORDS}
        columns={COLUMNS}
        rowId={({ arn }) => arn}
        rowName={nameOf}
        source={pagesOf(pages, ({ destinations }) => destinations)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={[10, 25, 50, 100]}
        search={search}
        setSearch={setSearch}
        selection="single"
        actions={() => [
          {
            id: 'create',
            text: 'Create destination',
            needs: 'admin',
            isPrimary: true,
            href: paths.createRuleDestination(),
          },
        ]}
        rowActions={actionsFor}
        look={(arn, row) => ({
          header: row ? nameOf(row) : 'Destination',
          content: <DestinationLook arn={arn} actionsFor={actionsFor} />,
        })}
      />
      {dialog}
    </>
  )
}

function RulesCount({ destination }: { readonly destination: RuleDestination }) {
  const { data, error } = useQuery(destinationUsesQuery)
  if (error) return 'Not read'
  if (!data) return '…'
  return String(new Set(usersOf(destination, data.uses).map(({ use }) => use.ruleName)).size)
}
