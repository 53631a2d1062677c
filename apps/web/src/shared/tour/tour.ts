import { useEffect } from 'react'
import { createPersonalPreference } from '../preferences/preferences.ts'

/** What there is to see of the sample fleet, in the order in which it is offered. */
export const TOUR_STEPS = ['live', 'alarm', 'shadow', 'refused', 'rule'] as const
export type TourStep = (typeof TOUR_STEPS)[number]

export interface Tour {
  readonly done: readonly TourStep[]
  /** Somebody wants to see no more of it. */
  readonly isClosed: boolean
}

const NOTHING_DONE: Tour = { done: [], isClosed: false }

/** How far a person is. */
export const tourPreference = createPersonalPreference<Tour>('tour', (stored) => {
  if (typeof stored !== 'object' || stored === null || !('done' in stored) || !Array.isArray(stored.done)) {
    return NOTHING_DONE
  }
  const { done } = stored
  return {
    done: TOUR_STEPS.filter((step) => done.includes(step)),
    isClosed: 'isClosed' in stored && stored.isClosed === true,
  }
})

/** For the page on which a step is done: that it really was. */
export function useTourStep(step: TourStep, isDone: boolean): void {
  useEffect(() => {
    const tour = tourPreference.get()
    if (isDone && !tour.done.includes(step)) tourPreference.set({ ...tour, done: [...tour.done, step] })
  }, [step, isDone])
}
