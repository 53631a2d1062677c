import { DescribeJobCommand, type IoTClient } from '@aws-sdk/client-iot'
import { isRollingOut, type JobLook } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { SharedReads } from '../../aws/shared-reads.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import type { Clock } from '../../clock.ts'
import { jobCounts } from './job-counts.ts'

/** AWS takes 10 DescribeJob a second of an account: some are left to others. */
const PER_SECOND = 7

/** Asks AWS for what a list says of its jobs, one after the other; who asks for the same at once shares an answer. */
export class JobLooks {
  readonly #iot: IoTClient
  readonly #pace: Pace
  readonly #shared = new SharedReads<JobLook | undefined>()

  constructor(iot: IoTClient, clock: Clock) {
    this.#iot = iot
    this.#pace = new Pace(clock, PER_SECOND)
  }

  /** In the order of the ids, without those that are gone. Errors are AWS's own. */
  async of(jobIds: readonly string[], signal?: AbortSignal): Promise<JobLook[]> {
    const looks = jobIds.map((id) => this.#shared.read(id, (until) => this.#read(id, until), signal))
    return (await Promise.all(looks)).filter((look) => look !== undefined)
  }

  async #read(jobId: string, signal: AbortSignal): Promise<JobLook | undefined> {
    await this.#pace.turn(signal)
    const found = await unlessGone(this.#iot.send(new DescribeJobCommand({ jobId }), { abortSignal: signal }))
    if (!found) return undefined
    const { description, status, targets = [], jobProcessDetails, destinationPackageVersions = [] } = found.job ?? {}
    return {
      jobId,
      counts: jobCounts(jobProcessDetails),
      isRollingOut: isRollingOut({ status, processingTargets: jobProcessDetails?.processingTargets }),
      targets,
      ...(description && { description }),
      ...(destinationPackageVersions.length > 0 && { destinationPackageVersions }),
    }
  }
}
