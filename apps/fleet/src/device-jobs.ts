import type { DeviceModel } from './device-model.ts'
import { jobOf, type UpdateStep, updateSteps } from './job-document.ts'
import { between, type Random } from './random.ts'

/** One in so many updates fails. */
const FAILS_ONE_IN = 20

/** The part of an execution that a device looks at. */
interface JobExecution {
  readonly jobId: string
  readonly executionNumber: number
  readonly status: string
  readonly statusDetails?: Readonly<Record<string, string>>
  readonly jobDocument?: unknown
}

interface JobMessage {
  readonly execution?: JobExecution
}

export interface DeviceJobsOptions {
  readonly model: DeviceModel
  readonly publish: (topic: string, payload: object) => void
  /** Calls back once after so many milliseconds; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly random: Random
  /** The new firmware runs. */
  readonly install: (version: string) => void
  /** A device that hears of its jobs and does nothing about them. */
  readonly isSilent: boolean
}

/**
 * A device's side of jobs: it takes one after the other, tells how it goes, and goes on with what it had begun after it was
 * away. No network and no clock.
 * @see AWS IoT developer guide, "Devices and jobs"
 */
export class DeviceJobs {
  readonly prefix: string
  readonly #options: DeviceJobsOptions
  #current:
    | { readonly execution: JobExecution; readonly steps: readonly UpdateStep[]; readonly failsAt: number }
    | undefined
  #cancel: (() => void) | undefined

  constructor(options: DeviceJobsOptions) {
    this.#options = options
    this.prefix = `$aws/things/${options.model.thingName}/jobs`
  }

  get topicFilters(): string[] {
    return ['notify-next', 'start-next/accepted', '+/update/rejected'].map((tail) => `${this.prefix}/${tail}`)
  }

  /** After each connect: begins the next job, or goes on with the one that was begun. */
  start(): void {
    this.stop()
    this.#startNext()
  }

  /** While the device is away nothing goes on. */
  stop(): void {
    this.#cancel?.()
    this.#cancel = undefined
    this.#current = undefined
  }

  /** @returns whether the topic was one of jobs */
  handle(topic: string, payload: Uint8Array): boolean {
    if (!topic.startsWith(`${this.prefix}/`)) return false
    const { execution }: JobMessage = JSON.parse(new TextDecoder().decode(payload))
    switch (topic.slice(this.prefix.length + 1)) {
      case 'notify-next':
        this.#onNext(execution)
        return true
      case 'start-next/accepted':
        if (execution) this.#begin(execution)
        return true
      default:
        this.stop() // the job was canceled, or ended otherwise: what is next is told by itself
        this.#startNext()
        return true
    }
  }

  #startNext(): void {
    if (!this.#options.isSilent) this.#options.publish(`${this.prefix}/start-next`, {})
  }

  #onNext(execution: JobExecution | undefined): void {
    const current = this.#current?.execution
    if (current && execution?.jobId === current.jobId && execution.executionNumber === current.executionNumber) return
    if (!execution) {
      this.stop() // nothing is left to do: what was begun was canceled by force
      return
    }
    if (!current || execution.status === 'QUEUED') {
      this.stop()
      this.#startNext()
    }
  }

  #begin(execution: JobExecution): void {
    const { model, random } = this.#options
    this.stop()
    const job = jobOf(execution.jobDocument)
    switch (job.kind) {
      case 'unknown':
        this.#tell(execution, 'REJECTED', { reason: 'This device does not know what the document asks for.' })
        return
      case 'configuration': {
        model.desire(job.shadowName, job.desired)
        const reported = model.reported(job.shadowName)
        const refused = Object.keys(job.desired).filter((key) => reported[key] !== job.desired[key])
        if (refused.length === 0) this.#tell(execution, 'SUCCEEDED', { applied: Object.keys(job.desired).join(' ') })
        else this.#tell(execution, 'FAILED', { reason: `Not applied: ${refused.join(' ')}` })
        return
      }
      case 'update': {
        const steps = updateSteps(job.version)
        const fails = random() < 1 / FAILS_ONE_IN
        const failsAt = fails ? Math.floor(random() * steps.length) : steps.length
        const done = Number(execution.statusDetails?.done ?? 0)
        this.#current = { execution, steps, failsAt }
        this.#goOn(done < steps.length ? done : 0)
      }
    }
  }

  /** @param index of the step that is done next */
  #goOn(index: number): void {
    const current = this.#current
    if (!current) return
    const { after, random, install } = this.#options
    this.#cancel = after(between(random, 2_000, 6_000), () => {
      const { execution, steps, failsAt } = current
      const step = steps[index]
      if (!step) return
      const details = { step: step.name, progress: `${Math.round(((index + 1) / steps.length) * 100)} %` }
      if (index === failsAt) {
        this.#current = undefined
        this.#tell(execution, 'FAILED', { ...details, reason: step.failure })
      } else if (index === steps.length - 1) {
        this.#current = undefined
        if (step.version !== undefined) install(step.version)
        this.#tell(execution, 'SUCCEEDED', { ...details, ...(step.version !== undefined && { version: step.version }) })
      } else {
        this.#tell(execution, 'IN_PROGRESS', { ...details, done: String(index + 1) })
        this.#goOn(index + 1)
      }
    })
  }

  #tell(
    { jobId, executionNumber }: JobExecution,
    status: string,
    statusDetails: Readonly<Record<string, string>>,
  ): void {
    this.#options.publish(`${this.prefix}/${jobId}/update`, { status, statusDetails, executionNumber })
  }
}
