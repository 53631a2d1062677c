import Alert from '@cloudscape-design/components/alert'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useQuery } from '@tanstack/react-query'
import type { Refusal } from '@thingdeck/contract'
import { useState } from 'react'
import { DebugClientDialog } from '../../shared/iot-logs/debug-client-dialog.tsx'
import { List } from '../../shared/list/list.tsx'
import { wholeOf } from '../../shared/list/list-source.ts'
import { paths } from '../../shared/paths.ts'
import { defined } from '../../shared/search-params.ts'
import type { SearchProps } from '../../shared/search-props.ts'
import { visible } from '../../shared/text/visible.tsx'
import { Age } from '../../shared/time.tsx'
import type { TimeRange } from '../../shared/time-range.ts'
import { useAnchor } from '../../shared/use-anchor.ts'
import { refusalFactsQuery, refusalsQuery } from './api.ts'
import { causeOf } from './cause.ts'
import { COLUMNS } from './columns.tsx'
import { NeverLogged } from './components/not-logged.tsx'
import { lookAt, RangeField, RefusalsNotice, refusalRow, WORDS } from './refusal-list.tsx'
import type { ThingRefusalsSearch } from './search.ts'
import { whatInWords } from './what-words.ts'

const OF_A_THING = COLUMNS.filter(({ id }) => id !== 'thing')

/** What one thing was refused, and first the last thing that it tried before it was dropped. */
export function ThingRefusals({
  thingName,
  search,
  setSearch,
}: { readonly thingName: string } & SearchProps<ThingRefusalsSearch>) {
  const [anchorMs, renew] = useAnchor()
  const query = useQuery(refusalsQuery({ thing: thingName, ...rangeIn(search) }, anchorMs))
  const [debugged, setDebugged] = useState<string>()
  const rows = query.data?.refusals ?? []
  const dropped = rows.find(({ isClosed }) => isClosed === true)
  return (
    <SpaceBetween size="m">
      {dropped && <LastBeforeDropped refusal={dropped} />}
      <List<Refusal>
        name="thing-refusals"
        variant="container"
        words={{ ...WORDS, label: `Refusals of ${thingName}`, description: OF }}
        columns={OF_A_THING}
        {...refusalRow}
        source={wholeOf(query, rows)}
        paging="endless"
        isNewestFirst
        search={search}
        setSearch={setSearch}
        notice={<RefusalsNotice found={query.data} />}
        aside={<RangeField range={search} onChange={setSearch} />}
        selection="single"
        actions={() => [{ id: 'open', text: 'Open in Refusals', href: paths.refusals({ thing: thingName }) }]}
        onRefresh={renew}
        look={lookAt(rows, setDebugged)}
      />
      <NeverLogged />
      {debugged !== undefined && <DebugClientDialog clientId={debugged} onClose={() => setDebugged(undefined)} />}
    </SpaceBetween>
  )
}

const OF = 'Of clients of its name, and of whoever showed a certificate that is of this thing alone.'

/** The time of the tab's own; other tabs of the page have spans that this one has not. */
const rangeIn = ({ last, from, to }: ThingRefusalsSearch): TimeRange => defined({ last, from, to })

function LastBeforeDropped({ refusal }: { readonly refusal: Refusal }) {
  const { data } = useQuery(refusalFactsQuery(refusal))
  const { why, whatToDo } = causeOf(refusal, data)
  return (
    <Alert
      type="warning"
      header={
        <>
          The last it tried before it was dropped, <Age atMs={Date.parse(refusal.lastAt)} />:{' '}
          {visible(whatInWords(refusal))}
        </>
      }
    >
      {visible(why)}. {whatToDo !== undefined && visible(whatToDo)}
    </Alert>
  )
}
