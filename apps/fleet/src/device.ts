import mqtt, { type MqttClient, Store } from 'mqtt'
import type { Logger } from 'pino'
import { type CommandTemper, DeviceCommands } from './device-commands.ts'
import type { DeviceIdentity } from './device-identity.ts'
import { DeviceJobs } from './device-jobs.ts'
import type { DeviceModel } from './device-model.ts'
import { DeviceShadow } from './device-shadow.ts'
import { withFirmware } from './firmware.ts'
import { between, type Random } from './random.ts'
import { sayGoodbye } from './say-goodbye.ts'

/** AWS admits at most 8 topic filters in one SUBSCRIBE. */
const FILTERS_PER_SUBSCRIBE = 8
const FIRST_RETRY_MS = 1_000
const LONGEST_RETRY_MS = 30_000
/** A new certificate that is refused at first, as it is not active yet, is tried again after so long, and then seldomer. */
const FIRST_CHANGE_MS = 3_000
const LONGEST_CHANGE_MS = 300_000

export interface DeviceOptions {
  readonly model: DeviceModel
  readonly identity: DeviceIdentity
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
  #inFlight = { incomingStore: new Store(), outgoingStore: new Store() }
  #tick: NodeJS.Timeout | undefined
  #retry: NodeJS.Timeout | undefined
  #retries = 0
  #change: NodeJS.Timeout | undefined
  #changes = 0
  /** It says goodbye, and comes back with other credentials, once nothing is in flight. */
  #isChangingOver = false
  #stopped = false
  #onFirstConnect: (() => void) | undefined
  /** Settles when the device has connected for the first time. */
  readonly connected: Promise<void>

  constructor(options: DeviceOptions) {
    this.#options = options
    const { identity, host, port, random } = options
    const { model, install } = withFirmware(options.model)
    this.thingName = model.thingName
    this.#shadows = model.shadowNames.map(
      (shadowName) => new DeviceShadow(model, shadowName, (topic, payload) => this.#publish(topic, payload, 1)),
    )
    const seams = {
      publish: (topic: string, payload: object, acknowledged?: () => void) => {
        this.#publish(topic, payload, 1, acknowledged)
        for (const shadow of this.#shadows) shadow.report()
      },
      after: (delayMs: number, callback: () => void) => {
        const timer = setTimeout(callback, delayMs)
        return () => clearTimeout(timer)
      },
    }
    this.#jobs = new DeviceJobs({
      ...{ model, random, install, identity },
      ...seams,
      isSilent: options.ignoresJobs,
      changeOver: () => this.#changeOver(),
    })
    this.#commands = new DeviceCommands({ ...{ model, random }, ...seams, temper: options.commandTemper })
    this.connected = new Promise((resolve) => {
      this.#onFirstConnect = resolve
    })
    this.#client = mqtt.connect({
      protocol: 'mqtts',
      host,
      port,
      servername: host,
      ...pairOf(identity),
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
    let wasConnected = false
    this.#client.on('connect', () => {
      wasConnected = true
      this.#start()
    })
    this.#client.on('message', (topic, payload) => {
      for (const part of [this.#jobs, this.#commands, ...this.#shadows]) if (part.handle(topic, payload)) return
    })
    this.#client.on('close', () => {
      if (!wasConnected) identity.refused()
      wasConnected = false
      this.#isChangingOver = false // it comes back with the others anyway
      this.#pause()
    })
    this.#client.on('error', (error) =>
      options.log.warn({ thingName: this.thingName, error: error.message }, 'connection failed'),
    )
  }

  /** Says goodbye: no will is published. */
  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#tick)
    clearTimeout(this.#retry)
    clearTimeout(this.#change)
    this.#jobs.stop()
    this.#commands.stop()
    await sayGoodbye(this.#client)
  }

  #topic(name: string): string {
    return `dt/${this.#options.model.site}/${this.thingName}/${name}`
  }

  /** @param acknowledged called back once the message of QoS 1 has arrived, and not where that is not known */
  #publish(topic: string, payload: object, qos: 0 | 1, acknowledged?: () => void): void {
    if (!this.#client.connected) return
    this.#client.publish(topic, JSON.stringify(payload), { qos }, (error) => {
      if (!error) acknowledged?.()
      this.#changeOverOnceIdle()
    })
  }

  /** It had to connect with its old certificate: the new one is tried again later. */
  #changeOverLater(): void {
    const longest = Math.min(LONGEST_CHANGE_MS, FIRST_CHANGE_MS * 2 ** this.#changes)
    this.#changes += 1
    this.#change = setTimeout(
      () => {
        this.#options.identity.tryNext()
        this.#changeOver()
      },
      between(this.#options.random, longest / 2, longest),
    )
  }

  /** Says goodbye and comes back with other credentials. */
  #changeOver(): void {
    this.#isChangingOver = true
    this.#changeOverOnceIdle()
  }

  /**
   * The client could wait for what is in flight as well, but it would do so for ever where the connection is lost meanwhile,
   * and come back no more.
   */
  #changeOverOnceIdle(): void {
    const client = this.#client
    if (!this.#isChangingOver || !client.connected || Object.keys(client.outgoing).length > 0) return
    this.#isChangingOver = false
    client.end(false, () => {
      // The client has closed those that it had.
      this.#inFlight = { incomingStore: new Store(), outgoingStore: new Store() }
    })
  }

  #start(): void {
    this.#retries = 0
    this.#onFirstConnect?.()
    const { identity, log } = this.#options
    identity.accepted().catch((error: Error) => {
      log.error({ thingName: this.thingName, error: error.message }, 'its new credentials are not kept')
    })
    if (identity.isBehind) this.#changeOverLater()
    else this.#changes = 0
    const parts = [...this.#shadows, this.#jobs, this.#commands]
    const filters = parts.flatMap((part) => part.topicFilters)
    for (let first = 0; first < filters.length; first += FILTERS_PER_SUBSCRIBE) {
      const last = first + FILTERS_PER_SUBSCRIBE >= filters.length
      this.#client.subscribe(filters.slice(first, first + FILTERS_PER_SUBSCRIBE), { qos: 1 }, (error) => {
        if (error) this.#options.log.warn({ thingName: this.thingName, error: error.message }, 'subscribe refused')
        // Answers go to whoever is subscribed by then, so the questions come after the last SUBACK.
        else if (last) for (const part of parts) part.start()
        this.#changeOverOnceIdle()
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
    clearTimeout(this.#change)
    this.#jobs.stop()
    this.#commands.stop()
    if (this.#stopped) return
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#retries)
    this.#retries += 1
    clearTimeout(this.#retry)
    this.#retry = setTimeout(
      () => {
        Object.assign(this.#client.options, pairOf(this.#options.identity))
        this.#client.reconnect(this.#inFlight)
      },
      between(this.#options.random, longest / 2, longest),
    )
  }
}

/** As the client takes them. */
const pairOf = ({ toConnectWith: { certificate, privateKey } }: DeviceIdentity) => ({
  cert: certificate,
  key: privateKey,
})
