import { serve } from '../../../shared/rpc/rpc.ts'
import type { RecordedTopicsProcedures } from './open-recorded-topics.ts'
import { readRecordedTopics } from './recorded-topics.ts'

/** Reads recordings beside the page, however long they are. The page's first message brings the port. */
globalThis.addEventListener('message', ({ ports: [port] }: MessageEvent) => {
  if (!port) return
  serve<RecordedTopicsProcedures, Record<never, never>>(port, {
    'recordedTopics.read': ({ file }) => readRecordedTopics(file),
  })
})
