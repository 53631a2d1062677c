import { mayPublish, validateTopicName } from '@thingdeck/topics'
import { buildMessage } from '../../../../shared/message-draft/build-message.ts'
import type { Draft } from '../../../../shared/message-draft/draft.ts'
import { type DraftField, readTemplate } from '../../../../shared/message-draft/read-template.ts'
import type { RehearsalMessage } from '../protocol.ts'

/** A message as it is typed, with who is taken to have sent it. */
export interface TypedDraft {
  readonly draft: Draft
  readonly clientId: string
  readonly principal: string
}

export type ReadMessage =
  | { readonly ok: true; readonly message: RehearsalMessage }
  | { readonly ok: false; readonly problems: Partial<Record<DraftField, string>> }

/** Any topic that a rule can see, AWS's own events too, which nobody may publish. */
const SOME_TOPIC = 'dt'

export function readTypedMessage({ draft, clientId, principal }: TypedDraft, nowMs: number): ReadMessage {
  const topicProblem = validateTopicName(draft.topic)
  if (topicProblem) return { ok: false, problems: { topic: `${topicProblem.message}.` } }
  const read = readTemplate(mayPublish(draft.topic) ? draft : { ...draft, topic: SOME_TOPIC }, nowMs)
  if (!read.ok) return read
  const built = buildMessage(read.template, { nowMs, uuid: crypto.randomUUID(), seq: 1 })
  if (!built.ok) return { ok: false, problems: { [built.problem.field]: built.problem.message } }
  const { payload, qos, properties } = built.request
  const topic = mayPublish(draft.topic) ? built.request.topic : draft.topic
  return {
    ok: true,
    message: {
      source: 'typed',
      topic,
      payload,
      qos,
      retain: draft.retain,
      receivedAtMs: nowMs,
      properties,
      clientId: clientId === '' ? undefined : clientId,
      principal: principal === '' ? undefined : principal,
    },
  }
}
