import { useSessionState } from '../../../../shared/session/session-state.ts'
import { visible } from '../../../../shared/text/visible.tsx'
import { useFeedValue } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'

const MOST_NAMED = 5

interface EmptyWordsProps {
  readonly feed: WindowFeed
  /** Something is to come. */
  readonly isWaiting: boolean
  readonly isFiltered: boolean
  /** Topic filters that are subscribed to. */
  readonly lookedFor: readonly string[]
  /** Why these. */
  readonly whyThese?: string | undefined
}

/** Why nothing is shown, over an empty list. */
export function EmptyWords({ feed, isWaiting, isFiltered, lookedFor, whyThese }: EmptyWordsProps) {
  const isSignedOut = useSessionState() !== 'active'
  const isEmpty = useFeedValue(feed, (view) => view !== undefined && view.end === view.first)
  const hasKept = useFeedValue(feed, (view) => (view?.counters.kept ?? 0) > 0)
  const isUndecided = useFeedValue(
    feed,
    (view) => view?.filter?.state === 'searching' || view?.filter?.state === 'problem',
  )
  if (!isEmpty || isUndecided) return null
  return (
    <div className="td-list-empty">
      <p>
        {isSignedOut && !hasKept
          ? 'Nothing came before the sign-in ended.'
          : emptyWords(isWaiting, isFiltered, hasKept)}
      </p>
      {isWaiting && !isSignedOut && !hasKept && lookedFor.length > 0 && (
        <p>
          Nothing has come yet on <span className="td-mono">{visible(lookedFor.slice(0, MOST_NAMED).join(', '))}</span>
          {lookedFor.length > MOST_NAMED && ` and ${lookedFor.length - MOST_NAMED} more`}. {whyThese}
        </p>
      )}
    </div>
  )
}

function emptyWords(isWaiting: boolean, isFiltered: boolean, hasKept: boolean): string {
  if (hasKept) {
    return isFiltered ? 'No message that is kept passes the filter.' : 'Every subscription with messages is muted.'
  }
  if (!isWaiting) return 'Subscribe to a topic filter, and messages appear here as they are published.'
  return 'Waiting for the first message.'
}
