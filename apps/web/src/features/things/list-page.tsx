import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Action } from '../../shared/action/action.ts'
import { formatCount } from '../../shared/format.ts'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import type { ListWords } from '../../shared/list/list-props.ts'
import { pagesOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { COLUMNS, offeredColumns, pageSizes } from './columns.tsx'
import { FleetIndexNotice } from './components/fleet-index-notice.tsx'
import { ThingLook } from './components/thing-look.tsx'
import { THINGS_FILTER } from './filter.ts'
import { fleetCountQuery, thingPagesQuery } from './list-api.ts'
import type { ThingsSearch } from './search.ts'
import { useCreateFleetMetric } from './use-create-fleet-metric.ts'
import { useFleetIndex, useSource } from './use-fleet-index.ts'

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

/** What can be filtered by where the index knows connections. */
const OF_CONNECTIONS: ReadonlySet<string> = new Set(['connection', 'reason', 'within'])

const ATTRIBUTES = [{ group: 'attributes', properties: 'Attributes', values: 'Attribute values' }]

/** The fleet: from the index, which searches and knows connections, or where it is off from the registry. */
export function ThingsPage({ search, setSearch }: SearchProps<ThingsSearch>) {
  const { page: _, look: __, sort: ___, ...filter } = search
  const index = useFleetIndex()
  const wanted = useSource()
  const pageSize = useListPageSize('things', 50)
  const pages = useInfiniteQuery({
    ...thingPagesQuery(wanted ?? 'registry', filter, pageSize),
    enabled: wanted !== undefined,
  })
  const loaded = pages.data?.pages ?? []
  const source = loaded[0]?.source ?? wanted ?? 'registry'
  const isLive = source === 'index' && index.data?.connectivity === true
  const count = useQuery({ ...fleetCountQuery(filter), enabled: source === 'index' && wanted === 'index' })
  const about = count.data?.about
  const createFleetMetric = useCreateFleetMetric(filter, source)

  return (
    <ListPage
      name="things"
      breadcrumbs={[{ text: 'Things', href: paths.things() }]}
      words={WORDS}
      columns={COLUMNS}
      offered={offeredColumns(source, isLive)}
      rowId={({ thingName }) => thingName}
      source={pagesOf(pages, ({ things }) => things)}
      paging="numbered"
      pageSizes={pageSizes(source)}
      pageSize={pageSize}
      search={search}
      setSearch={setSearch}
      filter={{
        by: THINGS_FILTER,
        placeholder:
          source === 'index'
            ? 'Part of a name, or type, group, attribute, connection'
            : 'Part of a name, or type, attribute',
        groups: ATTRIBUTES,
        isOffered: (key) => (key === 'group' ? source === 'index' : !OF_CONNECTIONS.has(key) || isLive),
      }}
      noMatch={filter.name === undefined ? undefined : `No thing is named ${filter.name}`}
      notice={
        source === 'registry' &&
        wanted !== undefined &&
        !pages.isPending && (
          <FleetIndexNotice filter={filter} onlyFirst={loaded.at(-1)?.onlyFirst} refusal={loaded[0]?.refusal} />
        )
      }
      count={about === undefined ? undefined : { number: about, isAbout: true }}
      selection="multi"
      actions={(selected) => [rotateCertificates(selected), changeShadows(selected), createFleetMetric]}
      look={(thingName) => ({ header: thingName, content: <ThingLook thingName={thingName} /> })}
    />
  )
}

const rotateCertificates = (things: readonly string[]): Action => ({
  id: 'rotate-certificates',
  text: things.length > 1 ? `Rotate certificates (${formatCount(things.length)})` : 'Rotate certificates',
  href: paths.createCertificateRotation({ things }),
  needs: 'admin',
  whyNot: things.length === 0 ? 'Select the things whose certificates to rotate.' : undefined,
})

const changeShadows = (things: readonly string[]): Action => ({
  id: 'change-shadows',
  text: things.length > 1 ? `Change shadows (${formatCount(things.length)})` : 'Change shadows',
  href: paths.bulkChanges({ things }),
  needs: 'operator',
  whyNot: things.length === 0 ? 'Select the things whose shadows to change.' : undefined,
})
