import {
  GetRetainedMessageCommand,
  type IoTDataPlaneClient,
  ListRetainedMessagesCommand,
  PublishCommand,
} from '@aws-sdk/client-iot-data-plane'
import type { RetainedMessage, RetainedTopic, RetainedTopicPage } from '@thingdeck/contract'

/** The most that AWS gives a page (AWS IoT data plane, ListRetainedMessages: `maxResults`). */
const PAGE_TOPICS = 200
/** A search looks through so many topics a request: AWS takes ten lists a second, and people wait. */
const MOST_PAGES_SEARCHED = 10

export interface RetainedSearch {
  readonly prefix?: string | undefined
  readonly contains?: string | undefined
  readonly maxResults: number
  readonly nextToken?: string | undefined
}

/** What the account's broker retains, over the data plane's REST API. Errors are AWS's own. */
export interface RetainedMessages {
  /**
   * AWS cannot search, so pages are read and sifted until there are `maxResults` topics, or enough were looked through.
   * What a page has is not cut: a search may bring up to {@link PAGE_TOPICS} more.
   */
  list(search: RetainedSearch): Promise<RetainedTopicPage>
  get(topic: string): Promise<RetainedMessage>
  /** Publishes the empty message after which nothing is retained; who is subscribed receives it (MQTT 5.0 §3.3.1.3). */
  clear(topic: string): Promise<void>
}

export function createRetainedMessages(data: IoTDataPlaneClient): RetainedMessages {
  return {
    async list({ prefix, contains, maxResults, nextToken: first }) {
      const isWanted = sieveOf(prefix, contains)
      const pageSize = isWanted ? PAGE_TOPICS : maxResults
      const retainedTopics: RetainedTopic[] = []
      let looked = 0
      let nextToken = first
      for (let pages = 1; ; pages += 1) {
        const page = await data.send(new ListRetainedMessagesCommand({ nextToken, maxResults: pageSize }))
        const topics = page.retainedTopics ?? []
        looked += topics.length
        for (const { topic = '', payloadSize = 0, qos, lastModifiedTime } of topics) {
          if (isWanted && !isWanted(topic)) continue
          retainedTopics.push({ topic, payloadSize, qos: qosOf(qos), lastModified: timeOf(lastModifiedTime) })
        }
        nextToken = page.nextToken
        const isEnough = retainedTopics.length >= maxResults || (isWanted && pages >= MOST_PAGES_SEARCHED)
        // A page of AWS's may be empty, and others follow.
        if (nextToken === undefined || isEnough || (!isWanted && topics.length > 0)) break
      }
      return { retainedTopics, looked, ...(nextToken !== undefined && { nextToken }) }
    },

    async get(topic) {
      const found = await data.send(new GetRetainedMessageCommand({ topic }))
      return {
        topic,
        payload: Buffer.from(found.payload ?? []).toString('base64'),
        qos: qosOf(found.qos),
        lastModified: timeOf(found.lastModifiedTime),
        userProperties: userPropertiesOf(found.userProperties),
      }
    },

    async clear(topic) {
      await data.send(new PublishCommand({ topic, qos: 1, retain: true, payload: new Uint8Array() }))
    },
  }
}

function sieveOf(prefix = '', contains = ''): ((topic: string) => boolean) | undefined {
  if (prefix === '' && contains === '') return undefined
  const part = contains.toLowerCase()
  return (topic) => topic.startsWith(prefix) && topic.toLowerCase().includes(part)
}

const qosOf = (qos: number | undefined): 0 | 1 => (qos === 1 ? 1 : 0)
/** @param ms since 1970, as the data plane gives it */
const timeOf = (ms = 0): string => new Date(ms).toISOString()

/** `[{"site":"hall-2"}]`: an array of objects with one member each (AWS IoT data plane, GetRetainedMessage). */
function userPropertiesOf(json: Uint8Array | undefined): RetainedMessage['userProperties'] {
  if (json === undefined || json.length === 0) return []
  const pairs: unknown = JSON.parse(new TextDecoder().decode(json))
  if (!Array.isArray(pairs)) return []
  return pairs.flatMap((pair: unknown) =>
    typeof pair === 'object' && pair !== null
      ? Object.entries(pair).map(([name, value]) => ({ name, value: String(value) }))
      : [],
  )
}
