import type { ShadowKey } from '../model/shadow-key.ts'
import type { ReadingProgress, ShadowRecording } from './shadow-recording.ts'

/** What the page asks of the worker that reads a recording; one worker reads one file. */
export interface ReadRequest {
  readonly file: Blob
  readonly fileName: string
  readonly shadowKey: ShadowKey
}

export type ReadNotice =
  | { readonly kind: 'progress'; readonly progress: ReadingProgress }
  | { readonly kind: 'read'; readonly recording: ShadowRecording }
  | { readonly kind: 'failed'; readonly message: string }
