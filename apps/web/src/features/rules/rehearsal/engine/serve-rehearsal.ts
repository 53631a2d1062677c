import { readRecording } from '../../../../shared/recording/read-recording.ts'
import { serve } from '../../../../shared/rpc/rpc.ts'
import type { RehearsalNotices, RehearsalProcedures } from '../protocol.ts'
import { Rehearsal } from './rehearsal.ts'

/** The page is told of what is new so often at most. */
const VIEW_MS = 150

/** Answers a page on its port, and shows it what comes of the messages. */
export function serveRehearsal(port: MessagePort): void {
  let isToldSoon = false
  const rehearsal = new Rehearsal({
    nowMs: () => performance.now(),
    yieldTurn: () => new Promise((resolve) => setTimeout(resolve, 0)),
    onChange() {
      if (isToldSoon) return
      isToldSoon = true
      setTimeout(() => {
        isToldSoon = false
        server.notify('rehearsal.view', rehearsal.view)
      }, VIEW_MS)
    },
  })
  const server = serve<RehearsalProcedures, RehearsalNotices>(port, {
    'rehearsal.setRules': (rules) => rehearsal.setRules(rules),
    'rehearsal.add': ({ messages, dropped }) => rehearsal.add(messages, dropped),
    'rehearsal.read': ({ file }) => addRecording(file, rehearsal),
    'rehearsal.clear': () => rehearsal.clear(),
    'rehearsal.show': ({ filter, count }) => rehearsal.show(filter, count),
    'rehearsal.detail': ({ id }) => rehearsal.detail(id),
  })
}

/** As it is read, no faster than messages are decided: none of a recording is dropped. */
async function addRecording(file: Blob, rehearsal: Rehearsal) {
  let messages = 0
  let skipped = 0
  for await (const part of readRecording(file, { wants: (topic) => rehearsal.takes(topic) })) {
    if (part.kind === 'skipped') skipped += 1
    if (part.kind !== 'message') continue
    messages += 1
    const { topic, payload, qos, retain, receivedAtMs, properties } = part.message
    rehearsal.add([{ source: 'recording', topic, payload, qos, retain, receivedAtMs, properties }], 0)
    while (!rehearsal.hasRoom) await new Promise((resolve) => setTimeout(resolve, 5))
  }
  return { messages, skipped }
}
