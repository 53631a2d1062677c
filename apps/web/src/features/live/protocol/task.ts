import type { PublishProgress } from './publish.ts'

export type JobKind = 'export' | 'open-recording' | 'replay' | 'publish'

/** Work that takes its time in the worker. It goes on whichever page is open. Its id is chosen by the page. */
export interface JobView {
  readonly revision: number
  readonly id: string
  readonly kind: JobKind
  readonly state: 'running' | 'paused' | 'done' | 'failed' | 'stopped'
  /** In messages; `total` is undefined where it is not known before. */
  readonly done: number
  readonly total?: number
  readonly startedAtMs: number
  readonly endedAtMs?: number
  /** A sentence: why it failed, or what is worth knowing about how it went. */
  readonly note?: string
  /** Of replays and repeated publishing. */
  readonly publish?: PublishProgress
}

export type JobProcedures = {
  /** Undefined for an unknown job. With `knownRevision`: waits until it is another. */
  readonly 'live.job': (request: {
    readonly job: string
    readonly knownRevision?: number
  }) => Promise<JobView | undefined>
  readonly 'live.jobs': (nothing?: undefined) => readonly JobView[]
  /** `pause` and `resume` are for replays and repeated publishing; others take only `stop`. */
  readonly 'live.controlJob': (request: { readonly job: string; readonly action: 'pause' | 'resume' | 'stop' }) => void
}
