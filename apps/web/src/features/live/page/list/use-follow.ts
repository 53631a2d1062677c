import { useCallback, useRef, useState } from 'react'
import type { Reading } from './reading-place.ts'

/** `while open`: not as long as a message is open; `as before`: it is closed. */
export type FollowChange = boolean | 'while open' | 'as before'

/** Whether the end of the list is followed. A message that is opened stays in view: what goes on is followed after it. */
export function useFollow(reading: Reading): readonly [boolean, (change: FollowChange) => void] {
  const [follow, setFollow] = useState(reading.follow)
  const resumes = useRef(false)
  const change = useCallback(
    (wanted: FollowChange) => {
      if (wanted === 'as before' && !resumes.current) return
      if (wanted === 'while open') resumes.current ||= reading.follow
      else resumes.current = false
      reading.follow = wanted === true || wanted === 'as before'
      setFollow(reading.follow)
    },
    [reading],
  )
  return [follow, change]
}
