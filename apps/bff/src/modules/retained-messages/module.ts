import { endpoints } from '@thingdeck/contract'
import { validateTopicName } from '@thingdeck/topics'
import { personOf } from '../../plugins/access.ts'
import { auditedBy } from '../../plugins/audit/audit.ts'
import { route } from '../../plugins/route.ts'
import { Problem } from '../../problem.ts'
import type { Module } from '../module.ts'
import { changeOf, clearTopics } from './clear-topics.ts'
import { createRetainedMessages } from './retained-messages.ts'

const PAGE_TOPICS = 50

/** What the broker retains: listed, looked at, and cleared, each clearing with an entry of its own (decision 21). */
export const retainedMessages: Module = {
  name: 'retained messages',
  routes(app, { aws: { data }, trail }) {
    const retained = createRetainedMessages(data)

    route(app, endpoints.listRetainedMessages, async ({ query: { maxResults = PAGE_TOPICS, ...search } }) =>
      retained.list({ ...search, maxResults }),
    )

    route(app, endpoints.getRetainedMessage, async ({ query: { topic } }) => {
      const problem = validateTopicName(topic)
      if (problem) throw new Problem('BAD_REQUEST', `querystring/topic: ${problem.message}.`)
      return retained.get(topic)
    })

    route(app, endpoints.clearRetainedMessages, async (request) => {
      const clearings = await clearTopics(retained, request.body.topics)
      request.auditAs({ oneByOne: true })
      for (const { cleared, before } of clearings) {
        const { topic, outcome, code, message } = cleared
        if (outcome !== 'cleared' && outcome !== 'failed') continue // nothing was written, or tried
        await trail.record({
          ...auditedBy(personOf(request), request),
          action: endpoints.clearRetainedMessages.audit,
          resource: { type: 'topic', id: topic },
          ...(before ? { changes: [changeOf(before)] } : { isBeforeUnknown: true as const }),
          outcome: { ...(code !== undefined && { code }), ...(message !== undefined && { message }) },
        })
      }
      return { topics: clearings.map(({ cleared }) => cleared) }
    })
  },
}
