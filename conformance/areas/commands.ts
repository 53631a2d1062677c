import * as iot from '@aws-sdk/client-iot'
import { StartCommandExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import type { Area, Check } from '../check.ts'

const execution: Check = {
  id: 'sending',
  does: 'A command reaches a device, which answers; commands that cannot be sent, and the end of one',
  async run({ iot: client, jobs, name, device, refused, until }) {
    const thingName = name('lamp')
    const { thingArn: targetArn } = await client.send(new iot.CreateThingCommand({ thingName }))
    const commandId = name('dim')
    const payload = { content: Buffer.from('{"brightness":20}'), contentType: 'application/json' }
    const { commandArn } = await client.send(new iot.CreateCommandCommand({ commandId, namespace: 'AWS-IoT', payload }))
    const taken = await refused(client.send(new iot.CreateCommandCommand({ commandId, namespace: 'AWS-IoT', payload })))
    const connected = await device({ clientId: thingName })
    const topic = `$aws/commands/things/${thingName}/executions`
    await connected.subscribe([
      `${topic}/+/request/json`,
      `${topic}/+/response/accepted/json`,
      `${topic}/+/response/rejected/json`,
    ])
    const started = await jobs.send(
      new StartCommandExecutionCommand({ commandArn, targetArn, executionTimeoutSeconds: 120 }),
    )
    const { executionId = '' } = started
    const request = await connected.next(`${topic}/${executionId}/request/json`)
    const { messageExpiryInterval, ...properties } = (request.properties ?? {}) as Record<string, unknown>
    const answer = `${topic}/${executionId}/response`
    await connected.publish(`${answer}/json`, { status: 'DONE' })
    const rejected = await connected.payload(`${answer}/rejected/json`)
    await connected.publish(`${answer}/json`, { status: 'SUCCEEDED', result: { brightness: { s: '20' } } })
    const accepted = await connected.payload(`${answer}/accepted/json`)
    const ended = await until('the execution succeeded', async () => {
      const found = await client.send(
        new iot.GetCommandExecutionCommand({ executionId, targetArn, includeResult: true }),
      )
      return found.status === 'SUCCEEDED' ? found : undefined
    })
    const listed = await client.send(new iot.ListCommandExecutionsCommand({ commandArn }))
    await client.send(new iot.UpdateCommandCommand({ commandId, deprecated: true }))
    const ofDeprecated = await refused(jobs.send(new StartCommandExecutionCommand({ commandArn, targetArn })))
    const { status, result, executionTimeoutSeconds } = ended
    return {
      ...{ taken, rejected, accepted, ofDeprecated },
      // The properties have the topics of the answer.
      request: { payload: request.payload, qos: request.qos, properties },
      // It is counted down while the message is under way.
      'it expires with the execution': Number(messageExpiryInterval) > 90 && Number(messageExpiryInterval) <= 120,
      ended: { status, result, executionTimeoutSeconds },
      listed: listed.commandExecutions?.map((each) => each.status),
    }
  },
}

export const commands: Area = { name: 'commands', checks: [execution] }
