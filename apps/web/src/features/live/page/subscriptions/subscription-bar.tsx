import './subscriptions.css'
import Button from '@cloudscape-design/components/button'
import type { ReactNode } from 'react'
import { useIsWide } from '../../../../shared/use-is-wide.ts'
import { useSampledView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { AddSubscription } from './add-subscription.tsx'
import { MoreSubscriptions } from './more-subscriptions.tsx'
import { SubscriptionChip } from './subscription-chip.tsx'
import { addSubscription, type ShownSubscription } from './subscription-list.ts'

/** So many chips take two lines; the others are a click away. */
const MOST_WIDE = 8
const MOST_NARROW = 5
/** Chips are read, not watched. */
const CHIP_MS = 500

interface SubscriptionBarProps {
  readonly stream: string
  readonly feed: WindowFeed
  readonly subscriptions: readonly ShownSubscription[]
  readonly onChange: (subscriptions: readonly ShownSubscription[]) => void
  /** Filters to offer while there are none. */
  readonly suggestions: readonly string[]
  /** Things whose own topics are suggested. */
  readonly thingNames: readonly string[]
  /** What else concerns all subscriptions, at the end of the line. */
  readonly children?: ReactNode
}

export function SubscriptionBar({
  stream,
  feed,
  subscriptions,
  onChange,
  suggestions,
  thingNames,
  children,
}: SubscriptionBarProps) {
  return (
    <div className="td-subscriptions">
      {subscriptions.length > 0 && <Chips feed={feed} subscriptions={subscriptions} onChange={onChange} />}
      <AddSubscription
        stream={stream}
        subscriptions={subscriptions}
        thingNames={thingNames}
        onAdd={(added) => onChange(addSubscription(subscriptions, added))}
      />
      {subscriptions.length === 0 && (
        <p className="td-suggestions">
          Try
          {suggestions.map((filter) => (
            <Button
              key={filter}
              variant="inline-link"
              onClick={() => onChange(addSubscription([], { filter, qos: 0 }))}
            >
              {filter}
            </Button>
          ))}
        </p>
      )}
      {children}
    </div>
  )
}

/** On their own, because their figures change when nothing else does. */
function Chips({ feed, subscriptions, onChange }: Pick<SubscriptionBarProps, 'feed' | 'subscriptions' | 'onChange'>) {
  const live = useSampledView(feed, CHIP_MS)?.subscriptions ?? []
  const isWide = useIsWide()
  const stateOf = new Map(live.map((each) => [each.filter, each]))
  const most = isWide ? MOST_WIDE : MOST_NARROW
  const chip = (subscription: ShownSubscription) => (
    <SubscriptionChip
      key={subscription.filter}
      subscription={subscription}
      state={stateOf.get(subscription.filter)}
      onMute={(muted) =>
        onChange(subscriptions.map((each) => (each.filter === subscription.filter ? withMuted(each, muted) : each)))
      }
      onRemove={() => onChange(subscriptions.filter((each) => each.filter !== subscription.filter))}
    />
  )
  // One that is left over takes no more room than the button that would lead to it.
  const shown = subscriptions.length <= most + 1 ? subscriptions : subscriptions.slice(0, most)
  const left = subscriptions.slice(shown.length)
  return (
    <>
      <ul className="td-chips" aria-label="Subscriptions">
        {shown.map(chip)}
      </ul>
      {left.length > 0 && <MoreSubscriptions subscriptions={left} stateOf={stateOf} chip={chip} />}
    </>
  )
}

function withMuted({ muted: _, ...subscription }: ShownSubscription, muted: boolean): ShownSubscription {
  return muted ? { ...subscription, muted } : subscription
}
