import type { EventType } from '@aws-sdk/client-iot'
import type { Clock } from '../../foundation/clock.ts'
import type { LocalContext } from '../../foundation/context.ts'
import type { Database } from '../../foundation/database.ts'

interface ConfigurationRow {
  type: EventType
  enabled: number
  created_ms: number
  modified_ms: number
}

/** A table of all types, so that the compiler misses none: the SDK's own list would load the SDK. */
const EVENT_TYPES: Readonly<Record<EventType, true>> = {
  THING: true,
  THING_GROUP: true,
  THING_TYPE: true,
  THING_GROUP_MEMBERSHIP: true,
  THING_GROUP_HIERARCHY: true,
  THING_TYPE_ASSOCIATION: true,
  JOB: true,
  JOB_EXECUTION: true,
  POLICY: true,
  CERTIFICATE: true,
  CA_CERTIFICATE: true,
}

// Keys of a record are known to the compiler as texts only.
const ALL_EVENT_TYPES = Object.keys(EVENT_TYPES) as EventType[]

/**
 * Which events are published. All are off at first.
 * @see AWS IoT developer guide, "Event messages", "Enable events for AWS IoT"
 */
export class EventConfigurations {
  readonly #clock: Clock
  readonly #database: Database
  /** What is on: asked for with every change of the registry. */
  #enabled: ReadonlySet<EventType> | undefined

  constructor({ clock, database }: Pick<LocalContext, 'clock' | 'database'>) {
    this.#clock = clock
    this.#database = database
    database.migrate('events', [
      `CREATE TABLE event_configurations (
         type TEXT PRIMARY KEY,
         enabled INTEGER NOT NULL,
         created_ms INTEGER NOT NULL,
         modified_ms INTEGER NOT NULL
       ) STRICT;`,
    ])
  }

  isEnabled(type: EventType): boolean {
    this.#enabled ??= new Set(this.#rows().flatMap((row) => (row.enabled === 1 ? [row.type] : [])))
    return this.#enabled.has(type)
  }

  /** Changes those that are given; the others stay. */
  update(changes: ReadonlyMap<EventType, boolean>): void {
    const nowMs = this.#clock()
    this.#database.transaction(() => {
      for (const [type, isEnabled] of changes) {
        this.#database.run(
          `INSERT INTO event_configurations VALUES (?1, ?2, ?3, ?3)
           ON CONFLICT (type) DO UPDATE SET enabled = ?2, modified_ms = ?3`,
          type,
          isEnabled ? 1 : 0,
          nowMs,
        )
      }
    })
    this.forget()
  }

  /** All of them, and when the first was set and the last changed: undefined before that. */
  describe(): {
    readonly configurations: ReadonlyMap<EventType, boolean>
    readonly createdAtMs: number | undefined
    readonly modifiedAtMs: number | undefined
  } {
    const rows = this.#rows()
    return {
      configurations: new Map(ALL_EVENT_TYPES.map((type) => [type, this.isEnabled(type)])),
      createdAtMs: rows.length === 0 ? undefined : Math.min(...rows.map((row) => row.created_ms)),
      modifiedAtMs: rows.length === 0 ? undefined : Math.max(...rows.map((row) => row.modified_ms)),
    }
  }

  /** What was read is read again: the table may be another, by this class or by a request that was not kept. */
  forget(): void {
    this.#enabled = undefined
  }

  #rows(): ConfigurationRow[] {
    return this.#database.all<ConfigurationRow>('SELECT * FROM event_configurations')
  }
}
