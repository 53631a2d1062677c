import mqtt, { type MqttClient, Store } from 'mqtt'
import type { Logger } from 'pino'
import { type CommandTemper, DeviceCommands } from './device-commands.ts'
import { DeviceJobs } from './device-jobs.ts'
import type { DeviceModel } from './device-model.ts'
import { DeviceShadow } from './device-shadow.ts'
import { withFirmware } from './firmware.ts'
import type { DeviceCredentials } from './provision.ts'
import { between, type Random } from './random.ts'

/** AWS admits at most 8 topic filters in one SUBSCRIBE. */
const FILTERS_PER_SUBSCRIBE = 8
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000

export interface DeviceOptions {
  readonly model: DeviceModel
  readonly credentials: DeviceCredentials
  readonly host: string
  readonly port: number
  /** Root CA in PEM to trust instead of Node's own list. */
  readonly ca?: string
  readonly random: Random
  readonly log: Logger
  /** Mean time between lost connections; Infinity for none. */
  readonly meanSecondsBetweenDrops: number
  /** It hears of its jobs and does nothing about them. */
  readonly ignoresJobs: boolean
  readonly commandTemper: CommandTemper
}

/** A simulated device on its one MQTT connection: TLS with its own certificate, client id = thing name. */
export class Device {
  readonly thingName: string
  readonly #options: DeviceOptions
  readonly #shadows: DeviceShadow[]
  readonly #jobs: DeviceJobs
  readonly #commands: DeviceCommands
  readonly #client: MqttClient
  /** What is not acknowledged yet. Kept over reconnects: the client forgets it otherwise, and then never ends. */
  readonly #inFlight = { incomingStore: new Store(), outgoingStore: new Store() }
  #tick: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #retries = 0
  #stopped = false
  #onFirstConnect: (() => void) | undefined
  /** Settles when the device has connected for the first time. */
  readonly connected: Promise<void>

  constructor(options: DeviceOptions) {
    this.#options = options
    const { credentials, host, port, random } = options
    const { model, install } = withFirmware(options.model)
    this.thingName = model.thingName
    this.#shadows = model.shadowNames.map(
      (shadowName) => new DeviceShadow(model, shadowName, (topic, payload) => this.#publish(topic, payload, 1)),
    )
    const seams = {
      publish: (topic: string, payload: object) => {
        this.#publish(topic, payload, 1)
        for (const shadow of this.#shadows) shadow.report()
      },
      after: (delayMs: number, callback: () => void) => {
        const timer = setTimeout(callback, delayMs)
        return () => clearTimeout(timer)
      },
    }
    this.#jobs = new DeviceJobs({ ...{ model, random, install }, ...seams, isSilent: options.ignoresJobs })
    this.#commands = new DeviceCommands({ ...{ model, random }, ...seams, temper: options.commandTemper })
    this.connected = new Promise((resolve) => {
      this.#onFirstConnect = resolve
    })
    this.#client = mqtt.connect({
      protocol: 'mqtts',
      host,
      port,
      servername: host,
      cert: credentials.certificate,
      key: credentials.privateKey,
      ...(options.ca !== undefined && { ca: options.ca }),
      clientId: model.thingName,
      protocolVersion: 5,
      keepalive: 60,
      reconnectPeriod: 0, // retries are ours: with growing, random pauses, so that a fleet does not come back at once
      resubscribe: false,
      queueQoSZero: false,
      ...this.#inFlight,
      will: {
        topic: this.#topic('status'),
        payload: Buffer.from(JSON.stringify({ status: 'lost' })),
        qos: 1,
        retain: false,
      },
    })
    this.#client.on('connect', () => this.#start())
    this.#client.on('message', (topic, payload) => {
      for (const part of [this.#jobs, this.#commands, ...this.#shadows]) if (part.handle(topic, payload)) return
    })
    this.#client.on('close', () => this.#pause())
    this.#client.on('error', (error) =>
      options.log.warn({ thingName: this.thingName, error: error.message }, 'connection failed'),
    )
  }

  /** Says goodbye: no will is published. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#tick)
    clearTimeout(this.#retry)
    this.#jobs.stop()
    this.#commands.stop()
    await this.#client.endAsync()
  }

  #topic(name: string): string {
    return `dt/${this.#options.model.site}/${this.thingName}/${name}`
  }

  #publish(topic: string, payload: object, qos: 0 | 1): void {
    if (this.#client.connected) this.#client.publish(topic, JSON.stringify(payload), { qos })
  }

  #start(): void {
    this.#retries = 0
    this.#onFirstConnect?.()
    const parts = [...this.#shadows, this.#jobs, this.#commands]
    const filters = parts.flatMap((part) => part.topicFilters)
    for (let first = 0; first < filters.length; first += FILTERS_PER_SUBSCRIBE) {
      const last = first + FILTERS_PER_SUBSCRIBE >= filters.length
      this.#client.subscribe(filters.slice(first, first + FILTERS_PER_SUBSCRIBE), { qos: 1 }, (error) => {
        if (error) this.#options.log.warn({ thingName: this.thingName, error: error.message }, 'subscribe refused')
        // Answers go to whoever is subscribed by then, so the questions come after the last SUBACK.
        else if (last) for (const part of parts) part.start()
      })
    }
    this.#publish(this.#topic('status'), { status: 'online' }, 1)
    this.#schedule()
  }

  #schedule(): void {
    const { model, random, meanSecondsBetweenDrops } = this.#options
    const intervalMs = model.intervalMs()
    clearTimeout(this.#tick)
    this.#tick = setTimeout(() => {
      model.advance(intervalMs / 1_000)
      this.#publish(this.#topic('telemetry'), model.telemetry(), 0)
      for (const alarm of model.alarms()) this.#publish(this.#topic('alarm'), alarm, 1)
      for (const shadow of this.#shadows) shadow.report()
      if (random() < intervalMs / 1_000 / meanSecondsBetweenDrops) {
        this.#options.log.info({ thingName: this.thingName }, 'connection lost on purpose')
        this.#client.stream.destroy()
      } else this.#schedule()
    }, intervalMs)
  }

  #pause(): void {
    clearTimeout(this.#tick)
    this.#jobs.stop()
    this.#commands.stop()
    if (this.#stopped) return
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#retries)
    this.#retries += 1
    clearTimeout(this.#retry)
    this.#retry = setTimeout(
      () => this.#client.reconnect(this.#inFlight),
      between(this.#options.random, longest / 2, longest),
    )
  }
}
