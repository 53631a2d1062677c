import type { PublishProgress, TaskWrites } from './publish.ts'

export type TaskKind = 'export' | 'open-recording' | 'replay' | 'publish'

/** Work that takes its time in the worker. It goes on whichever page is open. Its id is chosen by the page. */
export interface TaskView {
  readonly revision: number
  readonly id: string
  readonly kind: TaskKind
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
  /** Once something was published. */
  readonly writes?: TaskWrites
}

export type TaskProcedures = {
  /** Undefined for an unknown task. With `knownRevision`: waits until it is another. */
  readonly 'live.task': (request: {
    readonly task: string
    readonly knownRevision?: number
  }) => Promise<TaskView | undefined>
  readonly 'live.tasks': (nothing?: undefined) => readonly TaskView[]
  /** `pause` and `resume` are for replays and repeated publishing; others take only `stop`. */
  readonly 'live.controlTask': (request: {
    readonly task: string
    readonly action: 'pause' | 'resume' | 'stop'
  }) => void
}
