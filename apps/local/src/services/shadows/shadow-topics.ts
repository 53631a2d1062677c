import { readClientToken, rejectedMessage, ShadowError } from '@thingdeck/shadows'
import { formatReservedTopic, type ShadowTopic } from '@thingdeck/topics'
import type { ReservedTopicAnswer, ReservedTopicRequest } from '../../foundation/reserved-topics.ts'
import type { ShadowEntries } from './shadow-entries.ts'
import type { ShadowMetrics } from './shadow-metrics.ts'
import { encodeDocument, type ShadowService } from './shadow-service.ts'

/** `thingName` and `shadowName` of the model of the data plane. */
const THING_NAME = /^[a-zA-Z0-9:_-]{1,128}$/
const SHADOW_NAME = /^[$a-zA-Z0-9:_-]{1,64}$/

/**
 * Does what a message on a shadow's request topic asks for, and publishes the answer.
 * @see AWS IoT developer guide, "Device Shadow MQTT topics"
 */
export function answerShadowMessage(
  service: ShadowService,
  { topic, message: { payload }, publisher, answer }: ReservedTopicRequest<'shadow'>,
  { entries, metrics }: { readonly entries: ShadowEntries; readonly metrics: ShadowMetrics },
): void {
  // Whatever a client publishes to the answers' topics is an ordinary message.
  if (topic.suffix !== undefined) return
  try {
    entries.during(topic.operation, topic, publisher, () => {
      checkNames(topic)
      perform(service, topic, payload, answer)
    })
    if (publisher) metrics.accepted(topic.operation, publisher.protocol)
  } catch (error) {
    if (!(error instanceof ShadowError)) throw error
    answer.publish(
      formatReservedTopic({ ...topic, suffix: 'rejected' }),
      encodeDocument(rejectedMessage(error, service.nowSeconds())),
    )
  }
}

function perform(service: ShadowService, topic: ShadowTopic, payload: Uint8Array, answer: ReservedTopicAnswer): void {
  switch (topic.operation) {
    case 'get': {
      const document = service.get(topic, readClientToken(payload))
      answer.publish(formatReservedTopic({ ...topic, suffix: 'accepted' }), encodeDocument(document))
      return
    }
    case 'update':
      service.update(topic, payload)
      return
    case 'delete':
      service.delete(topic, readClientToken(payload))
      return
  }
}

function checkNames({ thingName, shadowName }: ShadowTopic): void {
  if (!THING_NAME.test(thingName)) throw new ShadowError(400, 'Invalid thing name')
  if (shadowName !== undefined && !SHADOW_NAME.test(shadowName)) throw new ShadowError(400, 'Invalid shadow name')
}
