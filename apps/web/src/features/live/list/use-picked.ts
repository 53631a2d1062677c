import { useCallback, useState } from 'react'

const NOTHING: ReadonlySet<number> = new Set()

/** Sequences that are picked, a function that picks or drops some, and one that drops all. */
export function usePicked() {
  const [picked, setPicked] = useState(NOTHING)
  const pick = useCallback((sequences: readonly number[], isPicked: boolean) => {
    setPicked((before) => {
      const next = new Set(before)
      for (const sequence of sequences) {
        if (isPicked) next.add(sequence)
        else next.delete(sequence)
      }
      return next
    })
  }, [])
  const forget = useCallback(() => setPicked(NOTHING), [])
  return [picked, pick, forget] as const
}
