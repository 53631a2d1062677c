import {
  AddThingToThingGroupCommand,
  CreateJobCommand,
  CreateThingCommand,
  CreateThingGroupCommand,
  DescribeJobCommand,
  DescribeJobExecutionCommand,
  type IoTClient,
  paginateListJobExecutionsForJob,
  paginateListJobs,
  ResourceNotFoundException,
} from '@aws-sdk/client-iot'
import { UpdateJobExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import { Finding } from '../attack.ts'
import { eventually } from '../patience.ts'
import type { Account, Clients } from '../visit.ts'
import type { Writer } from '../writers.ts'
import { Asked, compareSets } from './sets.ts'

const WORKERS = ['worker-0', 'worker-1', 'worker-2']

/** Whose executions a job has, with the status of each; a thing that has two is there twice. */
async function executionsOf(iot: IoTClient, jobId: string): Promise<(readonly [thing: string, status: string])[]> {
  const found: (readonly [string, string])[] = []
  for await (const page of paginateListJobExecutionsForJob({ client: iot, pageSize: 250 }, { jobId })) {
    for (const { thingArn = '', jobExecutionSummary } of page.executionSummaries ?? []) {
      found.push([thingArn.slice(thingArn.lastIndexOf('/') + 1), jobExecutionSummary?.status ?? ''])
    }
  }
  return found
}

/** Makes jobs for three things, which report: each job ends by itself once all have. */
export class Rollouts implements Writer {
  readonly #jobs = new Asked()
  /** `JOB THING` of what was reported and acknowledged. */
  readonly #reported = new Set<string>()
  readonly #completed = new Set<string>()
  #targets: string[] = []

  async begin({ iot }: Account): Promise<void> {
    const things = WORKERS.map((thingName) => iot.send(new CreateThingCommand({ thingName })))
    this.#targets = (await Promise.all(things)).map(({ thingArn = '' }) => thingArn)
  }

  async write({ iot, jobs }: Clients, index: number): Promise<void> {
    const jobId = `rollout-${index}`
    this.#jobs.asked.add(jobId)
    await iot.send(new CreateJobCommand({ jobId, targets: this.#targets, document: '{}' }))
    this.#jobs.acknowledged.add(jobId)
    for (const thingName of WORKERS) {
      await reachedBy(iot, jobId, thingName)
      await jobs.send(new UpdateJobExecutionCommand({ jobId, thingName, status: 'SUCCEEDED' }))
      this.#reported.add(`${jobId} ${thingName}`)
    }
  }

  async check({ iot, jobs }: Account): Promise<void> {
    const found = new Set<string>()
    for await (const page of paginateListJobs({ client: iot, pageSize: 250 }, {})) {
      for (const { jobId = '' } of page.jobs ?? []) if (jobId.startsWith('rollout-')) found.add(jobId)
    }
    compareSets('jobs', found, this.#jobs)
    for (const jobId of found.difference(this.#completed)) {
      for (const thingName of WORKERS) {
        const status = await reachedBy(iot, jobId, thingName)
        if (this.#reported.has(`${jobId} ${thingName}`)) {
          if (status !== 'SUCCEEDED') throw new Finding(`${jobId}: ${thingName} has succeeded, and is ${status}`)
        } else if (status !== 'SUCCEEDED') {
          await jobs.send(new UpdateJobExecutionCommand({ jobId, thingName, status: 'SUCCEEDED' }))
        }
      }
      const job = await eventually(`${jobId} is completed`, async () => {
        const { job } = await iot.send(new DescribeJobCommand({ jobId }))
        return job?.status === 'COMPLETED' ? job : undefined
      })
      const listed = (await executionsOf(iot, jobId)).map(([thing, status]) => `${thing} ${status}`).toSorted()
      const due = WORKERS.map((thing) => `${thing} SUCCEEDED`)
      const told = job.jobProcessDetails?.numberOfSucceededThings
      if (listed.join() !== due.join() || told !== WORKERS.length) {
        throw new Finding(`${jobId} counts ${told} that succeeded, and has the executions ${listed}`)
      }
      this.#completed.add(jobId)
    }
  }

  get size(): number {
    return this.#reported.size
  }
}

/** Waits until the rollout has reached a thing. @returns the status of its execution */
const reachedBy = (iot: IoTClient, jobId: string, thingName: string): Promise<string> =>
  eventually(`${jobId} reaches ${thingName}`, async () => {
    try {
      const { execution } = await iot.send(new DescribeJobExecutionCommand({ jobId, thingName }))
      return execution?.status
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined
      throw error
    }
  })

/** Adds things to the group of a continuous job, which reaches each of them once. */
export class ContinuousJob implements Writer {
  readonly #members = new Asked()

  async begin({ iot }: Account): Promise<void> {
    const { thingGroupArn = '' } = await iot.send(new CreateThingGroupCommand({ thingGroupName: 'growing' }))
    const targets = [thingGroupArn]
    await iot.send(
      new CreateJobCommand({ jobId: 'continuous', targets, document: '{}', targetSelection: 'CONTINUOUS' }),
    )
  }

  async write({ iot }: Clients, index: number): Promise<void> {
    const thingName = `joiner-${index}`
    await iot.send(new CreateThingCommand({ thingName }))
    this.#members.asked.add(thingName)
    await iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName: 'growing' }))
    this.#members.acknowledged.add(thingName)
  }

  async check({ iot }: Account): Promise<void> {
    const reached = await eventually('a continuous job reaches all members of its group', async () => {
      const things = (await executionsOf(iot, 'continuous')).map(([thing]) => thing)
      return this.#members.acknowledged.isSubsetOf(new Set(things)) ? things : undefined
    })
    if (new Set(reached).size < reached.length) throw new Finding('A continuous job has reached a thing twice')
    compareSets('members of a continuous job', new Set(reached), this.#members)
  }

  get size(): number {
    return this.#members.size
  }
}
