import Button from '@cloudscape-design/components/button'
import Input from '@cloudscape-design/components/input'
import Popover from '@cloudscape-design/components/popover'
import { type ReactNode, useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { StreamSubscription } from '../../protocol/stream.ts'
import type { ShownSubscription } from './subscription-list.ts'

interface MoreSubscriptionsProps {
  /** Those that have no chip in the bar. */
  readonly subscriptions: readonly ShownSubscription[]
  readonly stateOf: ReadonlyMap<string, StreamSubscription>
  readonly chip: (subscription: ShownSubscription) => ReactNode
}

/** The subscriptions for which the bar has no room, to be searched. What is not in force is told outside, too. */
export function MoreSubscriptions({ subscriptions, stateOf, chip }: MoreSubscriptionsProps) {
  const [text, setText] = useState('')
  const found = subscriptions.filter(({ filter }) => filter.toLowerCase().includes(text.trim().toLowerCase()))
  const kinds = subscriptions.map(({ filter }) => stateOf.get(filter)?.status.kind ?? 'pending')
  const refused = kinds.filter((kind) => kind === 'refused').length
  const waiting = kinds.filter((kind) => kind === 'pending').length
  return (
    <Popover
      triggerType="custom"
      size="large"
      position="bottom"
      header="More subscriptions"
      dismissAriaLabel="Close"
      content={
        <div className="td-more-subscriptions">
          <Input
            type="search"
            value={text}
            onChange={({ detail }) => setText(detail.value)}
            ariaLabel="Find a subscription"
            placeholder="Part of a topic filter"
          />
          <p className="td-weak" role="status">
            {formatCount(found.length)} of {formatCount(subscriptions.length)}
          </p>
          <ul className="td-chips" aria-label="More subscriptions">
            {found.map(chip)}
          </ul>
        </div>
      }
    >
      <Button formAction="none">
        +{formatCount(subscriptions.length)} more
        {refused > 0 && `, ${formatCount(refused)} refused`}
        {waiting > 0 && `, ${formatCount(waiting)} waiting for the broker`}
      </Button>
    </Popover>
  )
}
