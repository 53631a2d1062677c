import { buildMessage } from '../../../../shared/message-draft/build-message.ts'
import type { MessageTemplate } from '../../../../shared/message-draft/message-template.ts'
import { messageOf } from '../../../../shared/message-of.ts'
import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { PublishRequest } from '../../../../shared/mqtt/message.ts'
import type { PublishProcedures } from '../../protocol/publish.ts'
import { LiveError } from '../live-error.ts'
import type { Task } from '../tasks/task.ts'
import type { Tasks } from '../tasks/tasks.ts'
import { Outbox, type Outlet, publishOnce } from './outbox.ts'

const SLOWEST_PER_SECOND = 0.1
const FASTEST_PER_SECOND = 100

export interface PublisherParts {
  readonly outlet: Outlet
  readonly clock: Clock
  readonly tasks: Tasks
  readonly uuid: () => string
}

/** Publishes what the operator writes, once or again and again. */
export class Publisher {
  readonly #parts: PublisherParts

  constructor(parts: PublisherParts) {
    this.#parts = parts
  }

  procedures(): PublishProcedures {
    const { outlet, clock, tasks } = this.#parts
    return {
      'live.publish': async (template) => await publishOnce(outlet, clock, this.#build(template, 1)),
      'live.publishRepeatedly': ({ task: id, template, perSecond, count }) => {
        if (!(perSecond >= SLOWEST_PER_SECOND && perSecond <= FASTEST_PER_SECOND)) {
          throw new LiveError('BAD_MESSAGE', 'Repeat from 0.1 to 100 times a second.')
        }
        this.#build(template, 1) // a template with a problem is refused before it begins
        const task = tasks.start(id, 'publish')
        this.#repeat(task, template, perSecond, count ?? Number.POSITIVE_INFINITY).catch((error: unknown) =>
          task.fail(messageOf(error)),
        )
      },
    }
  }

  #build(template: MessageTemplate, seq: number): PublishRequest {
    const built = buildMessage(template, { nowMs: this.#parts.clock.nowMs(), uuid: this.#parts.uuid(), seq })
    if (!built.ok) throw new LiveError('BAD_MESSAGE', built.problem.message)
    return built.request
  }

  /** Each message at its own time from the beginning, so that the rate holds whatever a single one takes. */
  async #repeat(task: Task, template: MessageTemplate, perSecond: number, count: number): Promise<void> {
    const { clock, outlet } = this.#parts
    const outbox = new Outbox(outlet, clock, task)
    if (Number.isFinite(count)) task.progress(0, count)
    let beginMs = clock.nowMs()
    let beginSeq = 1
    for (let seq = 1; seq <= count && !task.signal.aborted; ) {
      if (task.isPaused) {
        await task.until(Number.POSITIVE_INFINITY)
        beginMs = clock.nowMs()
        beginSeq = seq
        continue
      }
      const atMs = beginMs + ((seq - beginSeq) * 1_000) / perSecond
      if (atMs > clock.nowMs()) {
        await task.until(atMs)
        continue
      }
      // After a hold-up the rhythm goes on from now: what was not sent then is not made up for in a burst.
      if (clock.nowMs() - atMs > 1_000) {
        beginMs = clock.nowMs()
        beginSeq = seq
      }
      if (!(await outbox.send(this.#build(template, seq)))) {
        task.fail('The MQTT session was not connected for ten seconds.')
        return
      }
      seq += 1
    }
    await outbox.settled()
    task.finish()
  }
}
