import {
  CreateCommandCommand,
  CreateThingCommand,
  GetCommandExecutionCommand,
  paginateListCommandExecutions,
} from '@aws-sdk/client-iot'
import { StartCommandExecutionCommand } from '@aws-sdk/client-iot-jobs-data-plane'
import type { MqttClient } from 'mqtt'
import { Finding } from '../attack.ts'
import { eventually } from '../patience.ts'
import { PERSISTENT } from '../receivers.ts'
import type { Account, Clients } from '../visit.ts'
import type { Writer } from '../writers.ts'
import { compareSets } from './sets.ts'

const THING = 'kettle'
const TOPICS = `$aws/commands/things/${THING}/executions`

/** Has a device do commands, which it reports: an execution is kept with what its device is sent, or not at all. */
export class CommandExecutions implements Writer {
  readonly #started = new Set<string>()
  readonly #succeeded = new Set<string>()
  /** Of which the device was told, and which the server said that it took its report of. */
  readonly #received = new Set<string>()
  readonly #accepted = new Set<string>()
  readonly #settled = new Set<string>()
  #command = { commandArn: '', targetArn: '' }
  /** The device's connection, with the server that it is to. */
  #device: { readonly server: Account['server']; readonly mqtt: MqttClient } | undefined

  async begin(account: Account): Promise<void> {
    const { thingArn = '' } = await account.iot.send(new CreateThingCommand({ thingName: THING }))
    const content = Buffer.from('boil')
    const { commandArn = '' } = await account.iot.send(
      new CreateCommandCommand({ commandId: 'boil', payload: { content, contentType: 'application/json' } }),
    )
    this.#command = { commandArn, targetArn: thingArn }
    const device = await this.#connect(account)
    await device.subscribeAsync([`${TOPICS}/+/request/json`, `${TOPICS}/+/response/accepted/json`], { qos: 1 })
  }

  async write(clients: Clients): Promise<void> {
    const device = await this.#connect(clients)
    const { executionId = '' } = await clients.jobs.send(new StartCommandExecutionCommand(this.#command))
    this.#started.add(executionId)
    await eventually(`a device hears of ${executionId}`, () => this.#received.has(executionId) || gone(device))
    if (!this.#received.has(executionId)) return
    device.publish(`${TOPICS}/${executionId}/response/json`, JSON.stringify({ status: 'SUCCEEDED' }), { qos: 1 })
    await eventually(`the report of ${executionId} is taken`, () => this.#accepted.has(executionId) || gone(device))
    if (this.#accepted.has(executionId)) this.#succeeded.add(executionId)
  }

  async check(account: Account): Promise<void> {
    await this.#connect(account)
    const listed = new Map<string, string>()
    const { commandArn, targetArn } = this.#command
    for await (const page of paginateListCommandExecutions({ client: account.iot, pageSize: 100 }, { targetArn })) {
      for (const { executionId = '', status = '' } of page.commandExecutions ?? []) listed.set(executionId, status)
    }
    const kept = new Set(listed.keys())
    await eventually('a device hears of all commands that are kept', () => kept.isSubsetOf(this.#received) || undefined)
    compareSets(`executions of ${commandArn}`, kept, { asked: this.#received, acknowledged: this.#started })
    compareSets('commands that a device was sent', this.#received, { asked: kept, acknowledged: this.#started })
    for (const executionId of this.#succeeded.difference(this.#settled)) {
      const { status } = await account.iot.send(new GetCommandExecutionCommand({ executionId, targetArn }))
      if (status !== 'SUCCEEDED') throw new Finding(`${executionId} was reported as SUCCEEDED, and is ${status}`)
      this.#settled.add(executionId)
    }
  }

  get size(): number {
    return this.#succeeded.size
  }

  async #connect({ server, identity }: Account): Promise<MqttClient> {
    if (this.#device?.server === server) return this.#device.mqtt
    const mqtt = await server.connect(identity, { clientId: THING, ...PERSISTENT }, (topic) => {
      const [executionId = '', direction, outcome] = topic.slice(TOPICS.length + 1).split('/')
      if (direction === 'request') this.#received.add(executionId)
      else if (outcome === 'accepted') this.#accepted.add(executionId)
    })
    this.#device = { server, mqtt }
    return mqtt
  }
}

/** What a writer waits for of a connection comes no more once that has ended. */
const gone = ({ connected }: MqttClient): true | undefined => (connected ? undefined : true)
