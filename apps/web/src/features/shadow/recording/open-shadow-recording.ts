import { RecordingError } from '../../../shared/recording/recording-error.ts'
import type { ReadNotice, ReadRequest } from './recording-protocol.ts'
import type { ReadingProgress, ShadowRecording } from './shadow-recording.ts'

interface ReadOptions {
  readonly onProgress: (progress: ReadingProgress) => void
  /** Ends the reading at once; the promise is then rejected with the signal's reason. */
  readonly signal: AbortSignal
}

/**
 * Reads in a worker of its own what a recording holds of a shadow.
 * @throws {RecordingError} for a file that is no recording
 */
export async function openShadowRecording(
  request: ReadRequest,
  { onProgress, signal }: ReadOptions,
): Promise<ShadowRecording> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./recording.worker.ts', import.meta.url), { type: 'module', name: 'recording' })
  const { promise, resolve, reject } = Promise.withResolvers<ShadowRecording>()
  const abort = () => reject(signal.reason)
  signal.addEventListener('abort', abort)
  worker.onmessage = ({ data }: MessageEvent<ReadNotice>) => {
    if (data.kind === 'progress') onProgress(data.progress)
    else if (data.kind === 'read') resolve(data.recording)
    else reject(new RecordingError(data.message))
  }
  worker.onerror = () => reject(new RecordingError('The part of the console that reads recordings could not start.'))
  worker.postMessage(request)
  try {
    return await promise
  } finally {
    signal.removeEventListener('abort', abort)
    worker.terminate()
  }
}
