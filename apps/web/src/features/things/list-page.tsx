import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Condition } from '@thingdeck/fleet-query'
import { useMemo, useState } from 'react'
import type { Action } from '../../shared/action/action.ts'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { formatCounted } from '../../shared/format.ts'
import { ApiError } from '../../shared/http.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { addedColumns, useListPageSize, useListPreference } from '../../shared/list/list-preference.ts'
import type { ListWords, MoreColumns } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import { defined } from '../../shared/search-params.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { columnsFor, isFieldColumn, offeredColumns, pageSizes } from './columns.tsx'
import { BucketsBar } from './components/buckets-bar.tsx'
import { FleetIndexNotice, NotIndexedNotice } from './components/fleet-index-notice.tsx'
import { JobLine } from './components/job-line.tsx'
import { MeantNotice } from './components/meant-notice.tsx'
import { QueryField } from './components/query-field.tsx'
import { QueryLine } from './components/query-line.tsx'
import { ThingLook } from './components/thing-look.tsx'
import { fieldLabel, notIndexed } from './fields.ts'
import { GROUPS, isInTokens, thingsFilter } from './filter.ts'
import { fleetCountQuery, fleetSampleQuery, thingPagesQuery } from './list-api.ts'
import { meantOf, stillMeant } from './meant.ts'
import { readQuery, wholeQuery, withCondition } from './query.ts'
import type { ThingsFilter, ThingsSearch } from './search.ts'
import { thingsActions } from './things-actions.ts'
import { useCreateFleetMetric } from './use-create-fleet-metric.ts'
import { useFleetIndex, useSource } from './use-fleet-index.ts'
import { useThingsExport } from './use-things-export.tsx'

const CREATE: Action = { id: 'create', text: 'Create thing', href: paths.createThing(), needs: 'admin' }

const WORDS: ListWords = {
  title: 'Things',
  one: 'thing',
  many: 'things',
  description: 'Select one for a look, several to change them; open one for its shadow and messages.',
  partSearched: 'The fleet is large: a part of it was searched, the rest was not.',
  empty: {
    title: 'No things yet',
    text: 'A thing stands for a device: its type, its attributes, its shadows. Connect a device, and it appears here.',
    action: { id: 'connect-device', text: 'Connect a device', href: paths.connectDevice() },
  },
}

