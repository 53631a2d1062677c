import { useState } from 'react'
import { useFlash } from '../../../../shared/flash/flash.tsx'
import { RpcError } from '../../../../shared/rpc/rpc.ts'
import type { MessageTemplate, PublishOutcome } from '../../protocol/publish.ts'
import { useLiveClient } from '../client.ts'

const KEPT = 5

/** Publishes single messages, and what became of the last few, newest first. */
export function usePublish() {
  const client = useLiveClient()
  const { flash } = useFlash()
  const [outcomes, setOutcomes] = useState<readonly PublishOutcome[]>([])
  const [underWay, setUnderWay] = useState(0)

  const publish = async (template: MessageTemplate) => {
    setUnderWay((count) => count + 1)
    try {
      const outcome = await client.call('live.publish', template)
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
