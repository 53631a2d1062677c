import type { DeviceModel, Properties } from './device-model.ts'

/** The part of a shadow message that a device looks at. */
interface ShadowMessage {
  readonly version?: number
  readonly code?: number
  readonly state?: {
    readonly reported?: Properties
    readonly delta?: Record<string, unknown>
  } & Record<string, unknown>
}

/**
 * A device's side of one shadow: what it last reported, and which deltas are news. No network: `publish` sends.
 * Source: AWS IoT guide, "Simulating Device Shadow service communications" and "Message order".
 */
export class DeviceShadow {
  readonly prefix: string
  readonly #model: DeviceModel
  readonly #shadowName: string
  readonly #publish: (topic: string, payload: object) => void
  /** Undefined until the service said what it holds. */
  #lastReported: Properties | undefined
  #lastVersion = 0

  constructor(model: DeviceModel, shadowName: string, publish: (topic: string, payload: object) => void) {
    this.#model = model
    this.#shadowName = shadowName
    this.#publish = publish
    this.prefix = `$aws/things/${model.thingName}/shadow${shadowName === '' ? '' : `/name/${shadowName}`}`
  }

  get topicFilters(): string[] {
    return ['get/accepted', 'get/rejected', 'update/delta'].map((suffix) => `${this.prefix}/${suffix}`)
  }

  /** After each connect: asks for what was missed while away. */
  start(): void {
    this.#lastReported = undefined
    this.#lastVersion = 0
    this.#publish(`${this.prefix}/get`, {})
  }

  /** @returns whether the topic was one of this shadow's */
  handle(topic: string, payload: Uint8Array): boolean {
    if (!topic.startsWith(`${this.prefix}/`)) return false
    const message: ShadowMessage = JSON.parse(new TextDecoder().decode(payload))
    switch (topic.slice(this.prefix.length + 1)) {
      case 'get/accepted':
        this.#lastReported = { ...message.state?.reported }
        this.#obey(message.version, message.state?.delta)
        return true
      case 'get/rejected':
        // 404: there is no shadow yet, and the first report makes it.
        if (message.code === 404) this.#lastReported = {}
        this.report()
        return true
      case 'update/delta':
        this.#obey(message.version, message.state)
        return true
      default:
        return false
    }
  }

  /** Sends what changed since the last report, if anything did. */
  report(): void {
    const last = this.#lastReported
    if (!last) return
    const now = this.#model.reported(this.#shadowName)
    const changed = Object.fromEntries(Object.entries(now).filter(([key, value]) => last[key] !== value))
    // A wish that is fulfilled for good is cleared together with the report (AWS IoT guide, "Clearing the delta").
    const cleared = Object.fromEntries(this.#model.carriedOut(this.#shadowName).map((key) => [key, null]))
    const state = {
      ...(Object.keys(changed).length > 0 && { reported: changed }),
      ...(Object.keys(cleared).length > 0 && { desired: cleared }),
    }
    if (Object.keys(state).length === 0) return
    this.#lastReported = { ...last, ...changed }
    this.#publish(`${this.prefix}/update`, { state })
  }

  #obey(version: number | undefined, delta: Record<string, unknown> | undefined): void {
    // Messages may arrive out of order; an older delta is a wish that was since replaced.
    if (version !== undefined && version < this.#lastVersion) return
    this.#lastVersion = version ?? this.#lastVersion
    if (delta) this.#model.desire(this.#shadowName, delta)
    this.report()
  }
}
