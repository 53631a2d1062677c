import { useFeedValue } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'

interface EmptyWordsProps {
  readonly feed: WindowFeed
  /** Something is to come. */
  readonly isWaiting: boolean
  readonly isFiltered: boolean
}

/** Why nothing is shown, over an empty list. */
export function EmptyWords({ feed, isWaiting, isFiltered }: EmptyWordsProps) {
  const isEmpty = useFeedValue(feed, (view) => view !== undefined && view.end === view.first)
  const hasKept = useFeedValue(feed, (view) => (view?.counters.kept ?? 0) > 0)
  const isUndecided = useFeedValue(
    feed,
    (view) => view?.filter?.state === 'searching' || view?.filter?.state === 'problem',
  )
  if (!isEmpty || isUndecided) return null
  return <p className="td-list-empty">{emptyWords(isWaiting, isFiltered, hasKept)}</p>
}

function emptyWords(isWaiting: boolean, isFiltered: boolean, hasKept: boolean): string {
  if (hasKept) {
    return isFiltered ? 'No message that is kept passes the filter.' : 'Every subscription with messages is muted.'
  }
  if (!isWaiting) return 'Subscribe to a topic filter, and messages appear here as they are published.'
  return 'Waiting for the first message.'
}
