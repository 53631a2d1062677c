/** A field's value, as far as queries tell values apart. Undefined: the record has no such field. */
export type FieldValue = string | number | boolean | null | undefined

/** A log event as queries see it. */
export interface LogRecord {
  readonly timestampMs: number
  readonly ingestionMs: number
  readonly message: string
  readonly logStream: string
  /** `ACCOUNT:GROUP` */
  readonly log: string
  /** Names the event. */
  readonly ptr: string
}

/** What an expression reads. */
export interface Fields {
  /** Undefined where a value has to stand by itself. */
  readonly record: LogRecord | undefined
  get(name: string): FieldValue
}

/** For what stands by itself. */
export const NO_FIELDS: Fields = { record: undefined, get: () => undefined }

/** The fields of one log event: those with `@`, the members of its JSON, and what commands add. */
export class RecordFields implements Fields {
  readonly record: LogRecord
  readonly #added = new Map<string, FieldValue>()
  #json: unknown
  #isParsed = false

  constructor(record: LogRecord) {
    this.record = record
  }

  set(name: string, value: FieldValue): void {
    this.#added.set(name, value)
  }

  get(name: string): FieldValue {
    if (this.#added.has(name)) return this.#added.get(name)
    switch (name) {
      case '@timestamp':
        return this.record.timestampMs
      case '@ingestionTime':
        return this.record.ingestionMs
      case '@message':
        return this.record.message
      case '@logStream':
        return this.record.logStream
      case '@log':
        return this.record.log
      case '@ptr':
        return this.record.ptr
      default:
        return name.startsWith('@') ? undefined : memberOf(this.#document(), name)
    }
  }

  #document(): unknown {
    if (!this.#isParsed) {
      this.#isParsed = true
      try {
        this.#json = JSON.parse(this.record.message)
      } catch {
        // no JSON: the message has no fields of its own
      }
    }
    return this.#json
  }
}

/** `a.b.0`: members and items, or a member whose name has the points in it. What is no single value is its JSON. */
function memberOf(document: unknown, name: string): FieldValue {
  if (typeof document !== 'object' || document === null) return undefined
  if (Object.hasOwn(document, name)) return single(Reflect.get(document, name))
  for (let at = name.indexOf('.'); at >= 0; at = name.indexOf('.', at + 1)) {
    const first = name.slice(0, at)
    if (Object.hasOwn(document, first)) return memberOf(Reflect.get(document, first), name.slice(at + 1))
  }
  return undefined
}

function single(value: unknown): FieldValue {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null)
    return value
  return JSON.stringify(value)
}

/** `2026-01-31 23:59:59.999`, as queries show times. */
export const formatTime = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').replace('Z', '')
