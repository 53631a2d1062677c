import type { Clock } from '../../../../shared/mqtt/clock.ts'
import type { PublishRequest } from '../../../../shared/mqtt/message.ts'
import { buildMessage } from '../../protocol/build-message.ts'
import type { MessageTemplate, PublishProcedures } from '../../protocol/publish.ts'
import { LiveError } from '../live-error.ts'
import type { Job, Jobs } from '../tasks/tasks.ts'
import { Outbox, type Outlet, publishOnce } from './outbox.ts'

const SLOWEST_PER_SECOND = 0.1
const FASTEST_PER_SECOND = 100

export interface PublisherParts {
  readonly outlet: Outlet
  readonly clock: Clock
  readonly jobs: Jobs
  readonly uuid: () => string
}

/** Publishes what the operator writes, once or again and again. */
export class Publisher {
  readonly #parts: PublisherParts

  constructor(parts: PublisherParts) {
    this.#parts = parts
  }

  procedures(): PublishProcedures {
    const { outlet, clock, jobs } = this.#parts
    return {
      'live.publish': async (template) => await publishOnce(outlet, clock, this.#build(template, 1)),
      'live.publishRepeatedly': ({ job: id, template, perSecond, count }) => {
        if (!(perSecond >= SLOWEST_PER_SECOND && perSecond <= FASTEST_PER_SECOND)) {
          throw new LiveError('BAD_MESSAGE', 'Repeat from 0.1 to 100 times a second.')
        }
        this.#build(template, 1) // a template with a problem is refused before it begins
        const job = jobs.start(id, 'publish')
        this.#repeat(job, template, perSecond, count ?? Number.POSITIVE_INFINITY).catch((error: unknown) =>
          job.fail(error instanceof Error ? error.message : String(error)),
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
  async #repeat(job: Job, template: MessageTemplate, perSecond: number, count: number): Promise<void> {
    const { clock, outlet } = this.#parts
    const outbox = new Outbox(outlet, clock, job)
    if (Number.isFinite(count)) job.progress(0, count)
    let beginMs = clock.nowMs()
    let beginSeq = 1
    for (let seq = 1; seq <= count && !job.signal.aborted; ) {
      if (job.isPaused) {
        await job.until(Number.POSITIVE_INFINITY)
        beginMs = clock.nowMs()
        beginSeq = seq
        continue
      }
      const atMs = beginMs + ((seq - beginSeq) * 1_000) / perSecond
      if (atMs > clock.nowMs()) {
        await job.until(atMs)
        continue
      }
      // After a hold-up the rhythm goes on from now: what was not sent then is not made up for in a burst.
      if (clock.nowMs() - atMs > 1_000) {
        beginMs = clock.nowMs()
        beginSeq = seq
      }
      if (!(await outbox.send(this.#build(template, seq)))) {
        job.fail('The MQTT session was not connected for ten seconds.')
        return
      }
      seq += 1
    }
    await outbox.settled()
    job.finish()
  }
}
