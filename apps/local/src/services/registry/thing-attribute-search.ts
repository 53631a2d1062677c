import type { Database } from '../../foundation/database.ts'
import { likePart } from '../../foundation/like-part.ts'
import { AFTER_ALL } from '../../foundation/text-order.ts'
import type { Beginning, Candidates } from './fleet-index/candidates.ts'

/** A place in the order in which candidates are read: by text where they are found by its beginning, then by age. */
export type CandidatePlace = readonly [text: string, seq: number]

/** A thing that was found by a text, `''` where the order is that of creation alone. */
export interface FoundByText {
  name: string
  text: string
  seq: number
}

/** Finds things by the values of their attributes, without regard to case, and up to `count` after a place. */
export class ThingAttributeSearch {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** By the values of any attribute: a thing with several such is found at each. */
  ofAny({ text, isWhole }: Beginning, after: CandidatePlace, count: number): FoundByText[] {
    if (isWhole) {
      return this.#database.all<FoundByText>(
        `SELECT DISTINCT t.name, '' AS text, a.seq FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
         WHERE a.value = ? COLLATE NOCASE AND a.seq > ? ORDER BY a.seq LIMIT ?`,
        text,
        after[1],
        count,
      )
    }
    return this.#database.all<FoundByText>(
      `SELECT DISTINCT t.name, LOWER(a.value) AS text, a.seq
       FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
       WHERE a.value COLLATE NOCASE >= ? AND a.value COLLATE NOCASE < ?
         AND (a.value COLLATE NOCASE, a.seq) > (?, ?)
       ORDER BY a.value COLLATE NOCASE, a.seq LIMIT ?`,
      later(text, after[0]),
      text + AFTER_ALL,
      ...after,
      count,
    )
  }

  of(
    {
      attribute,
      text,
      isWhole,
      upTo = text,
      before = upTo + AFTER_ALL,
      part = '',
    }: Extract<Candidates, { by: 'attribute' }>,
    after: CandidatePlace,
    count: number,
  ): FoundByText[] {
    if (isWhole) {
      return this.#database.all<FoundByText>(
        `SELECT t.name, a.value AS text, a.seq FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
         WHERE a.attribute = ? AND a.value = ? COLLATE NOCASE AND a.seq > ? ORDER BY a.seq LIMIT ?`,
        attribute,
        text,
        after[1],
        count,
      )
    }
    return this.#database.all<FoundByText>(
      `SELECT t.name, a.value AS text, a.seq FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
       WHERE a.attribute = ? AND a.value COLLATE NOCASE >= ? AND a.value COLLATE NOCASE < ?
         AND (a.value COLLATE NOCASE, a.seq) > (?, ?) AND a.value LIKE ? ESCAPE '\\'
       ORDER BY a.value COLLATE NOCASE, a.seq LIMIT ?`,
      attribute,
      later(text, after[0]),
      before,
      ...after,
      likePart(part),
      count,
    )
  }

  /** A text that is no number is 0 to SQLite, or what it begins with: who asks looks at the text, too. */
  byNumber(
    { attribute, low, high }: { attribute: string; low: number; high: number },
    [text, seq]: CandidatePlace,
    count: number,
  ): FoundByText[] {
    const from = text === '' ? low : Number(text)
    const found = this.#database.all<{ name: string; number: number; seq: number }>(
      `SELECT t.name, CAST(a.value AS REAL) AS number, a.seq
       FROM thing_attributes a CROSS JOIN things t ON t.seq = a.seq
       WHERE a.attribute = ? AND CAST(a.value AS REAL) BETWEEN ? AND ?
         AND (CAST(a.value AS REAL), a.seq) > (?, ?)
       ORDER BY CAST(a.value AS REAL), a.seq LIMIT ?`,
      attribute,
      from,
      high,
      from,
      text === '' ? -1 : seq,
      count,
    )
    return found.map(({ number, ...rest }) => ({ ...rest, text: String(number) }))
  }
}

/** The later of two texts, as NOCASE sorts them: the scan starts there and skips what was read before. */
export function later(a: string, b: string): string {
  return a.toLowerCase() < b.toLowerCase() ? b : a
}
