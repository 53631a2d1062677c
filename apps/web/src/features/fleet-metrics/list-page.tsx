import Link from '@cloudscape-design/components/link'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { FleetMetricPage } from '@thingdeck/contract'
import type { ListColumn } from '../../shared/list/list-column.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import type { ListSearch } from '../../shared/list/list-search.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { NameText } from '../../shared/text/name-text.tsx'
import { Copyable } from '../../shared/ui/copyable.tsx'
import { fleetMetricPagesQuery } from './api.ts'
import { FleetMetricLook } from './components/fleet-metric-facts.tsx'
import { fleetMetricPaths } from './fleet-metric-paths.ts'

type Row = FleetMetricPage['metrics'][number]

const COLUMNS: readonly ListColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 320,
    minWidth: 160,
    cell: ({ metricName }) => (
      <Link href={fleetMetricPaths.metric(metricName)}>
        <NameText text={metricName} />
      </Link>
    ),
  },
  { id: 'arn', header: 'ARN', minWidth: 200, cell: ({ metricArn }) => <Copyable what="ARN" text={metricArn} /> },
]

const WORDS: ListWords = {
  title: 'Fleet metrics',
  one: 'fleet metric',
  many: 'fleet metrics',
  description:
    'Numbers about the fleet that AWS IoT computes of the fleet index, again and again, and sends to CloudWatch.',
  empty: {
    title: 'No fleet metrics yet',
    text: 'A fleet metric watches a search of things: how many are disconnected, the average of a field. CloudWatch keeps its values, and alarms can watch it. Search things and make one of the search, or create one here.',
  },
}

export function FleetMetricsPage({ search, setSearch }: SearchProps<ListSearch>) {
  const pageSize = useListPageSize('fleet-metrics', 50)
  const pages = useInfiniteQuery(fleetMetricPagesQuery(pageSize))
  return (
    <ListPage
      name="fleet-metrics"
      breadcrumbs={[{ text: 'Fleet metrics', href: fleetMetricPaths.list() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ metricName }) => metricName}
      source={pagesOf(pages, ({ metrics }) => metrics)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[25, 50, 100, 250]}
      search={search}
      setSearch={setSearch}
      selection="single"
      actions={() => [
        {
          id: 'create',
          text: 'Create fleet metric',
          needs: 'admin',
          isPrimary: true,
          href: fleetMetricPaths.create(),
        },
      ]}
      look={(metricName) => ({ header: metricName, content: <FleetMetricLook metricName={metricName} /> })}
    />
  )
}
