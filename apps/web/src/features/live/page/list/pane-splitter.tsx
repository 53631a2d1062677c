import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useListPreferences } from './use-list-preferences.ts'

const LEAST_PX = 140
/** As in the style sheet. */
const USUAL_PX = 320
const MOST_PX = 1_400
const STEP_PX = 24

/** The edge between the list and the message that is looked at: dragged, or moved with the arrow keys. */
export function PaneSplitter() {
  const [{ detailSide, detailPx }, change] = useListPreferences()
  const drag = useRef<{ readonly from: number; readonly fromPx: number }>(undefined)
  const isBelow = detailSide === 'bottom'
  const at = (event: PointerEvent) => (isBelow ? event.clientY : event.clientX)
  /** As it is drawn: until somebody sets it, that follows the window. */
  const presentPx = (splitter: Element) => {
    const size = splitter.nextElementSibling?.getBoundingClientRect()
    return detailPx ?? (isBelow ? size?.height : size?.width) ?? LEAST_PX
  }
  const set = (px: number) => change({ detailPx: Math.round(Math.min(Math.max(px, LEAST_PX), MOST_PX)) })

  const onKeyDown = (event: KeyboardEvent<Element>) => {
    const grows = isBelow ? 'ArrowUp' : 'ArrowLeft'
    const shrinks = isBelow ? 'ArrowDown' : 'ArrowRight'
    if (event.key !== grows && event.key !== shrinks) return
    event.preventDefault()
    set(presentPx(event.currentTarget) + (event.key === grows ? STEP_PX : -STEP_PX))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved has no element of its own
    <div
      className="td-splitter"
      role="separator"
      tabIndex={0}
      aria-orientation={isBelow ? 'horizontal' : 'vertical'}
      aria-label="Size of the message"
      aria-valuenow={detailPx ?? USUAL_PX}
      aria-valuemin={LEAST_PX}
      aria-valuemax={MOST_PX}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { from: at(event), fromPx: presentPx(event.currentTarget) }
      }}
      onPointerMove={(event) => {
        if (drag.current) set(drag.current.fromPx + drag.current.from - at(event))
      }}
      onPointerUp={() => {
        drag.current = undefined
      }}
      onKeyDown={onKeyDown}
    />
  )
}
