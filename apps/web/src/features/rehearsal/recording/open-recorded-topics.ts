import { createCaller } from '../../../shared/rpc/rpc.ts'
import type { RecordedTopics } from './recorded-topics.ts'

export type RecordedTopicsProcedures = {
  readonly 'recordedTopics.read': (request: { readonly file: Blob }) => Promise<RecordedTopics>
}

/**
 * Reads the topics of a recording in a worker of its own.
 * @throws {RpcError} for a file that is no recording; its message says why
 */
export async function openRecordedTopics(file: Blob, signal: AbortSignal): Promise<RecordedTopics> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./recorded-topics.worker.ts', import.meta.url), {
    type: 'module',
    name: 'recorded-topics',
  })
  const { port1, port2 } = new MessageChannel()
  const caller = createCaller<RecordedTopicsProcedures, Record<never, never>>(port1)
  const { promise, reject } = Promise.withResolvers<never>()
  signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  worker.onerror = () => reject(new Error('The part of the console that reads recordings could not start.'))
  worker.postMessage('connect', [port2])
  try {
    return await Promise.race([caller.call('recordedTopics.read', { file }), promise])
  } finally {
    promise.catch(() => {}) // an abort after the answer
    caller.close()
    worker.terminate()
  }
}
