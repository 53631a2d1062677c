import { type PointerEvent, useLayoutEffect, useRef } from 'react'
import type { WindowView } from '../../protocol/stream.ts'
import { cellTitle } from './row-words.ts'

interface Titled {
  readonly cell: HTMLElement
  /** Id of the row when the title was made: elements are used again for other rows. */
  readonly rowId: string
}

/** What a cell tells on hover, made only then: for every cell of every row it would cost more than the rows. */
export function useCellTitles(view: WindowView | undefined): (event: PointerEvent) => void {
  const titled = useRef<Titled>(undefined)
  useLayoutEffect(() => {
    const { cell, rowId } = titled.current ?? {}
    if (!cell || cell.parentElement?.id === rowId) return
    cell.removeAttribute('title')
    titled.current = undefined
  })
  return ({ target }) => {
    const cell = target instanceof Element ? target.closest<HTMLElement>('[data-column]') : null
    const rowId = cell?.parentElement?.id
    const row = view?.rows.find(({ sequence }) => rowId === `row-${sequence}`)
    if (!cell || rowId === undefined || row?.kind !== 'message') return
    titled.current?.cell.removeAttribute('title')
    titled.current = { cell, rowId }
    cell.title = cellTitle(cell.dataset.column ?? '', row) ?? cell.textContent
  }
}
