import { useState } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import type { MessageTemplate } from '../../../../shared/message-draft/message-template.ts'
import { useMqtt } from '../../../../shared/mqtt/mqtt-context.ts'
import { PublishTally } from '../../../../shared/reports/publish-tally.ts'
import { reportWrite, type Written } from '../../../../shared/reports/report-write.ts'
import { RpcError } from '../../../../shared/rpc/rpc.ts'
import type { PublishOutcome } from '../../protocol/publish.ts'
import { refusalOf } from '../../protocol/publish-refusal.ts'
import { useLiveClient } from '../client.ts'

const KEPT = 5

/** Publishes single messages, and what became of the last few, newest first. */
export function usePublish() {
  const client = useLiveClient()
  const mqtt = useMqtt()
  const { flash } = useFlash()
  const [outcomes, setOutcomes] = useState<readonly PublishOutcome[]>([])
  const [underWay, setUnderWay] = useState(0)

  const publish = async (template: MessageTemplate) => {
    setUnderWay((count) => count + 1)
    try {
      const { writer } = mqtt.status()
      const outcome = await client.call('live.publish', template)
      report(template, outcome, writer)
      setOutcomes((before) => [outcome, ...before].slice(0, KEPT))
    } catch (error) {
      if (!(error instanceof RpcError)) throw error
      flash({ id: 'publish', type: 'error', header: 'The message was not published', content: error.message })
    } finally {
      setUnderWay((count) => count - 1)
    }
  }
  return { outcomes, isSending: underWay > 0, publish: (template: MessageTemplate) => void publish(template) }
}

/** Tells the audit trail, of what was not taken too: what was under way when a connection broke may have arrived. */
function report({ qos, retain }: MessageTemplate, outcome: PublishOutcome, writer: Written['writer']): void {
  const { topic, sizeBytes, atMs, roundTripMs = 0 } = outcome
  const tally = new PublishTally()
  tally.count({ topic, qos, retain, bytes: sizeBytes }, refusalOf(outcome))
  const counts = tally.counts()
  if (counts) reportWrite({ kind: 'publish', ...counts }, { writer, fromMs: atMs, toMs: atMs + roundTripMs })
}
