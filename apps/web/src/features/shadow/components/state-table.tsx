import './state-table.css'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type JsonObject, type JsonValue, stringifyJson } from '@thingdeck/json'
import { memo, useRef, useState } from 'react'
import { schemaAt } from '../../../shared/json-schema/json-schema.ts'
import { visible } from '../../../shared/text/visible.tsx'
import { visibleText } from '../../../shared/text/visible-text.ts'
import { formatDateTime, formatSpan, useNow } from '../../../shared/time.tsx'
import type { StateRow } from '../model/rows.ts'
import { ValueField } from './value-field.tsx'

interface StateTableProps {
  readonly rows: readonly StateRow[]
  readonly schema: JsonObject | undefined
  /** Sets or removes a value in the draft; undefined where editing in the table is off. */
  readonly onSet: ((path: readonly string[], value: JsonValue | undefined) => void) | undefined
}

const ROW_HEIGHT_PX = 27
const MAX_HEIGHT_PX = 420

/** Desired and reported side by side. Only the rows in view are in the document: a shadow may have hundreds of keys. */
export const StateTable = memo(function StateTable({ rows, schema, onSet }: StateTableProps) {
  const nowMs = useNow()
  const scroller = useRef<HTMLElement>(null)
  const [openKey, setOpenKey] = useState<string>()
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    initialRect: { width: 800, height: MAX_HEIGHT_PX },
    overscan: 12,
  })
  const items = virtual.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = virtual.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={scroller} className="td-state-scroll" tabIndex={0} aria-label="Keys of the shadow">
      <table className="td-state" aria-label="Desired and reported state" aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col">Key</th>
            <th scope="col">Desired</th>
            <th scope="col">Reported</th>
            <th scope="col">Desired age</th>
            <th scope="col">Reported age</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Space heightPx={before} />}
          {items.map(({ index, key }) => {
            const row = rows[index]
            if (!row) return null
            return (
              <Row
                key={key}
                index={index}
                measure={virtual.measureElement}
                row={row}
                desiredAge={row.desiredAtMs === undefined ? '' : formatSpan(nowMs - row.desiredAtMs)}
                reportedAge={row.reportedAtMs === undefined ? '' : formatSpan(nowMs - row.reportedAtMs)}
                isOpen={row.key === openKey}
                onOpen={setOpenKey}
                schema={schema}
                onSet={onSet}
              />
            )
          })}
          {after > 0 && <Space heightPx={after} />}
        </tbody>
      </table>
    </section>
  )
})

function Space({ heightPx }: { readonly heightPx: number }) {
  return (
    <tr style={{ height: heightPx }}>
      <td colSpan={6} className="td-state-space" />
    </tr>
  )
}

interface RowProps {
  readonly row: StateRow
  readonly index: number
  readonly measure: (element: HTMLElement | null) => void
  /** Words, so that a row is drawn again only when they change. */
  readonly desiredAge: string
  readonly reportedAge: string
  readonly isOpen: boolean
  readonly onOpen: (key: string | undefined) => void
  readonly schema: JsonObject | undefined
  readonly onSet: StateTableProps['onSet']
}

const Row = memo(function Row({
  row,
  index,
  measure,
  desiredAge,
  reportedAge,
  isOpen,
  onOpen,
  schema,
  onSet,
}: RowProps) {
  const { key, path, desired, draft, reported, desiredAtMs, reportedAtMs, status } = row
  const wanted = draft?.kind === 'set' ? draft.value : draft?.kind === 'removed' ? undefined : desired
  return (
    <tr
      ref={measure}
      data-index={index}
      data-status={row.isConflict ? 'conflict' : status}
      data-draft={draft !== undefined}
      aria-rowindex={index + 2}
    >
      <th scope="row" className="td-mono">
        {visible(key)}
      </th>
      <td className="td-mono td-desired">
        {isOpen && onSet ? (
          <ValueField
            name={key}
            value={wanted}
            example={reported}
            schema={schema && schemaAt(schema, path)}
            onChange={(value) => onSet(path, value)}
            onClose={() => onOpen(undefined)}
          />
        ) : (
          <>
            <Value value={desired} isOld={draft !== undefined} />
            {draft?.kind === 'set' && (
              <>
                {desired !== undefined && ' → '}
                <ins className="td-value">{visible(stringifyJson(draft.value))}</ins>
              </>
            )}
            {draft?.kind === 'removed' && <span className="td-error"> → removed</span>}
            {onSet && (
              <button
                type="button"
                className="td-edit"
                aria-label={`Edit ${visibleText(key)}`}
                onClick={() => onOpen(key)}
              >
                ✎
              </button>
            )}
          </>
        )}
      </td>
      <td className="td-mono td-reported">
        <Value value={reported} isOld={false} />
      </td>
      <td className="td-age" title={desiredAtMs === undefined ? undefined : formatDateTime(desiredAtMs)}>
        {desiredAge}
      </td>
      <td className="td-age" title={reportedAtMs === undefined ? undefined : formatDateTime(reportedAtMs)}>
        {reportedAge}
      </td>
      <td>
        <RowState row={row} waiting={desiredAge} />
      </td>
    </tr>
  )
})

function RowState({ row, waiting }: { readonly row: StateRow; readonly waiting: string }) {
  if (row.isConflict) return <span className="td-error">⚠ conflict: choose below</span>
  if (row.draft) return <span className="td-draft-word">✎ in your draft</span>
  switch (row.status) {
    case 'differs':
      return <span className="td-waiting">≠ device has not obeyed for {waiting}</span>
    case 'missing':
      return <span className="td-waiting">≠ not reported for {waiting}</span>
    case 'same':
      return <span className="td-in-sync">✓ in sync</span>
    case 'unasked':
      return <span className="td-weak">reported only</span>
  }
}

function Value({ value, isOld }: { readonly value: JsonValue | undefined; readonly isOld: boolean }) {
  if (value === undefined) return isOld ? null : <span className="td-weak">–</span>
  const text = stringifyJson(value)
  const title = text.length > 60 ? visibleText(text) : undefined
  return isOld ? (
    <del className="td-value" title={title}>
      {visible(text)}
    </del>
  ) : (
    <span className="td-value" title={title}>
      {visible(text)}
    </span>
  )
}
