import { randomUUID } from 'node:crypto'
import type { IotLogKeeper } from '../../foundation/iot-log.ts'
import type { Outcome } from '../../foundation/outcome.ts'
import type { Traffic } from '../../foundation/traffic.ts'
import type { EntryWriter } from './entry-writer.ts'
import { failureFields, failureText, partyOf } from './parties.ts'

/** Entries of every message, so that their texts are put together here: Publish-In, Publish-Out, Queued. */
export function logMessages(traffic: Traffic, keeper: IotLogKeeper, writer: EntryWriter): void {
  traffic.publishesIn.subscribe((publish, actor, outcome) => {
    const status = statusOf(outcome)
    if (!keeper.isOn || !keeper.keeps('Publish-In', status, actor) || !writer.admits('Publish-In')) return
    publish.traceId ??= randomUUID()
    const retain = publish.retain ? '"retain":"True",' : ''
    const fields = `"protocol":"${actor.protocol}",${topicText(publish.topic)}${retain}${partyOf(actor)}${failureText(outcome)}`
    writer.addCause('Publish-In', status, publish.traceId, fields)
  })
  traffic.publishesOut.subscribe((message, actor, outcome) => {
    const status = statusOf(outcome)
    if (!keeper.isOn || !keeper.keeps('Publish-Out', status, actor) || !writer.admits('Publish-Out')) return
    message.traceId ??= randomUUID()
    const fields = `"protocol":"MQTT",${topicText(message.topic)}${partyOf(actor)}${failureText(outcome)}`
    writer.add('Publish-Out', status, message.traceId, fields)
  })
  traffic.queued.subscribe((message, owner, outcome) => {
    if (!keeper.isOn) return
    const status = statusOf(outcome)
    // For a shared subscription it waits for nobody in particular.
    const clientId = owner.startsWith('$share/') ? undefined : owner
    if (!keeper.keeps('Queued', status, { clientId })) return
    message.traceId ??= randomUUID()
    const { topic: topicName, traceId } = message
    const fields = { protocol: 'MQTT', topicName, clientId, qos: '1', ...failureFields(outcome) }
    keeper.write({ eventType: 'Queued', status, traceId, fields })
  })
}

export const statusOf = ({ kind }: Outcome): 'Success' | 'Failure' => (kind === 'Success' ? 'Success' : 'Failure')

let lastTopic: string | undefined
let lastText = ''

/** `"topicName":…,`; nothing where there is none. Most messages are told several times in a row. */
function topicText(topic: string | undefined): string {
  if (topic !== lastTopic) {
    lastText = topic === undefined ? '' : `"topicName":${JSON.stringify(topic)},`
    lastTopic = topic
  }
  return lastText
}
