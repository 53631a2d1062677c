import { useState } from 'react'
import type { LiveClient } from '../client.ts'

/** What somebody reads in a list: a row, and where it stands. Rows keep their sequence, pixels and positions do not. */
export interface ReadingPlace {
  readonly sequence: number
  /** Of the row's upper edge, below the list's. */
  readonly fromTopPx: number
}

/** How the list of a stream is read, for as long as it is. It outlives the list, which other views take the place of. */
export class Reading {
  follow: boolean
  /** Undefined while the end is followed. */
  place: ReadingPlace | undefined
  /** The position behind the last row that was in view. */
  seenEnd = 0

  constructor(follow: boolean) {
    this.follow = follow
  }
}

/** By worker, which is the session's: what the next person reads is of other streams. */
const known = new WeakMap<LiveClient, Map<string, Reading>>()

/** How a stream was read when its list was left. A live one is followed at first, a recording read from its beginning. */
export function useReading(client: LiveClient, stream: string, isLive: boolean): Reading {
  const [reading] = useState(() => {
    const ofClient = known.get(client) ?? new Map<string, Reading>()
    known.set(client, ofClient)
    const found = ofClient.get(stream) ?? new Reading(isLive)
    ofClient.set(stream, found)
    return found
  })
  return reading
}
