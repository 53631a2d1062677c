import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { useListPreferences } from './use-list-preferences.ts'

const LEAST_PX = 100
const MOST_PX = 1_200
const STEP_PX = 16

/** The edge between topic and what follows: dragged, or moved with the arrow keys; a double click sets it free again. */
export function TopicResizer() {
  const [{ topicPx }, change] = useListPreferences()
  const drag = useRef<{ readonly fromX: number; readonly fromPx: number }>(undefined)
  const set = (px: number) => change({ topicPx: Math.round(Math.min(Math.max(px, LEAST_PX), MOST_PX)) })
  const widthOf = (element: Element) => element.parentElement?.getBoundingClientRect().width ?? LEAST_PX

  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    drag.current = { fromX: event.clientX, fromPx: widthOf(event.currentTarget) }
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (drag.current) set(drag.current.fromPx + event.clientX - drag.current.fromX)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -STEP_PX, ArrowRight: STEP_PX }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    set(widthOf(event.currentTarget) + step)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that is moved has no element of its own
    <span
      className="td-resizer"
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label="Width of the topic column"
      aria-valuenow={topicPx ?? 0}
      aria-valuemin={LEAST_PX}
      aria-valuemax={MOST_PX}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = undefined
      }}
      onDoubleClick={() => change({ topicPx: undefined })}
      onKeyDown={onKeyDown}
    />
  )
}
