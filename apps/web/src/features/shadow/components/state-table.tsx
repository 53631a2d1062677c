import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type JsonValue, stringifyJson } from '@thingdeck/json'
import type { Shadow } from '@thingdeck/shadows'
import { memo, useMemo } from 'react'
import { formatDateTime, formatSpan, useNow } from '../../../shared/time.tsx'
import { type StateRow, stateRows } from '../model/rows.ts'

/** Desired and reported side by side, the values that differ first. */
export function StateTable({ shadow }: { readonly shadow: Shadow }) {
  const rows = useMemo(() => stateRows(shadow), [shadow])
  const nowMs = useNow()
  return (
    <div className="td-state-scroll">
      <table className="td-state" aria-label="Desired and reported state">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">Desired</th>
            <th scope="col">Reported</th>
            <th scope="col">Reported age</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row
              key={row.key}
              row={row}
              reportedAge={row.reportedAtMs === undefined ? '' : formatSpan(nowMs - row.reportedAtMs)}
              waiting={row.desiredAtMs === undefined ? '' : formatSpan(nowMs - row.desiredAtMs)}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly row: StateRow
  /** Words, so that a row is drawn again only when they change. */
  readonly reportedAge: string
  readonly waiting: string
}

const Row = memo(function Row({ row, reportedAge, waiting }: RowProps) {
  const { key, desired, reported, reportedAtMs, status } = row
  return (
    <tr data-status={status}>
      <th scope="row" className="td-mono">
        {key}
      </th>
      <td className="td-mono td-desired">
        <Value value={desired} />
      </td>
      <td className="td-mono td-reported">
        <Value value={reported} />
      </td>
      <td className="td-age" title={reportedAtMs === undefined ? undefined : formatDateTime(reportedAtMs)}>
        {reportedAge}
      </td>
      <td>
        <RowState status={status} waiting={waiting} />
      </td>
    </tr>
  )
})

function RowState({ status, waiting }: { readonly status: StateRow['status']; readonly waiting: string }) {
  switch (status) {
    case 'differs':
      return <StatusIndicator type="pending">{`device has not obeyed for ${waiting}`}</StatusIndicator>
    case 'missing':
      return <StatusIndicator type="pending">{`not reported for ${waiting}`}</StatusIndicator>
    case 'same':
      return <StatusIndicator type="success">in sync</StatusIndicator>
    case 'unasked':
      return <span className="td-weak">reported only</span>
  }
}

function Value({ value }: { readonly value: JsonValue | undefined }) {
  if (value === undefined) return <span className="td-weak">–</span>
  const text = stringifyJson(value)
  return <span title={text.length > 60 ? text : undefined}>{text}</span>
}
