import * as iot from '@aws-sdk/client-iot'
import type { Area, Check } from '../check.ts'
import type { RunContext } from '../context.ts'

/** A thing and its device, which hears what AWS tells it of jobs. */
async function start(context: RunContext) {
  const { iot: client, name, device } = context
  const thingName = name('pump')
  const { thingArn = '' } = await client.send(new iot.CreateThingCommand({ thingName }))
  const connected = await device({ clientId: thingName })
  const topic = `$aws/things/${thingName}/jobs`
  await connected.subscribe([`${topic}/notify`, `${topic}/notify-next`, `${topic}/+/get/+`, `${topic}/+/update/+`])
  await connected.subscribe([`${topic}/get/+`, `${topic}/start-next/+`])
  const ask = async (operation: string, document: object = {}, answer = 'accepted') => {
    await connected.publish(`${topic}/${operation}`, document)
    return connected.payload(`${topic}/${operation}/${answer}`)
  }
  return { thingName, thingArn, device: connected, topic, ask }
}

const execution: Check = {
  id: 'execution',
  does: 'A job for one thing: notified, started, updated by version, refused, and succeeded',
  async run(context) {
    const { iot: client, name, until } = context
    const { thingArn, thingName, device, topic, ask } = await start(context)
    const jobId = name('job')
    const created = await client.send(
      new iot.CreateJobCommand({ jobId, targets: [thingArn], document: '{"do":"restart"}', description: 'Restarts' }),
    )
    const notified = await device.payload(`${topic}/notify`)
    const next = await device.payload(`${topic}/notify-next`)
    const pending = await ask('get')
    const started = await ask('start-next', { statusDetails: { step: '1' }, clientToken: 's' })
    const described = await ask('$next/get', { includeJobDocument: false })
    const updated = await ask(`${jobId}/update`, {
      status: 'IN_PROGRESS',
      expectedVersion: 2,
      statusDetails: { step: '2' },
    })
    const stale = await ask(`${jobId}/update`, { status: 'FAILED', expectedVersion: 1 }, 'rejected')
    const wrong = await ask(`${jobId}/update`, { status: 'QUEUED' }, 'rejected')
    const none = await ask(`${name('none')}/update`, { status: 'FAILED' }, 'rejected')
    const succeeded = await ask(`${jobId}/update`, { status: 'SUCCEEDED', includeJobExecutionState: true })
    const again = await ask(`${jobId}/update`, { status: 'FAILED' }, 'rejected')
    const empty = await ask('start-next')
    const job = await until('the job is completed', async () => {
      const { job: found } = await client.send(new iot.DescribeJobCommand({ jobId }))
      return found?.status === 'COMPLETED' ? found : undefined
    })
    const atThing = await client.send(new iot.DescribeJobExecutionCommand({ jobId, thingName }))
    const { status, targetSelection, forceCanceled, jobProcessDetails } = job
    return {
      created: [created.jobArn, created.jobId],
      ...{ notified, next, pending, started, described, updated, stale, wrong, none, succeeded, again, empty },
      job: { status, targetSelection, forceCanceled, jobProcessDetails },
      execution: {
        status: atThing.execution?.status,
        details: atThing.execution?.statusDetails,
        version: atThing.execution?.versionNumber,
      },
    }
  },
}

const cancellation: Check = {
  id: 'cancel',
  does: 'A job is canceled while it runs, with and without force, and deleted',
  async run(context) {
    const { iot: client, name, refused, until } = context
    const { thingArn, thingName, device, topic, ask } = await start(context)
    const jobId = name('job')
    await client.send(new iot.CreateJobCommand({ jobId, targets: [thingArn], document: '{}' }))
    const taken = await refused(client.send(new iot.CreateJobCommand({ jobId, targets: [thingArn], document: '{}' })))
    await device.next(`${topic}/notify-next`)
    await ask('start-next')
    const unforced = await refused(client.send(new iot.CancelJobExecutionCommand({ jobId, thingName })))
    const early = await refused(client.send(new iot.DeleteJobCommand({ jobId })))
    await client.send(new iot.CancelJobCommand({ jobId, force: true, comment: 'Wrong', reasonCode: 'WRONG' }))
    const job = await until('the job is canceled', async () => {
      const { job: found } = await client.send(new iot.DescribeJobCommand({ jobId }))
      return found?.status === 'CANCELED' && found.jobProcessDetails?.numberOfCanceledThings === 1 ? found : undefined
    })
    const late = await ask(`${jobId}/update`, { status: 'SUCCEEDED' }, 'rejected')
    await client.send(new iot.DeleteJobCommand({ jobId }))
    await until('the job is gone', async () => {
      const left = await refused(client.send(new iot.DescribeJobCommand({ jobId })))
      return left === 'not refused' ? undefined : left
    })
    const { forceCanceled, comment, reasonCode, jobProcessDetails } = job
    return { taken, unforced, early, late, job: { forceCanceled, comment, reasonCode, jobProcessDetails } }
  },
}

const continuous: Check = {
  id: 'continuous',
  does: 'A continuous job for a group reaches a thing that joins it later',
  async run(context) {
    const { iot: client, name } = context
    const { thingName, device, topic, ask } = await start(context)
    const thingGroupName = name('hall')
    const { thingGroupArn = '' } = await client.send(new iot.CreateThingGroupCommand({ thingGroupName }))
    const jobId = name('job')
    await client.send(
      new iot.CreateJobCommand({ jobId, targets: [thingGroupArn], document: '{}', targetSelection: 'CONTINUOUS' }),
    )
    await client.send(new iot.AddThingToThingGroupCommand({ thingGroupName, thingName }))
    const next = await device.payload(`${topic}/notify-next`)
    await ask('start-next')
    await ask(`${jobId}/update`, { status: 'SUCCEEDED' })
    const { job } = await client.send(new iot.DescribeJobCommand({ jobId }))
    return { next, status: job?.status }
  },
}

const inputs: Check = {
  id: 'inputs',
  does: 'Jobs that AWS does not make, and templates',
  async run({ iot: client, name, refused, arn }) {
    const thingName = name('pump')
    const { thingArn = '' } = await client.send(new iot.CreateThingCommand({ thingName }))
    const make = (input: Partial<iot.CreateJobCommandInput>) =>
      refused(
        client.send(new iot.CreateJobCommand({ jobId: name('none'), targets: [thingArn], document: '{}', ...input })),
      )
    const jobTemplateId = name('template')
    const template = { jobTemplateId, description: 'Restarts', document: '{"do":"restart"}' }
    await client.send(new iot.CreateJobTemplateCommand(template))
    const described = await client.send(new iot.DescribeJobTemplateCommand({ jobTemplateId }))
    return {
      'no document': await make({ document: undefined }),
      'a document that is no JSON': await make({ document: '{' }),
      'no target': await make({ targets: [] }),
      'a thing that is not there': await make({ targets: [arn(`thing/${name('none')}`)] }),
      'a time-out of none': await make({ timeoutConfig: { inProgressTimeoutInMinutes: 0 } }),
      template: [described.document, described.description],
      'a template made again': await refused(client.send(new iot.CreateJobTemplateCommand(template))),
    }
  },
}

export const jobs: Area = { name: 'jobs', checks: [execution, cancellation, continuous, inputs] }
