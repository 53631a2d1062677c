import { JobError, type StatusDetails } from '@thingdeck/jobs'

/** What a device asks for on a request topic: JSON, of which members that are not known are let be. */
export class DeviceRequest {
  readonly #members: ReadonlyMap<string, unknown>

  /** @throws {JobError} InvalidJson, InvalidRequest */
  constructor(payload: Uint8Array) {
    const text = Buffer.from(payload).toString()
    this.#members = new Map(text.trim() === '' ? [] : Object.entries(parse(text)))
  }

  /** As it was given: it comes back in the answer. Undefined for what is no text. */
  get clientToken(): string | undefined {
    const token = this.#members.get('clientToken')
    return typeof token === 'string' ? token : undefined
  }

  text(name: string): string | undefined {
    return this.#read(name, 'a text', (value) => (typeof value === 'string' ? value : undefined))
  }

  flag(name: string): boolean | undefined {
    return this.#read(name, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined))
  }

  /** A whole number; AWS's samples have some of them as texts, too. */
  integer(name: string): number | undefined {
    return this.#read(name, 'a whole number', (value) => {
      const number = typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value
      return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined
    })
  }

  /** Their names and values are looked at where they are kept. */
  details(name: string): StatusDetails | undefined {
    return this.#read(name, 'an object of texts', (value) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
      const entries = Object.entries(value)
      // Each value is a text by then.
      return entries.every(([, each]) => typeof each === 'string') ? (value as StatusDetails) : undefined
    })
  }

  #read<Value>(name: string, what: string, read: (value: unknown) => Value | undefined): Value | undefined {
    const given = this.#members.get(name)
    if (given === undefined || given === null) return undefined
    const value = read(given)
    if (value === undefined) throw new JobError('InvalidRequest', `${name} has to be ${what}`)
    return value
  }
}

function parse(text: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new JobError('InvalidJson', 'The request is not valid JSON')
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new JobError('InvalidRequest', 'The request has to be a JSON object')
}
