import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Shadow } from '@thingdeck/shadows'
import { useEffect } from 'react'
import { useMqtt, useMqttStatus } from '../../shared/mqtt/mqtt-context.ts'
import { shadowQuery } from './api.ts'
import { type ShadowAddress, shadowTopic } from './model/address.ts'
import { afterEvent, readShadowEvent } from './model/events.ts'

export interface LiveShadow {
  /** `null` when there is no such shadow; undefined while it is read. */
  readonly shadow: Shadow | null | undefined
  readonly error: Error | null
  /** Whether changes arrive by themselves. */
  readonly isLive: boolean
  readonly reload: () => void
}

/** A shadow that keeps itself up to date by its own topics, read by REST first and whenever the topics had a hole. */
export function useShadow({ thingName, shadowName }: ShadowAddress): LiveShadow {
  const mqtt = useMqtt()
  const client = useQueryClient()
  const base = shadowTopic({ thingName, shadowName })
  const { queryKey } = shadowQuery({ thingName, shadowName })
  const { data, error, refetch } = useQuery(shadowQuery({ thingName, shadowName }))
  const isLive = useMqttStatus().subscriptions.some(
    ({ filter, status }) => filter === `${base}/update/documents` && status.kind === 'active',
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is made of the names
  useEffect(
    () =>
      mqtt.tap(
        [
          { filter: `${base}/update/documents`, qos: 1 },
          { filter: `${base}/delete/accepted`, qos: 1 },
          // For the answers to our own updates, so that they are subscribed to long before one is sent.
          { filter: `${base}/update/accepted`, qos: 1 },
          { filter: `${base}/update/rejected`, qos: 1 },
        ],
        {
          onMessage({ topic, payload }) {
            const event = readShadowEvent(base, topic, payload)
            if (event?.kind !== 'document' && event?.kind !== 'deleted') return
            void client.cancelQueries({ queryKey }) // an answer under way is older than this
            client.setQueryData(queryKey, (known) => afterEvent(known, event))
          },
        },
      ),
    [mqtt, client, base],
  )

  // What changed between the reading and the subscription, or while it was away, no topic tells.
  useEffect(() => {
    if (isLive) void refetch()
  }, [isLive, refetch])

  return { shadow: data, error, isLive, reload: () => void refetch() }
}
