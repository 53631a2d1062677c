import type { DeviceIdentity } from './device-identity.ts'
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

/** An update that goes on. */
interface Update {
  readonly execution: JobExecution
  readonly steps: readonly UpdateStep[]
  readonly failsAt: number
}

export interface DeviceJobsOptions {
  readonly model: DeviceModel
  /** `acknowledged` is called back once the message has arrived. */
  readonly publish: (topic: string, payload: object, acknowledged?: () => void) => void
  /** Calls back once after so many milliseconds; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly random: Random
  /** The new firmware runs. */
  readonly install: (version: string) => void
  /** Its keys and certificates. */
  readonly identity: Pick<DeviceIdentity, 'signingRequest' | 'install'>
  /** It connects anew, with what its identity has for that. */
  readonly changeOver: () => void
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
  #current: { readonly execution: JobExecution } | undefined
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
    const { model, random, identity, changeOver } = this.#options
    this.stop()
    const job = jobOf(execution.jobDocument, model.thingName)
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
        this.#current = { execution }
        this.#goOn({ execution, steps, failsAt }, done < steps.length ? done : 0)
        return
      }
      case 'signing-request':
        void this.#answer(execution, async () => ({ csr: await identity.signingRequest(job.rotation) }))
        return
      case 'certificate': {
        const { certificate } = job
        const take = async () => {
          if (certificate === undefined)
            throw new Error(`There is no certificate of ${model.thingName} in the document.`)
          return { certificate: await identity.install(certificate) }
        }
        void this.#answer(execution, take, changeOver)
      }
    }
  }

  /** Does what takes a moment and no steps. */
  async #answer(
    execution: JobExecution,
    work: () => Promise<Readonly<Record<string, string>>>,
    acknowledged?: () => void,
  ): Promise<void> {
    const current = { execution }
    this.#current = current
    const outcome = await work().then(
      (details) => ({ status: 'SUCCEEDED', details, acknowledged }),
      (error: Error) => ({ status: 'FAILED', details: { reason: error.message }, acknowledged: undefined }),
    )
    if (this.#current !== current) return // canceled, or the device was away: it begins anew when it is back
    this.#current = undefined
    this.#tell(execution, outcome.status, outcome.details, outcome.acknowledged)
  }

  /** @param index of the step that is done next */
  #goOn(update: Update, index: number): void {
    const { after, random, install } = this.#options
    this.#cancel = after(between(random, 2_000, 6_000), () => {
      const { execution, steps, failsAt } = update
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
        this.#goOn(update, index + 1)
      }
    })
  }

  #tell(
    { jobId, executionNumber }: JobExecution,
    status: string,
    statusDetails: Readonly<Record<string, string>>,
    acknowledged?: () => void,
  ): void {
    this.#options.publish(`${this.prefix}/${jobId}/update`, { status, statusDetails, executionNumber }, acknowledged)
  }
}
