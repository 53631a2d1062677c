import { useCallback, useMemo, useRef, useState } from 'react'
import { useLiveClient } from '../client.ts'

const NOTHING: ReadonlySet<number> = new Set()

export interface Picks {
  /** Sequences. */
  readonly picked: ReadonlySet<number>
  /** Picks the message, or drops it where it is picked. */
  readonly toggle: (sequence: number) => void
  /** Where a range that is picked next begins. */
  readonly beginAt: (sequence: number) => void
  /** Picks all that is shown from where the range began to here, instead of what the range had before. */
  readonly extendTo: (sequence: number) => void
  readonly forget: () => void
}

/** Messages picked for an export or a replay, one by one or as ranges of what the list shows. */
export function usePicked(stream: string): Picks {
  const client = useLiveClient()
  const [picked, setPicked] = useState(NOTHING)
  /** Where the range begins, and what was picked beside it. `asked` tells the newest question from older ones. */
  const range = useRef<{ from: number | undefined; base: ReadonlySet<number>; asked: number }>({
    from: undefined,
    base: NOTHING,
    asked: 0,
  })
  const now = useRef(picked)

  const show = useCallback((next: ReadonlySet<number>) => {
    now.current = next
    setPicked(next)
  }, [])
  const beginAt = useCallback((from: number) => {
    range.current = { from, base: now.current, asked: range.current.asked + 1 }
  }, [])
  const toggle = useCallback(
    (sequence: number) => {
      const next = new Set(now.current)
      if (!next.delete(sequence)) next.add(sequence)
      show(next)
      beginAt(sequence)
    },
    [show, beginAt],
  )
  const extendTo = useCallback(
    async (to: number) => {
      const { from = to, base } = range.current
      range.current.from = from
      range.current.asked += 1
      const { asked } = range.current
      const between = await client.call('live.messagesBetween', { stream, from, to })
      if (asked === range.current.asked) show(new Set([...base, ...between]))
    },
    [client, stream, show],
  )
  const forget = useCallback(() => {
    range.current = { from: undefined, base: NOTHING, asked: range.current.asked + 1 }
    show(NOTHING)
  }, [show])
  return useMemo(
    () => ({ picked, toggle, beginAt, extendTo: (sequence) => void extendTo(sequence), forget }),
    [picked, toggle, beginAt, extendTo, forget],
  )
}
