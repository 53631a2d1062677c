import { messageOf } from '../../../shared/message-of.ts'
import type { ReadNotice, ReadRequest } from './recording-protocol.ts'
import { readShadowRecording } from './shadow-recording.ts'

/** Reads a recording away from the page, which stays responsive however large the file is. */
const TELL_EVERY_MS = 100

const tell = (notice: ReadNotice) => globalThis.postMessage(notice)

globalThis.addEventListener('message', async ({ data }: MessageEvent<ReadRequest>) => {
  let toldAtMs = 0
  try {
    const recording = await readShadowRecording(data, (progress) => {
      if (performance.now() - toldAtMs < TELL_EVERY_MS) return
      toldAtMs = performance.now()
      tell({ kind: 'progress', progress })
    })
    tell({ kind: 'read', recording })
  } catch (error) {
    tell({ kind: 'failed', message: messageOf(error) })
  }
})