/** The fleet: from the index, which searches and knows connections, or where it is off from the registry. */
export function ThingsPage({ search, setSearch }: SearchProps<ThingsSearch>) {
  const { query, within, meant, job, by } = search
  const filter = useMemo<ThingsFilter>(() => defined({ query, within, meant, job }), [query, within, meant, job])
  const read = useMemo(() => readQuery(query), [query])
  const index = useFleetIndex()
  const wanted = useSource()
  const pageSize = useListPageSize('things', 50)
  const [preference] = useListPreference('things')
  const added = search.columns?.filter(isFieldColumn) ?? addedColumns(preference, isFieldColumn)
  const fields = added.filter((field) => !field.startsWith('attributes.'))
  const pages = useInfiniteQuery({
    ...thingPagesQuery({ source: wanted ?? 'registry', filter, pageSize, fields }),
    enabled: wanted !== undefined,
  })
  const loaded = pages.data?.pages ?? []
  const source = loaded[0]?.source ?? wanted ?? 'registry'
  const isIndexed = source === 'index'
  const isLive = isIndexed && index.data?.connectivity === true
  // The rows come first: what counts a whole fleet is not to stand before them.
  const hasRows = !pages.isPending
  const count = useQuery({
    ...fleetCountQuery(filter),
    enabled: hasRows && isIndexed && wanted === 'index' && !read.error && job === undefined,
  })
  // Of a job's things nobody knows how many the rest finds.
  const about = job === undefined ? count.data?.about : undefined
  const sample = useQuery({ ...fleetSampleQuery, enabled: hasRows && wanted === 'index' })
  const byFilter = useMemo(() => thingsFilter(sample.data?.fields), [sample.data])
  const columns = columnsFor(added)
  const createFleetMetric = useCreateFleetMetric(filter, source)
  const exportThings = useThingsExport()

  const [isEdited, setEdited] = useState(false)
  const isText = isEdited || read.error !== undefined || !read.isConditions || !isInTokens(filter)
  const refusal =
    pages.error instanceof ApiError && pages.error.code === 'InvalidQueryException' ? pages.error : undefined
  const whole = wholeQuery(filter, serverNow())
  const missing =
    index.data && isIndexed
      ? notIndexed(
          [...(read.error ? [] : read.fields), ...fields, ...(within ? ['connectivity.timestamp'] : [])],
          index.data,
        )
      : undefined
  const find = (text: string, chosen = meant) =>
    setSearch({
      query: text === '' || text === '*' ? undefined : text,
      meant: chosen,
      page: undefined,
      all: undefined,
    })
  const all =
    about === undefined || !isIndexed || about === 0
      ? undefined
      : about === 1
        ? 'the one thing that this query finds'
        : `all about ${formatCounted(about, 'thing')} that this query finds`

  return (
    <ListPage
      name="things"
      breadcrumbs={[{ text: 'Things', href: paths.things() }]}
      words={WORDS}
      columns={columns}
      offered={offeredColumns(columns, source, isLive)}
      moreColumns={moreColumns(sample.data?.fields.map(({ name }) => name) ?? [])}
      rowId={({ thingName }) => thingName}
      source={pagesOf(pages, ({ things }) => things)}
      paging="numbered"
      pageSizes={pageSizes(source)}
      pageSize={pageSize}
      search={search}
      setSearch={setSearch}
      filter={{
        by: byFilter,
        placeholder: isIndexed
          ? 'Part of a name, a property, or a query such as shadow.reported.battery < 20'
          : 'Part of a name, or type, attribute',
        groups: GROUPS,
        isOffered: (field) => (isIndexed ? !isOfConnections(field) || isLive : isOfRegistry(field)),
        instead: isText && (
          <QueryField query={query ?? ''} refusal={refusal?.message} onSearch={find} onClose={() => setEdited(false)} />
        ),
      }}
      noMatch={job === undefined ? noMatch(query) : undefined}
      notice={
        <SpaceBetween size="s">
          {isIndexed && !isText && <QueryLine query={whole} onEdit={() => setEdited(true)} />}
          {isIndexed && job !== undefined && (
            <JobLine job={job} onLeave={() => setSearch({ job: undefined, page: undefined })} />
          )}
          {isIndexed && <MeantNotice meant={stillMeant(query, meant)} />}
          {missing && <NotIndexedNotice wanted={missing} />}
          {isIndexed && !read.error && job === undefined && (
            <BucketsBar
              query={whole}
              by={by}
              onBy={(field) => setSearch({ by: field }, { replace: true })}
              onChoose={(condition: Condition) =>
                find(withCondition(query, condition), [...(meant ?? []), ...(meantOf([condition]) ?? [])])
              }
            />
          )}
          {source === 'registry' && wanted !== undefined && !pages.isPending && (
            <FleetIndexNotice filter={filter} onlyFirst={loaded.at(-1)?.onlyFirst} refusal={loaded[0]?.refusal} />
          )}
        </SpaceBetween>
      }
      count={about === undefined ? undefined : { number: about, isAbout: true }}
      selection="multi"
      all={all}
      views="things"
      aside={
        <ButtonDropdown
          items={[
            { id: 'csv', text: 'As CSV' },
            { id: 'jsonl', text: 'As JSON Lines' },
          ]}
          onItemClick={({ detail: { id } }) =>
            exportThings({ asked: { source, filter, fields }, format: id === 'csv' ? 'csv' : 'jsonl', about })
          }
        >
          Export
        </ButtonDropdown>
      }
      actions={(selected) => [
        ...thingsActions(all !== undefined && search.all === '1' ? { query: whole, about } : { things: selected }),
        createFleetMetric,
        { ...CREATE, isPrimary: true },
      ]}
      look={(thingName) => ({ header: thingName, content: <ThingLook thingName={thingName} /> })}
    />
  )
}

const isOfConnections = (field: string) => field.startsWith('connectivity.') || field === 'within'
const isOfRegistry = (field: string) =>
  ['thingName', 'thingTypeName'].includes(field) || field.startsWith('attributes.')

/** Whoever writes a whole name is told that there is none. */
function noMatch(query: string | undefined): string | undefined {
  const [, name] = /^thingName:"?([\w:-]+)"?$/.exec(query ?? '') ?? []
  return name === undefined ? undefined : `No thing is named ${name}`
}

const moreColumns = (seen: readonly string[]): MoreColumns => ({
  label: 'More columns',
  description: 'Attributes, and fields of shadows and connections, by the names that queries have for them.',
  placeholder: 'attributes.site, shadow.reported.battery',
  options: seen.map((value) => ({
    value,
    label: fieldLabel(value) === value ? value : `${fieldLabel(value)} (${value})`,
  })),
  isOne: isFieldColumn,
  whatIsOne:
    'Columns are attributes.NAME, shadow.reported.PATH, shadow.name.SHADOW.reported.PATH or connectivity.FIELD.',
})
