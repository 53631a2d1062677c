import type { Database } from '../../foundation/database.ts'
import { ThingTextIndex } from './thing-text-index.ts'

/** A thing's type, or nothing. */
export const TYPE = "IFNULL(type, '') COLLATE NOCASE"

/** Of the tables of `ThingTable`, by their names. */
const INDEXES: ReadonlyMap<string, string> = new Map([
  ['things_by_folded_name', 'things (name COLLATE NOCASE)'],
  ['things_by_id', 'things (id)'],
  ['things_by_type_or_none', `things (${TYPE})`],
  ['thing_attributes_by_folded_value', 'thing_attributes (attribute, value COLLATE NOCASE, seq)'],
  ['thing_attributes_by_number', 'thing_attributes (attribute, CAST(value AS REAL), seq)'],
  ['values_of_any_attribute', 'thing_attributes (value COLLATE NOCASE, seq)'],
])

/** Of earlier releases. */
const FORMER_INDEXES = ['things_by_folded_type']

/** Makes the indexes that searches need. They cost room and time at each write, so that they are there on demand. */
export function makeSearchIndexes(database: Database): void {
  for (const [name, columns] of INDEXES) database.run(`CREATE INDEX IF NOT EXISTS ${name} ON ${columns}`)
  for (const name of FORMER_INDEXES) database.run(`DROP INDEX IF EXISTS ${name}`)
  new ThingTextIndex(database).make()
}

export function dropSearchIndexes(database: Database): void {
  for (const name of [...INDEXES.keys(), ...FORMER_INDEXES]) database.run(`DROP INDEX IF EXISTS ${name}`)
  new ThingTextIndex(database).drop()
}
