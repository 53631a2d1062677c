import Link from '@cloudscape-design/components/link'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useInfiniteQuery } from '@tanstack/react-query'
import { paths } from '../../paths.ts'
import type { SearchProps } from '../../search-props.ts'
import { Copyable } from '../../ui/copyable.tsx'
import type { ListColumn } from '../list-column.ts'
import { ListPage } from '../list-page.tsx'
import { useListPageSize } from '../list-preference.ts'
import type { ListWords } from '../list-props.ts'
import { pagesOf } from '../list-source.ts'
import { thingTypePagesQuery } from './api.ts'
import { ThingTypeFacts } from './detail-page.tsx'
import type { ThingType } from './endpoints.ts'
import { THING_TYPES_FILTER, type ThingTypesSearch } from './search.ts'
import { thingTypePaths } from './thing-type-paths.ts'

const COLUMNS: readonly ListColumn<ThingType>[] = [
  {
    id: 'name',
    header: 'Name',
    isRowHeader: true,
    isFixed: true,
    width: 220,
    cell: ({ thingTypeName }) => <Link href={thingTypePaths.thingType(thingTypeName)}>{thingTypeName}</Link>,
  },
  {
    id: 'state',
    header: 'State',
    width: 160,
    cell: ({ isDeprecated }) =>
      isDeprecated ? (
        <StatusIndicator type="stopped">Deprecated</StatusIndicator>
      ) : (
        <StatusIndicator>In use</StatusIndicator>
      ),
  },
  {
    id: 'arn',
    header: 'ARN',
    isHiddenAtFirst: true,
    cell: ({ thingTypeArn }) => <Copyable what="ARN" text={thingTypeArn} />,
  },
]

const WORDS: ListWords = {
  title: 'Thing types',
  one: 'thing type',
  many: 'thing types',
  empty: {
    title: 'No thing types yet',
    text: 'A thing type gives all things of a kind the same attributes.',
    action: { id: 'create', text: 'Create thing type', needs: 'admin', href: thingTypePaths.create() },
  },
}

export function ThingTypesPage({ search, setSearch }: SearchProps<ThingTypesSearch>) {
  const pageSize = useListPageSize('thing-types', 25)
  const pages = useInfiniteQuery(thingTypePagesQuery(search, pageSize))
  return (
    <ListPage
      name="thing-types"
      breadcrumbs={[{ text: 'Thing types', href: thingTypePaths.list() }]}
      words={WORDS}
      columns={COLUMNS}
      rowId={({ thingTypeName }) => thingTypeName}
      source={pagesOf(pages, ({ thingTypes }) => thingTypes)}
      paging="numbered"
      pageSize={pageSize}
      pageSizes={[25, 50, 100]}
      search={search}
      setSearch={setSearch}
      filter={{ by: THING_TYPES_FILTER, placeholder: 'Name of a thing type' }}
      selection="single"
      actions={(selected) => [
        {
          id: 'deprecate',
          text: 'Deprecate thing type',
          needs: 'admin',
          whyNot: selected.length === 0 ? 'Select a thing type.' : undefined,
          onAction: () => {},
        },
      ]}
      rowActions={({ thingTypeName: type }) => [{ id: 'things', text: 'Show things', href: paths.things({ type }) }]}
      look={(name, thingType) => ({ header: name, content: thingType && <ThingTypeFacts thingType={thingType} /> })}
    />
  )
}
