import { shadowTopics } from '@thingdeck/topics'
import { asSentence } from '../../../shared/format.ts'
import { messageOf } from '../../../shared/message-of.ts'
import type { MqttClient } from '../../../shared/mqtt/client.ts'
import { exceptionName } from './editor.ts'
import { newsFilters, newsReader, type ShadowNews } from './news.ts'
import type { ShadowKey } from './shadow-key.ts'
import type { DeleteAnswer, GetAnswer, ShadowTransport, UpdateAnswer } from './transport.ts'

/** AWS answers within a second; a request that was lost on the way is never answered. */
const ANSWER_TIMEOUT_MS = 5_000

export interface MqttLine {
  readonly transport: ShadowTransport
  /** Whether all the shadow's topics are subscribed to, so that nothing is missed and answers are heard. */
  isUp(): boolean
  /** Why it is not. */
  whyDown(): string
  close(): void
}

export interface MqttLineListener {
  onNews(news: ShadowNews): void
  /** What the topics said for a while is not known. */
  onGap(): void
}

type Waiting = (news: ShadowNews, text: string) => boolean

/** The shadow's own topics, over the operator's MQTT session. */
export function openMqttLine(mqtt: MqttClient, key: ShadowKey, listener: MqttLineListener): MqttLine {
  const topics = shadowTopics(key.thingName, key.shadowName)
  const filters = newsFilters(key)
  const read = newsReader(key)
  const waiting = new Set<Waiting>()

  const close = mqtt.tap(
    filters.map((filter) => ({ filter, qos: 1 as const })),
    {
      onMessage({ topic, payload, receivedAtMs }) {
        const news = read(topic, payload, receivedAtMs)
        if (!news) return
        const text = waiting.size > 0 ? new TextDecoder().decode(payload) : ''
        for (const take of waiting) if (take(news, text)) waiting.delete(take)
        listener.onNews(news)
      },
      onGap: () => listener.onGap(),
    },
  )

  /** Publishes, and resolves with the first news that `take` makes an answer of; undefined if none comes in time. */
  async function ask<Answer>(
    topic: string,
    payload: string,
    take: (news: ShadowNews, text: string) => Answer | undefined,
  ): Promise<Answer | undefined> {
    const { promise, resolve } = Promise.withResolvers<Answer | undefined>()
    const wait: Waiting = (news, text) => {
      const answer = take(news, text)
      if (answer !== undefined) resolve(answer)
      return answer !== undefined
    }
    waiting.add(wait)
    const timer = setTimeout(() => resolve(undefined), ANSWER_TIMEOUT_MS)
    try {
      await mqtt.publish({ topic, payload: new TextEncoder().encode(payload), qos: 1 })
      return await promise
    } finally {
      clearTimeout(timer)
      waiting.delete(wait)
    }
  }

  return {
    isUp() {
      const { connection, subscriptions } = mqtt.status()
      if (connection.state.kind !== 'connected') return false
      const active = new Set(subscriptions.flatMap(({ filter, status }) => (status.kind === 'active' ? [filter] : [])))
      return filters.every((filter) => active.has(filter))
    },
    whyDown() {
      const { connection, subscriptions } = mqtt.status()
      if (connection.state.kind === 'connected') {
        const refused = subscriptions.find(
          ({ filter, status }) => filters.includes(filter) && status.kind === 'refused',
        )
        return refused?.status.kind === 'refused'
          ? asSentence(`The shadow's topics are refused: ${refused.status.reason}`)
          : 'The shadow’s topics are being subscribed to.'
      }
      if (connection.state.kind === 'waiting') return asSentence(`The MQTT session is down: ${connection.state.reason}`)
      if (connection.state.kind === 'offline') return 'The browser is offline.'
      if (connection.state.kind === 'failed') return `The MQTT session has ended: ${connection.state.reason}`
      return 'The MQTT session is connecting.'
    },
    close,
    transport: {
      async get(): Promise<GetAnswer> {
        const clientToken = crypto.randomUUID()
        try {
          const answer = await ask(topics.get, JSON.stringify({ clientToken }), (news, text): GetAnswer | undefined => {
            if (news.kind === 'got' && news.clientToken === clientToken) return { kind: 'document', text }
            if (news.kind !== 'rejected' || news.clientToken !== clientToken) return undefined
            if (news.code === 404) return { kind: 'none' }
            return { kind: 'failed', code: exceptionName(news.code), message: news.message }
          })
          return answer ?? { kind: 'failed', code: 'NO_ANSWER', message: 'The shadow service did not answer.' }
        } catch (error) {
          return { kind: 'failed', ...reasonOf(error) }
        }
      },
      async update(document, clientToken): Promise<UpdateAnswer> {
        try {
          const answer = await ask(topics.update, document, (news): UpdateAnswer | undefined => {
            if (news.kind === 'accepted' && news.clientToken === clientToken) {
              return { kind: 'accepted', version: news.version, timestampSeconds: news.timestampSeconds }
            }
            if (news.kind !== 'rejected' || news.clientToken !== clientToken) return undefined
            return { kind: 'refused', code: exceptionName(news.code), message: news.message }
          })
          return answer ?? { kind: 'unanswered' }
        } catch (error) {
          const reason = reasonOf(error)
          // The connection may have gone between the message and its acknowledgement.
          return reason.code === 'NOT_CONNECTED' ? { kind: 'unanswered' } : { kind: 'refused', ...reason }
        }
      },
      async delete(clientToken): Promise<DeleteAnswer> {
        try {
          const payload = JSON.stringify({ clientToken })
          const answer = await ask(topics.delete, payload, (news): DeleteAnswer | undefined => {
            if (news.kind === 'deleted' && news.clientToken === clientToken) {
              return { kind: 'deleted', version: news.version }
            }
            if (news.kind !== 'rejected' || news.clientToken !== clientToken) return undefined
            if (news.code === 404) return { kind: 'deleted', version: undefined }
            return { kind: 'failed', code: exceptionName(news.code), message: news.message }
          })
          return answer ?? { kind: 'failed', code: 'NO_ANSWER', message: 'The shadow service did not answer.' }
        } catch (error) {
          return { kind: 'failed', ...reasonOf(error) }
        }
      },
    },
  }
}

function reasonOf(error: unknown): { code: string; message: string } {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL'
  return { code, message: messageOf(error) }
}
