import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { PublishProgress, TaskWrites } from '../../protocol/publish.ts'
import type { TaskKind, TaskView } from '../../protocol/task.ts'
import { SharedNews } from '../news.ts'

/** Work under way: what it tells of itself, and how it is paused and stopped. */
export class Task {
  readonly id: string
  readonly news = new SharedNews()
  readonly #clock: Clock
  readonly #kind: TaskKind
  readonly #stop = new AbortController()
  readonly #startedAtMs: number
  #state: TaskView['state'] = 'running'
  #done = 0
  #total: number | undefined
  #note: string | undefined
  #publish: PublishProgress | undefined
  #writes: () => TaskWrites | undefined = () => undefined
  #endedAtMs: number | undefined
  #wake: (() => void) | undefined

  constructor(id: string, kind: TaskKind, clock: Clock) {
    this.id = id
    this.#kind = kind
    this.#clock = clock
    this.#startedAtMs = clock.nowMs()
  }

  /** Aborted when it is to stop. */
  get signal(): AbortSignal {
    return this.#stop.signal
  }

  get isPaused(): boolean {
    return this.#state === 'paused'
  }

  get isOver(): boolean {
    return this.#endedAtMs !== undefined
  }

  view(): TaskView {
    const writes = this.#writes()
    return {
      revision: this.news.revision,
      id: this.id,
      kind: this.#kind,
      state: this.#state,
      done: this.#done,
      ...(this.#total === undefined ? {} : { total: this.#total }),
      startedAtMs: this.#startedAtMs,
      ...(this.#endedAtMs === undefined ? {} : { endedAtMs: this.#endedAtMs }),
      ...(this.#note === undefined ? {} : { note: this.#note }),
      ...(this.#publish ? { publish: this.#publish } : {}),
      ...(writes ? { writes } : {}),
    }
  }

  progress(done: number, total = this.#total): void {
    this.#done = done
    this.#total = total
    this.news.changed()
  }

  published(progress: PublishProgress): void {
    this.#publish = progress
    this.progress(progress.succeeded + progress.refused)
  }

  /** Asked whenever somebody looks: adding up takes longer than counting. */
  tellWritesBy(writes: () => TaskWrites | undefined): void {
    this.#writes = writes
  }

  finish(note?: string): void {
    this.#end(this.signal.aborted ? 'stopped' : 'done', note)
  }

  fail(note: string): void {
    this.#end(this.signal.aborted ? 'stopped' : 'failed', note)
  }

  control(action: 'pause' | 'resume' | 'stop'): void {
    if (this.isOver) return
    if (action === 'stop') this.#stop.abort()
    else if (this.#kind !== 'replay' && this.#kind !== 'publish') return
    else this.#state = action === 'pause' ? 'paused' : 'running'
    this.#wake?.()
    this.news.changed()
  }

  /** Resolves at the time, or earlier when the task is stopped, paused or resumed. */
  async until(atMs: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = Number.isFinite(atMs)
      ? this.#clock.after(Math.max(0, atMs - this.#clock.nowMs()), resolve)
      : () => {}
    this.#wake = resolve
    await promise
    cancel()
  }

  #end(state: TaskView['state'], note: string | undefined): void {
    if (this.isOver) return
    this.#state = state
    this.#note = note
    this.#endedAtMs = this.#clock.nowMs()
    this.news.changed()
  }
}
