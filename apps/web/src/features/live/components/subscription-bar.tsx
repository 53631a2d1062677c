import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import type { SubscriptionRequest } from '../../../shared/mqtt/message.ts'
import type { SubscriptionStatus } from '../../../shared/mqtt/subscription-table.ts'
import type { StreamSubscription } from '../engine/protocol.ts'
import { noteOn, whyNotSubscribe } from '../subscriptions.ts'

interface SubscriptionBarProps {
  readonly subscriptions: readonly SubscriptionRequest[]
  /** The same with their state and rates, as far as the worker told them. */
  readonly live: readonly StreamSubscription[]
  readonly onChange: (subscriptions: readonly SubscriptionRequest[]) => void
  /** Filters to offer while there are none. */
  readonly suggestions: readonly string[]
}

const QOS_OPTIONS = [
  { value: '0', label: 'QoS 0', description: 'At most once' },
  { value: '1', label: 'QoS 1', description: 'At least once; kept for you while you reconnect' },
]

export function SubscriptionBar({ subscriptions, live, onChange, suggestions }: SubscriptionBarProps) {
  const stateOf = new Map(live.map((each) => [each.filter, each]))
  return (
    <div className="td-subscriptions">
      {subscriptions.length > 0 && (
        <ul className="td-chips" aria-label="Subscriptions">
          {subscriptions.map(({ filter, qos }, index) => (
            <li key={filter} className="td-chip" data-series={index % 8}>
              <span className="td-mono">{filter}</span>
              <span className="td-weak">QoS {qos}</span>
              <ChipState state={stateOf.get(filter)} />
              <Button
                variant="inline-icon"
                iconName="close"
                ariaLabel={`Unsubscribe from ${filter}`}
                onClick={() => onChange(subscriptions.filter((each) => each.filter !== filter))}
              />
            </li>
          ))}
        </ul>
      )}
      <AddSubscription subscriptions={subscriptions} onAdd={(added) => onChange([...subscriptions, added])} />
      {subscriptions.length === 0 && (
        <p className="td-suggestions">
          Try
          {suggestions.map((filter) => (
            <Button key={filter} variant="inline-link" onClick={() => onChange([{ filter, qos: 0 }])}>
              {filter}
            </Button>
          ))}
        </p>
      )}
    </div>
  )
}

function ChipState({ state }: { readonly state: StreamSubscription | undefined }) {
  const status: SubscriptionStatus = state?.status ?? { kind: 'pending' }
  if (status.kind === 'refused') return <StatusIndicator type="error">{`refused: ${status.reason}`}</StatusIndicator>
  if (status.kind === 'pending') return <StatusIndicator type="pending">not in force</StatusIndicator>
  return <StatusIndicator type="success">{`${formatCount(state?.messagesPerSecond ?? 0)}/s`}</StatusIndicator>
}

function AddSubscription({
  subscriptions,
  onAdd,
}: {
  readonly subscriptions: readonly SubscriptionRequest[]
  readonly onAdd: (request: SubscriptionRequest) => void
}) {
  const [filter, setFilter] = useState('')
  const [qos, setQos] = useState<0 | 1>(0)
  const problem = filter === '' ? undefined : whyNotSubscribe(filter, subscriptions)
  const add = () => {
    if (filter === '' || problem !== undefined) return
    onAdd({ filter, qos })
    setFilter('')
  }
  return (
    <form
      className="td-add-subscription"
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <FormField errorText={problem} constraintText={filter === '' || problem ? undefined : noteOn(filter)}>
        <Input
          value={filter}
          onChange={({ detail }) => setFilter(detail.value)}
          ariaLabel="Topic filter"
          placeholder="Topic filter, e.g. dt/+/pump-7/#"
          autoComplete={false}
          spellcheck={false}
          invalid={problem !== undefined}
        />
      </FormField>
      <Select
        ariaLabel="Quality of service"
        options={QOS_OPTIONS}
        selectedOption={QOS_OPTIONS[qos] ?? null}
        onChange={({ detail }) => setQos(detail.selectedOption.value === '1' ? 1 : 0)}
      />
      <Button formAction="submit" disabled={filter === '' || problem !== undefined}>
        Subscribe
      </Button>
    </form>
  )
}
