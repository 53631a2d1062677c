import { useEffect, useRef } from 'react'
import type { RowPlace, WindowView } from '../../protocol/stream.ts'
import { useLiveClient } from '../client.ts'
import type { ListScroll } from './use-list-scroll.ts'

interface KeptInViewOptions {
  readonly stream: string
  readonly view: WindowView | undefined
  /** Sequence of the row that is to stay in view; undefined when none is. */
  readonly selected: number | undefined
  readonly heightPx: number
  readonly rowPx: number
  readonly scroll: Pick<ListScroll, 'topPosition' | 'reveal' | 'centre'>
}

/**
 * The row that is looked at does not leave the view by itself: when its detail opens and takes room from the list it
 * is scrolled back in, and when the filter changes it, or the nearest row that passes, stands in the middle. So a
 * message is found with a filter, and what came around it is seen once the filter is cleared.
 */
export function useKeptInView({ stream, view, selected, heightPx, rowPx, scroll }: KeptInViewOptions): void {
  const client = useLiveClient()
  /** Position of the selected row while it is in view. */
  const seenAt = useRef<number>(undefined)
  const latest = useRef({ selected, scroll, heightPx })
  useEffect(() => {
    const hasShrunk = heightPx < latest.current.heightPx
    latest.current = { selected, scroll, heightPx }
    if (hasShrunk && seenAt.current !== undefined) return scroll.reveal(seenAt.current)
    const index = selected === undefined ? -1 : (view?.rows.findIndex(({ sequence }) => sequence === selected) ?? -1)
    const position = (view?.from ?? 0) + index
    const isInView =
      index >= 0 && position >= scroll.topPosition && position <= scroll.topPosition + Math.ceil(heightPx / rowPx)
    seenAt.current = isInView ? position : undefined
  })

  const filterText = view?.filter?.text ?? ''
  const isSearched = view?.isComplete === true && view.filter?.state !== 'problem'
  const searchedText = useRef<string>(undefined)
  useEffect(() => {
    if (!isSearched || searchedText.current === filterText) return
    const isFirst = searchedText.current === undefined
    searchedText.current = filterText
    const sequence = latest.current.selected
    if (isFirst || sequence === undefined) return
    const locate = (direction: 'next' | 'previous') => client.call('live.locate', { stream, sequence, direction })
    const centre = (place: RowPlace | undefined) => {
      if (place && latest.current.selected === sequence) latest.current.scroll.centre(place.position)
      return place !== undefined
    }
    void locate('next').then(
      async (place) => centre(place) || centre(await locate('previous')),
      () => {}, // the worker was closed: the person signed out
    )
  }, [client, stream, filterText, isSearched])
}
