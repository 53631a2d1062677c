import { useEffect, useRef } from 'react'
import type { RowPlace, WindowView } from '../../protocol/stream.ts'
import { useLiveClient } from '../client.ts'
import type { Reading } from './reading-place.ts'
import type { ListScroll } from './use-list-scroll.ts'

interface ReadingPlaceOptions {
  readonly stream: string
  readonly view: WindowView | undefined
  readonly reading: Reading
  readonly follow: boolean
  /** Sequence of the row that is looked at. */
  readonly selected: number | undefined
  readonly heightPx: number
  readonly rowPx: number
  readonly scroll: ListScroll
  /** Set by whoever moves the list, until the new place is known. */
  readonly isMoved: { current: boolean }
}

/**
 * What is read stays where it is, whatever becomes of the list around it: another filter, another view and back, a
 * detail that takes room. It is the row that is looked at, or the topmost one where that is not in view; if it does not
 * pass a filter, the nearest that does stands in its place, and it itself once the filter is cleared.
 */
export function useReadingPlace(options: ReadingPlaceOptions): void {
  const { stream, view, reading, follow, selected, heightPx, rowPx, scroll, isMoved } = options
  const client = useLiveClient()
  const locate = useRef(async (_sequence: number): Promise<RowPlace | undefined> => undefined)
  useEffect(() => {
    const nearest = (sequence: number, direction: 'next' | 'previous') =>
      client.call('live.locate', { stream, sequence, direction })
    locate.current = async (sequence) => {
      try {
        return (await nearest(sequence, 'next')) ?? (await nearest(sequence, 'previous'))
      } catch {
        return undefined // the worker was closed: the person signed out
      }
    }
  }, [client, stream])

  const latest = useRef({ selected, scroll, heightPx, follow })
  /** Position of the selected row while it is in view. */
  const seenAt = useRef<number>(undefined)
  useEffect(() => {
    const { heightPx: beforePx, selected: selectedBefore, follow: followed } = latest.current
    latest.current = { selected, scroll, heightPx, follow }
    if (follow) {
      seenAt.current = undefined
      reading.place = undefined
      return
    }
    if (heightPx < beforePx && seenAt.current !== undefined) return scroll.reveal(seenAt.current)
    if (followed || selected !== selectedBefore) isMoved.current = true
    if (followed && selected !== undefined && selected !== selectedBefore) {
      // Who opens a message of a fast stream finds it where it went meanwhile.
      void locate.current(selected).then((place) => {
        const now = latest.current
        if (place?.sequence === selected && now.selected === selected && !now.follow) now.scroll.reveal(place.position)
      })
    }
    const inView = (position: number) =>
      position >= scroll.topPosition && position <= scroll.topPosition + Math.floor(heightPx / rowPx)
    const index = view?.rows.findIndex(({ sequence }) => sequence === selected) ?? -1
    const selectedAt = (view?.from ?? 0) + index
    seenAt.current = index >= 0 && inView(selectedAt) ? selectedAt : undefined
    if (!isMoved.current || !view) return
    const position = seenAt.current ?? scroll.topPosition
    const row = view.rows[position - view.from]
    if (!row) return // it is asked for
    isMoved.current = false
    reading.place = { sequence: row.sequence, fromTopPx: scroll.fromTopPx(position) }
  })

  const filterText = view?.filter?.text ?? ''
  const isSearched = view?.isComplete === true && view.filter?.state !== 'problem'
  const searchedText = useRef<string>(undefined)
  useEffect(() => {
    if (!isSearched || searchedText.current === filterText) return
    searchedText.current = filterText
    const { place } = reading
    if (!place) return
    void locate.current(place.sequence).then((found) => {
      const { scroll: now, follow: isFollowed } = latest.current
      if (found && reading.place === place && !isFollowed) now.show(found.position, place.fromTopPx)
    })
  }, [reading, filterText, isSearched])
}
