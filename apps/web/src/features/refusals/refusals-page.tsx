import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { Refusal } from '@thingdeck/contract'
import { useState } from 'react'
import { DebugClientDialog } from '../../shared/iot-logs/debug-client-dialog.tsx'
import { ListPage } from '../../shared/list/list-page.tsx'
import { useListPageSize } from '../../shared/list/list-preference.ts'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { useAnchor } from '../../shared/use-anchor.ts'
import { refusalsQuery } from './api.ts'
import { COLUMNS } from './columns.tsx'
import { NeverLogged } from './components/not-logged.tsx'
import { isMeant, REFUSALS_FILTER } from './filter.ts'
import { lookAt, PAGE_SIZES, RangeField, RefusalsNotice, refusalRow, USUAL_PAGE_SIZE, WORDS } from './refusal-list.tsx'
import type { RefusalsFilter, RefusalsSearch } from './search.ts'

/** What was refused in the whole account, and why. */
export function RefusalsPage({ search, setSearch }: SearchProps<RefusalsSearch>) {
  const { look: _, page: __, sort: ___, ...filter } = search
  const pageSize = useListPageSize('refusals', USUAL_PAGE_SIZE)
  const [anchorMs, renew] = useAnchor()
  const query = useQuery(refusalsQuery(filter, anchorMs))
  const [debugged, setDebugged] = useState<string>()
  const rows = (query.data?.refusals ?? []).filter((refusal) => isMeant(refusal, filter))
  return (
    <SpaceBetween size="m">
      <ListPage<Refusal, RefusalsFilter>
        name="refusals"
        breadcrumbs={[{ text: 'Refusals', href: paths.refusals() }]}
        words={WORDS}
        columns={COLUMNS}
        {...refusalRow}
        source={wholeOf(query, rows)}
        paging="numbered"
        pageSize={pageSize}
        pageSizes={PAGE_SIZES}
        search={search}
        setSearch={setSearch}
        filter={{
          by: REFUSALS_FILTER,
          placeholder: 'Client id, or thing, principal, event, reason',
          beside: <RangeField range={filter} onChange={setSearch} />,
        }}
        notice={<RefusalsNotice found={query.data} />}
        selection="single"
        actions={() => [{ id: 'settings', text: 'Logging settings', href: paths.logSettings() }]}
        onRefresh={renew}
        look={lookAt(query.data?.refusals ?? [], setDebugged)}
      />
      <NeverLogged />
      {debugged !== undefined && <DebugClientDialog clientId={debugged} onClose={() => setDebugged(undefined)} />}
    </SpaceBetween>
  )
}
