import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { formatBytes, formatCount } from '../../../shared/format.ts'
import type { SubscriptionStatus } from '../../../shared/mqtt/subscription-table.ts'
import type { StreamSubscription } from '../engine/protocol.ts'
import { useSampledView } from '../feed/use-feed.ts'
import type { WindowFeed } from '../feed/use-window-feed.ts'
import { AddSubscription } from './add-subscription.tsx'
import { addSubscription, colourOf, labelOf, type ShownSubscription } from './subscription-list.ts'

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
  const stateOf = new Map(live.map((each) => [each.filter, each]))
  return (
    <ul className="td-chips" aria-label="Subscriptions">
      {subscriptions.map((subscription) => (
        <Chip
          key={subscription.filter}
          subscription={subscription}
          state={stateOf.get(subscription.filter)}
          onMute={(muted) =>
            onChange(subscriptions.map((each) => (each.filter === subscription.filter ? withMuted(each, muted) : each)))
          }
          onRemove={() => onChange(subscriptions.filter((each) => each.filter !== subscription.filter))}
        />
      ))}
    </ul>
  )
}

function withMuted({ muted: _, ...subscription }: ShownSubscription, muted: boolean): ShownSubscription {
  return muted ? { ...subscription, muted } : subscription
}

interface ChipProps {
  readonly subscription: ShownSubscription
  readonly state: StreamSubscription | undefined
  readonly onMute: (muted: boolean) => void
  readonly onRemove: () => void
}

function Chip({ subscription: { filter, qos, muted = false, mark }, state, onMute, onRemove }: ChipProps) {
  return (
    <li className="td-chip" data-series={colourOf(mark)} data-muted={muted}>
      <span className="td-chip-mark" title={`Rows with ${labelOf(mark)} came by this subscription`}>
        {labelOf(mark)}
      </span>
      <span className="td-mono td-chip-filter" title={filter}>
        {filter}
      </span>
      <span className="td-weak">QoS {qos}</span>
      <ChipState state={state} qos={qos} />
      {state !== undefined && state.received > 0 && (
        <span className="td-weak td-chip-count" title={`${formatBytes(state.receivedBytes)} since it was added`}>
          {formatCount(state.received)}
        </span>
      )}
      <Button
        variant="inline-icon"
        iconName={muted ? 'audio-off' : 'audio-full'}
        ariaLabel={muted ? `Show messages of ${filter} again` : `Mute ${filter}: receive and count, but do not show`}
        onClick={() => onMute(!muted)}
      />
      <Button variant="inline-icon" iconName="close" ariaLabel={`Unsubscribe from ${filter}`} onClick={onRemove} />
      {muted && <span className="td-weak">muted</span>}
    </li>
  )
}

function ChipState({ state, qos }: { readonly state: StreamSubscription | undefined; readonly qos: number }) {
  const status: SubscriptionStatus = state?.status ?? { kind: 'pending' }
  if (status.kind === 'refused') return <StatusIndicator type="error">{`refused: ${status.reason}`}</StatusIndicator>
  if (status.kind === 'pending') return <StatusIndicator type="pending">waiting for the broker</StatusIndicator>
  const rate = `${formatCount(state?.messagesPerSecond ?? 0)}/s`
  return (
    <StatusIndicator type="success">
      <span className="td-chip-rate">{rate}</span>
      {status.qos === qos ? '' : `, granted QoS ${status.qos}`}
    </StatusIndicator>
  )
}
