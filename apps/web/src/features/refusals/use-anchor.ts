import { useCallback, useState } from 'react'
import { serverNow } from '../../shared/clock/server-clock.ts'
import { roundedUp } from './api.ts'

/** The end of a time that goes up to now, and what moves it to now: the list stands still until then. */
export function useAnchor(): readonly [anchorMs: number, renew: () => void] {
  const [anchorMs, setAnchorMs] = useState(() => roundedUp(serverNow()))
  return [anchorMs, useCallback(() => setAnchorMs(roundedUp(serverNow())), [])]
}
