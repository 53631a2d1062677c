import type { Database } from '../../foundation/database.ts'
import type { Candidates } from './fleet-index/candidates.ts'
import type { ThingRecord, ThingTable } from './thing-table.ts'

/** A place in the order in which candidates are read: by text where they are found by its beginning, then by age. */
export type CandidatePlace = readonly [text: string, seq: number]

export interface Candidate {
  readonly record: ThingRecord
  readonly place: CandidatePlace
}

interface Found {
  name: string
  text: string
  seq: number
}

const AFTER_ALL = '\u{10ffff}'

/** Reads the tables of {@link ThingTable} without regard to case, as the fleet index does. */
export class ThingSearchTable {
  readonly #database: Database
  readonly #things: ThingTable

  constructor(database: Database, things: ThingTable) {
    this.#database = database
    this.#things = things
  }

  /** Makes the indexes that searches need. They cost room and time at each write, so that they are there on demand. */
  enable(): void {
    this.#database.run('CREATE INDEX IF NOT EXISTS things_by_folded_name ON things (name COLLATE NOCASE)')
    this.#database.run(
      `CREATE INDEX IF NOT EXISTS thing_attributes_by_folded_value
       ON thing_attributes (attribute, value COLLATE NOCASE, seq)`,
    )
  }

  disable(): void {
    this.#database.run('DROP INDEX IF EXISTS things_by_folded_name')
    this.#database.run('DROP INDEX IF EXISTS thing_attributes_by_folded_value')
  }

  /** Up to `count` candidates after a place. */
  read(candidates: Candidates, after: CandidatePlace, count: number): Candidate[] {
    if (candidates.by === 'all') {
      return this.#things.readAll(after[1], count).map((record) => ({ record, place: ['', record.seq] }))
    }
    const found =
      candidates.by === 'name' ? this.#byName(candidates, after, count) : this.#byAttribute(candidates, after, count)
    return found.flatMap(({ name, text, seq }) => {
      const record = this.#things.get(name)
      return record ? [{ record, place: [candidates.isWhole ? '' : text, seq] as const }] : []
    })
  }

  #byName({ text, isWhole }: { text: string; isWhole: boolean }, after: CandidatePlace, count: number): Found[] {
    if (isWhole) {
      return this.#database.all<Found>(
        `SELECT name, name AS text, seq FROM things
         WHERE name = ? COLLATE NOCASE AND seq > ? ORDER BY seq LIMIT ?`,
        text,
        after[1],
        count,
      )
    }
    return this.#database.all<Found>(
      `SELECT name, name AS text, seq FROM things
       WHERE name COLLATE NOCASE >= ? AND name COLLATE NOCASE < ? AND (name COLLATE NOCASE, seq) > (?, ?)
       ORDER BY name COLLATE NOCASE, seq LIMIT ?`,
      later(text, after[0]),
      text + AFTER_ALL,
      ...after,
      count,
    )
  }

  #byAttribute(
    { attribute, text, isWhole }: { attribute: string; text: string; isWhole: boolean },
    after: CandidatePlace,
    count: number,
  ): Found[] {
    if (isWhole) {
      return this.#database.all<Found>(
        `SELECT t.name, a.value AS text, a.seq FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
         WHERE a.attribute = ? AND a.value = ? COLLATE NOCASE AND a.seq > ? ORDER BY a.seq LIMIT ?`,
        attribute,
        text,
        after[1],
        count,
      )
    }
    return this.#database.all<Found>(
      `SELECT t.name, a.value AS text, a.seq FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
       WHERE a.attribute = ? AND a.value COLLATE NOCASE >= ? AND a.value COLLATE NOCASE < ?
         AND (a.value COLLATE NOCASE, a.seq) > (?, ?)
       ORDER BY a.value COLLATE NOCASE, a.seq LIMIT ?`,
      attribute,
      later(text, after[0]),
      text + AFTER_ALL,
      ...after,
      count,
    )
  }
}

/** The later of two texts, as NOCASE sorts them: the scan starts there and skips what was read before. */
function later(a: string, b: string): string {
  return a.toLowerCase() < b.toLowerCase() ? b : a
}
