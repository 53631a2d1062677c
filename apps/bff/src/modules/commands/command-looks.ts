import { GetCommandCommand, type IoTClient } from '@aws-sdk/client-iot'
import type { CommandLook } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { present } from '../../aws/present.ts'
import { SharedReads } from '../../aws/shared-reads.ts'
import { unlessGone } from '../../aws/unless-gone.ts'
import { isRefused } from '../../aws/why-unread.ts'
import type { Clock } from '../../clock.ts'
import { contentOf, parameterOf } from './commands.ts'
import type { CommandExecutions } from './executions.ts'

/** AWS takes 10 ListCommandExecutions a second of an account: some are left to others. */
const PER_SECOND = 7

/** Asks AWS for what a list says of its commands, one after the other; who asks for the same at once shares an answer. */
export class CommandLooks {
  readonly #iot: IoTClient
  readonly #executions: CommandExecutions
  readonly #pace: Pace
  readonly #shared = new SharedReads<CommandLook | undefined>()

  constructor(iot: IoTClient, executions: CommandExecutions, clock: Clock) {
    this.#iot = iot
    this.#executions = executions
    this.#pace = new Pace(clock, PER_SECOND)
  }

  /** In the order of the ids, without those that are gone. Errors are AWS's own. */
  async of(commandIds: readonly string[], signal?: AbortSignal): Promise<CommandLook[]> {
    const looks = commandIds.map((id) => this.#shared.read(id, (until) => this.#read(id, until), signal))
    return (await Promise.all(looks)).filter((look) => look !== undefined)
  }

  async #read(commandId: string, signal: AbortSignal): Promise<CommandLook | undefined> {
    await this.#pace.turn(signal)
    const [command, lastRun] = await Promise.all([
      unlessGone(this.#iot.send(new GetCommandCommand({ commandId }), { abortSignal: signal })),
      this.#lastRun(commandId),
    ])
    if (!command) return undefined
    return {
      commandId,
      ...contentOf(command),
      parameters: (command.mandatoryParameters ?? []).map(parameterOf),
      ...present({ description: command.description, lastRun }),
    }
  }

  /** Of what the console may not read, there is none. */
  async #lastRun(commandId: string): Promise<CommandLook['lastRun']> {
    try {
      const { executions } = await this.#executions.list({ commandId, maxResults: 1 })
      const [latest] = executions
      if (!latest) return undefined
      const { executionId, targetArn, status, createdAt } = latest
      return { executionId, targetArn, status, ...present({ createdAt }) }
    } catch (error) {
      if (isRefused(error)) return undefined
      throw error
    }
  }
}
