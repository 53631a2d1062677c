import { csvField } from '../../shared/csv-field.ts'
import { fieldValue } from './columns.tsx'
import type { ThingRow } from './list-api.ts'

export type ExportFormat = 'csv' | 'jsonl'

/** A file of things that is written while they are read. */
export interface ThingsFile {
  readonly count: number
  readonly bytes: number
  write(things: readonly ThingRow[]): void
  blob(): Blob
}

const TYPES: Readonly<Record<ExportFormat, string>> = { csv: 'text/csv', jsonl: 'application/x-ndjson' }
const encoder = new TextEncoder()

/**
 * CSV has a column for each attribute that the first page has; what later things have besides stands in the last column,
 * as JSON, so that each value of each thing is in the file. JSON Lines has a thing a line, as the console was told it.
 * @param fields that were asked for beside the attributes
 */
export function thingsFile(format: ExportFormat, { fields = [] }: { readonly fields?: readonly string[] }): ThingsFile {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let count = 0
  let bytes = 0
  let columns: CsvColumns | undefined
  const add = (lines: readonly string[]) => {
    if (lines.length === 0) return
    const part = encoder.encode(lines.map((line) => `${line}${format === 'csv' ? '\r\n' : '\n'}`).join(''))
    parts.push(part)
    bytes += part.byteLength
  }
  return {
    get count() {
      return count
    },
    get bytes() {
      return bytes
    },
    write(things) {
      count += things.length
      if (format === 'jsonl') return add(things.map((thing) => JSON.stringify(thing)))
      if (!columns) {
        columns = columnsOf(things, fields)
        add([csvHead(columns)])
      }
      const known = columns
      return add(things.map((thing) => csvLine(thing, known)))
    },
    blob: () => new Blob(parts, { type: TYPES[format] }),
  }
}

interface CsvColumns {
  readonly attributes: readonly string[]
  readonly fields: readonly string[]
}

const columnsOf = (things: readonly ThingRow[], fields: readonly string[]): CsvColumns => ({
  attributes: [...new Set(things.flatMap(({ attributes }) => Object.keys(attributes)))].sort(),
  fields: fields.filter((field) => !field.startsWith('attributes.')),
})

const FIXED = [
  'thingName',
  'thingTypeName',
  'thingGroupNames',
  'connected',
  'connectionChangedAt',
  'disconnectReason',
  'clientId',
  'thingArn',
  'version',
]
const OTHERS = 'otherAttributes'

const csvHead = ({ attributes, fields }: CsvColumns): string =>
  [...FIXED, ...attributes.map((name) => `attributes.${name}`), ...fields, OTHERS].map(csvField).join(',')

function csvLine(thing: ThingRow, { attributes, fields }: CsvColumns): string {
  const { connectivity } = thing
  const others = Object.entries(thing.attributes).filter(([name]) => !attributes.includes(name))
  const values = [
    thing.thingName,
    thing.thingTypeName,
    thing.thingGroupNames?.join(' '),
    connectivity && String(connectivity.connected),
    connectivity?.changedAt,
    connectivity?.disconnectReason,
    connectivity?.clientId,
    thing.thingArn,
    thing.version === undefined ? undefined : String(thing.version),
    ...attributes.map((name) => fieldValue(thing, `attributes.${name}`)),
    ...fields.map((field) => fieldValue(thing, field)),
    others.length === 0 ? undefined : JSON.stringify(Object.fromEntries(others)),
  ]
  return values.map((value) => csvField(value ?? '')).join(',')
}
