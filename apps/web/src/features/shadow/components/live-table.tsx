import TextFilter from '@cloudscape-design/components/text-filter'
import type { JsonObject, JsonValue } from '@thingdeck/json'
import { memo, useEffect, useMemo, useRef, useState } from 'react'
import { type Draft, draftState } from '../model/editor-draft.ts'
import type { Live } from '../model/editor-state.ts'
import { byUrgency, NO_SHADOW, type StateRow, shareRows, stateRows } from '../model/rows.ts'
import { StateTable } from './state-table.tsx'

interface LiveTableProps {
  readonly live: Live
  readonly draft: Draft | undefined
  readonly schema: JsonObject | undefined
  readonly onSet: ((path: readonly string[], value: JsonValue | undefined) => void) | undefined
}

/** More keys than fit on a screen get a filter. */
const FILTER_FROM = 15

/** The rows of the shadow with the draft in them. */
export const LiveTable = memo(function LiveTable({ live, draft, schema, onSet }: LiveTableProps) {
  const [filter, setFilter] = useState('')
  const [isHeld, setHeld] = useState(false)
  const [heldOrder, setHeldOrder] = useState<readonly string[]>()
  const shadow = live.kind === 'shadow' ? live.document.shadow : NO_SHADOW
  const drawn = useRef<readonly StateRow[]>([])
  const rows = useMemo(
    () => shareRows(drawn.current, byUrgency(stateRows(shadow, draft && draftState(draft), draft?.conflicts))),
    [shadow, draft],
  )
  useEffect(() => {
    drawn.current = rows
  }, [rows])
  const ordered = isHeld && heldOrder ? inOrder(rows, heldOrder) : rows
  const words = filter.trim().toLowerCase()
  const shown = words === '' ? ordered : ordered.filter(({ key }) => key.toLowerCase().includes(words))
  const hold = () => {
    if (isHeld) return
    setHeldOrder(rows.map(({ key }) => key))
    setHeld(true)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only notices that somebody is at work within
    <div
      onPointerEnter={hold}
      onPointerLeave={({ currentTarget }) => setHeld(currentTarget.contains(document.activeElement))}
      onFocus={hold}
      onBlur={({ currentTarget, relatedTarget }) => setHeld(currentTarget.contains(relatedTarget))}
    >
      {rows.length >= FILTER_FROM && (
        <TextFilter
          filteringText={filter}
          filteringPlaceholder="Find keys"
          filteringAriaLabel="Find keys"
          countText={words === '' ? '' : `${shown.length} of ${rows.length}`}
          onChange={({ detail }) => setFilter(detail.filteringText)}
        />
      )}
      <StateTable rows={shown} schema={schema} onSet={onSet} />
    </div>
  )
})

/** Nothing moves under the pointer: rows keep the places that they had, and new ones follow. */
function inOrder(rows: readonly StateRow[], order: readonly string[]): readonly StateRow[] {
  const places = new Map(order.map((key, index) => [key, index]))
  const placeOf = ({ key }: StateRow) => places.get(key) ?? Number.MAX_SAFE_INTEGER
  return [...rows].sort((a, b) => placeOf(a) - placeOf(b))
}
