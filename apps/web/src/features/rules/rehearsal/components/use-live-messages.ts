import { useEffect, useState } from 'react'
import { useMqtt, useMqttStatus } from '../../../../shared/mqtt/mqtt-context.ts'
import type { SubscriptionStatus } from '../../../../shared/mqtt/subscription-table.ts'
import { useDebounced } from '../../../../shared/use-debounced.ts'
import { receivedMessage } from '../received-message.ts'
import type { RunningRehearsal } from '../use-rehearsal.ts'

export interface LiveMessages {
  readonly isOn: boolean
  setIsOn(isOn: boolean): void
  /** What is subscribed to. */
  readonly filter: string | undefined
  readonly state: SubscriptionStatus | { readonly kind: 'offline' }
}

/** A topic filter that is being typed is not subscribed to letter by letter. */
const TYPING_MS = 800

/** Messages of the rule's FROM over the operator's own MQTT session, while it is wanted and the panel is there. */
export function useLiveMessages(topicFilter: string | undefined, { add }: RunningRehearsal): LiveMessages {
  const mqtt = useMqtt()
  const { connection, subscriptions } = useMqttStatus()
  const [isOn, setIsOn] = useState(false)
  const [lastReadable, setLastReadable] = useState(topicFilter)
  // While the SQL cannot be read, what it said before counts.
  if (topicFilter !== undefined && topicFilter !== lastReadable) setLastReadable(topicFilter)
  const filter = useDebounced(lastReadable, TYPING_MS)
  useEffect(() => {
    if (!isOn || filter === undefined) return
    return mqtt.sample([{ filter, qos: 0 }], ({ messages, dropped }) =>
      add(
        messages.map((message) => receivedMessage(message, 'live')),
        dropped,
      ),
    )
  }, [isOn, filter, mqtt, add])
  const found = subscriptions.find((each) => each.filter === filter)?.status
  const isConnected = connection.state.kind === 'connected'
  return { isOn, setIsOn, filter, state: isConnected ? (found ?? { kind: 'pending' }) : { kind: 'offline' } }
}
