import { useEffect, useRef } from 'react'
import { useSession } from '../session/session.tsx'
import { type Action, whyNotNow } from './action.ts'

/** By who shows them, in the order in which they came onto the page. */
const shown = new Map<object, readonly Action[]>()

/** Has what a place of the page offers as buttons found by its name too, as long as it is shown. */
export function useOfferedByName(actions: readonly Action[]): void {
  const place = useRef({})
  const { role } = useSession().person
  useEffect(() => {
    shown.set(
      place.current,
      actions.filter((action) => action.isBusy !== true && whyNotNow(action, role) === undefined),
    )
  })
  useEffect(() => {
    const { current } = place
    return () => void shown.delete(current)
  }, [])
}

/** What the buttons of the page that is open would do now. */
export const actionsOnPage = (): readonly Action[] => [...shown.values()].flat()
