import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { TaskKind, TaskProcedures } from '../../protocol/task.ts'
import { LiveError } from '../live-error.ts'
import { Task } from './task.ts'

/** Tasks that are over are remembered, but not all. */
const MAX_OVER = 50

/** All tasks of the worker, by id. */
export class Tasks {
  readonly #clock: Clock
  readonly #tasks = new Map<string, Task>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** @throws {LiveError} `BUSY` when a task of that id is under way */
  start(id: string, kind: TaskKind): Task {
    if (this.#tasks.get(id)?.isOver === false) throw new LiveError('BUSY', 'This is under way already.')
    const over = [...this.#tasks.values()].filter((task) => task.isOver)
    for (const task of over.slice(0, Math.max(0, over.length - MAX_OVER))) this.#tasks.delete(task.id)
    this.#tasks.delete(id)
    const task = new Task(id, kind, this.#clock)
    this.#tasks.set(id, task)
    return task
  }

  procedures(): TaskProcedures {
    return {
      'live.task': async ({ task: id, knownRevision }) => {
        const task = this.#tasks.get(id)
        if (!task) return undefined
        await task.news.newerThan(knownRevision)
        return task.view()
      },
      'live.tasks': () => Array.from(this.#tasks.values(), (task) => task.view()),
      'live.controlTask': ({ task, action }) => this.#tasks.get(task)?.control(action),
    }
  }
}
