import { useCallback, useState } from 'react'
import { serverNow } from './clock/server-clock.ts'

/** People who look at the same at about the same time are answered together. */
const ROUNDED_MS = 10_000

/** The end of a time that goes up to now, as it is asked for. */
const roundedUp = (nowMs: number): number => Math.ceil(nowMs / ROUNDED_MS) * ROUNDED_MS

/** The end of a time that goes up to now, and what moves it to now: the list stands still until then. */
export function useAnchor(): readonly [anchorMs: number, renew: () => void] {
  const [anchorMs, setAnchorMs] = useState(() => roundedUp(serverNow()))
  return [anchorMs, useCallback(() => setAnchorMs(roundedUp(serverNow())), [])]
}
