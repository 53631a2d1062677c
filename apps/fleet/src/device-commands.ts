import type { DeviceModel } from './device-model.ts'
import { isObject } from './json-object.ts'
import { between, type Random } from './random.ts'

/** How a device takes its commands: most obey, one refuses all of them, one never answers. */
export type CommandTemper = 'obeys' | 'refuses' | 'is silent'

export interface DeviceCommandsOptions {
  readonly model: DeviceModel
  readonly publish: (topic: string, payload: object) => void
  /** Calls back once after so many milliseconds; the returned function cancels. */
  readonly after: (delayMs: number, callback: () => void) => () => void
  readonly random: Random
  readonly temper: CommandTemper
}

type Result = Readonly<Record<string, { readonly s: string } | { readonly b: boolean }>>

interface Report {
  readonly status: 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'REJECTED'
  readonly statusReason?: { readonly reasonCode: string; readonly reasonDescription: string }
  readonly result?: Result
}

/**
 * A device's side of commands: `{"command": "restart"}` takes some seconds, `{"command": "set-brightness", "brightness":
 * 40}` and `{"command": "set", "state": {…}, "shadow": "config"}` are done at once. No network and no clock.
 * @see AWS IoT developer guide, "AWS IoT Device Management commands"
 */
export class DeviceCommands {
  readonly #prefix: string
  readonly #options: DeviceCommandsOptions
  /** What is under way. */
  readonly #cancels = new Set<() => void>()

  constructor(options: DeviceCommandsOptions) {
    this.#options = options
    this.#prefix = `$aws/commands/things/${options.model.thingName}/executions/`
  }

  get topicFilters(): string[] {
    return [`${this.#prefix}+/request/json`]
  }

  /** Nothing is asked for: what a device was told while it was away comes by itself. */
  start(): void {}

  /** While the device is away nothing goes on: what was begun times out. */
  stop(): void {
    for (const cancel of this.#cancels) cancel()
    this.#cancels.clear()
  }

  /** @returns whether the topic was one of commands */
  handle(topic: string, payload: Uint8Array): boolean {
    if (!topic.startsWith(this.#prefix)) return false
    const [executionId = '', message] = topic.slice(this.#prefix.length).split('/')
    if (message === 'request' && this.#options.temper !== 'is silent') this.#obey(executionId, documentOf(payload))
    return true
  }

  #obey(executionId: string, document: Readonly<Record<string, unknown>>): void {
    if (this.#options.temper === 'refuses') {
      return void this.#reject(executionId, 'LOCKED', 'Somebody works on this device: it takes no commands.')
    }
    const { command, brightness, state, shadow } = document
    if (command === 'restart') return void this.#restart(executionId)
    if (command === 'set-brightness') return void this.#set(executionId, '', { brightness })
    if (command === 'set' && isObject(state)) {
      return void this.#set(executionId, typeof shadow === 'string' ? shadow : '', state)
    }
    this.#reject(executionId, 'UNKNOWN_COMMAND', 'This device knows restart, set and set-brightness.')
  }

  #restart(executionId: string): void {
    const { after, random } = this.#options
    this.#tell(executionId, { status: 'IN_PROGRESS' })
    const cancel = after(between(random, 2_000, 5_000), () => {
      this.#cancels.delete(cancel)
      this.#tell(executionId, { status: 'SUCCEEDED', result: { restarted: { b: true } } })
    })
    this.#cancels.add(cancel)
  }

  /** Wishes that the device takes; it does not know some, and other values it does not take. */
  #set(executionId: string, shadowName: string, wishes: Readonly<Record<string, unknown>>): void {
    const { model } = this.#options
    const unknown = Object.keys(wishes).filter((key) => !(key in model.reported(shadowName)))
    if (unknown.length > 0) {
      return void this.#reject(executionId, 'UNKNOWN_PROPERTY', `This device has no ${unknown.join(', ')}.`)
    }
    model.desire(shadowName, wishes)
    const entries = Object.entries(wishes).map(([key, value]) => [key, { s: String(value) }] as const)
    this.#tell(executionId, { status: 'SUCCEEDED', result: Object.fromEntries(entries) })
  }

  #reject(executionId: string, reasonCode: string, reasonDescription: string): void {
    this.#tell(executionId, { status: 'REJECTED', statusReason: { reasonCode, reasonDescription } })
  }

  #tell(executionId: string, report: Report): void {
    this.#options.publish(`${this.#prefix}${executionId}/response/json`, report)
  }
}

/** Empty for what is no JSON object. */
function documentOf(payload: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const document: unknown = JSON.parse(new TextDecoder().decode(payload))
    return isObject(document) ? document : {}
  } catch {
    return {}
  }
}
