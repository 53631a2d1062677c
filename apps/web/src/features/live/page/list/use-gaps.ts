import { useCallback, useState } from 'react'
import { useShortcut } from '../../../../shared/shortcuts/shortcuts.tsx'
import type { RowPlace } from '../../protocol/stream.ts'
import { useLiveClient } from '../client.ts'

export interface GapSteps {
  /** The gap that was stepped to last: the list brings it into view once. */
  readonly target: RowPlace | undefined
  readonly step: (direction: 'next' | 'previous') => void
}

/**
 * Steps from gap to gap, round and round, beginning at the row that is looked at.
 * @param onGap the gap that is looked at now
 */
export function useGaps(stream: string, selected: number | undefined, onGap: (sequence: number) => void): GapSteps {
  const client = useLiveClient()
  const [target, setTarget] = useState<RowPlace>()
  const step = useCallback(
    (direction: 'next' | 'previous') => {
      const sequence = selected ?? (direction === 'next' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)
      void client.call('live.locateGap', { stream, sequence, direction }).then(
        (place) => {
          if (!place) return
          onGap(place.sequence)
          setTarget(place)
        },
        () => {}, // the worker was closed: the person signed out
      )
    },
    [client, stream, selected, onGap],
  )
  useShortcut('[', 'The gap before', () => step('previous'))
  useShortcut(']', 'The gap after', () => step('next'))
  return { target, step }
}
