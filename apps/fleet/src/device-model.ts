/** What a device measures or sets: JSON scalars only, one level deep. */
export type Properties = Record<string, string | number | boolean>

/**
 * The physics of one kind of device: no network, no clock. The device runner moves it on, publishes what it measures,
 * and tells it what is desired.
 */
export interface DeviceModel {
  /** Name in the registry; also its MQTT client id. */
  readonly thingName: string
  readonly thingTypeName: string
  readonly attributes: Readonly<Record<string, string>>
  /** Its telemetry goes to `dt/{site}/{thingName}/telemetry`. */
  readonly site: string
  /** Names of its shadows; '' is the classic one. */
  readonly shadowNames: readonly string[]
  /** Telemetry and physics are moved on this often. */
  readonly intervalMs: () => number
  /** Lets `seconds` pass. */
  advance(seconds: number): void
  telemetry(): Properties
  /** What it says of itself in this shadow. */
  reported(shadowName: string): Properties
  /** What is wished of it. It takes what it understands and is able to do, and leaves the rest as a standing delta. */
  desire(shadowName: string, desired: Readonly<Record<string, unknown>>): void
  /**
   * Keys of this shadow's wishes that were orders to be carried out once, and are: the device takes them off, or they
   * would be carried out again and again. Told once.
   */
  carriedOut(shadowName: string): readonly string[]
  /** Things that happened since the last call, to be published on `dt/{site}/{thingName}/alarm`. */
  alarms(): Properties[]
}

/** `value` when it is a number between the two, else undefined. */
export const numberIn = (value: unknown, low: number, high: number): number | undefined =>
  typeof value === 'number' && value >= low && value <= high ? value : undefined

/** `value` when it is one of `choices`, else undefined. */
export const oneOf = <T extends string>(value: unknown, choices: readonly T[]): T | undefined =>
  choices.find((choice) => choice === value)
