import { type MouseEvent, type PointerEvent, useCallback, useMemo, useRef } from 'react'
import type { RowView } from '../../protocol/stream.ts'

export interface PressedRow {
  /** For the element around the rows: one listener, whatever the number of rows. */
  readonly onPointerDown: (event: PointerEvent) => void
  /** The row that a click is of: what stood under the pointer when it went down. `clicked` where no pointer was. */
  readonly pressedRow: (clicked: RowView, event: MouseEvent) => RowView
}

/**
 * While the end is followed each element shows another row with every message, so between press and release the row
 * under the pointer is another one.
 * @param rowsOf the rows on screen
 */
export function usePressedRow(rowsOf: () => readonly RowView[]): PressedRow {
  const pressed = useRef<{ readonly element: Element; readonly row: RowView }>(undefined)
  const rows = useRef(rowsOf)
  rows.current = rowsOf
  const onPointerDown = useCallback(({ target }: PointerEvent) => {
    const element = target instanceof Element ? target.closest('[role="row"]') : null
    const row = element && rows.current().find(({ sequence }) => element.id === `row-${sequence}`)
    pressed.current = element && row ? { element, row } : undefined
  }, [])
  const pressedRow = useCallback((clicked: RowView, { currentTarget }: MouseEvent) => {
    const { element, row } = pressed.current ?? {}
    pressed.current = undefined
    return row !== undefined && element === currentTarget ? row : clicked
  }, [])
  return useMemo(() => ({ onPointerDown, pressedRow }), [onPointerDown, pressedRow])
}
