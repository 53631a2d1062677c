import type { EncodingHint } from '../../../../shared/decode/binary.ts'
import { memberOf, plainPayload, stepInto } from './plain-path.ts'
import { readPath } from './read-path.ts'

/** Names of members that say when a message is of, as they are compared: without case, `_`, `-` and `@`. Best first. */
const USUAL = [
  'timestamp',
  'ts',
  'time',
  'at',
  'datetime',
  'eventtime',
  'timestampms',
  'timems',
  'measuredat',
  'recordedat',
  'sentat',
  'createdat',
  'publishedat',
  'epoch',
  'epochms',
  'utc',
  't',
  'bt',
] as const
/** RFC 8428 §6: what SenML calls `bt` and `t` has these keys in CBOR. */
const SENML_BASE_TIME = -3
const SENML_TIME = 6
/** A row is looked at each time it is shown: what is larger is not read for its time. */
const MAX_BYTES = 16 * 1024

/** When a message is of, as it says itself. */
export type OwnTime =
  /** Epoch ms. */
  | { readonly atMs: number }
  /** A time without a zone: nobody but the sender knows when that was. As it was written, `2026-11-28T21:50:54`. */
  | { readonly withoutZone: string }

/** A message's own time, by a JSON path or where it usually stands (`auto`). */
export function ownTimeOf(payload: Uint8Array, where: string, hint: EncodingHint): OwnTime | undefined {
  if (payload.length > MAX_BYTES) return undefined
  const document = plainPayload(payload, hint)
  if (document === undefined) return undefined
  if (where === 'auto') return usualTime(document)
  const read = readPath(where)
  return 'problem' in read ? undefined : readOwnTime(stepInto(document, read.path))
}

function usualTime(document: unknown): OwnTime | undefined {
  const record: unknown = Array.isArray(document) ? document[0] : document // SenML and its like are lists of records
  if (typeof record !== 'object' || record === null) return undefined
  if (record instanceof Map) return readOwnTime(memberOf(record, SENML_BASE_TIME) ?? memberOf(record, SENML_TIME))
  let best: { readonly rank: number; readonly time: OwnTime } | undefined
  for (const [name, value] of Object.entries(record)) {
    const rank = RANKS.get(name.length > 20 ? name : name.toLowerCase().replace(/[_@-]/g, ''))
    if (rank === undefined || (best && rank >= best.rank)) continue
    const time = readOwnTime(value)
    if (time) best = { rank, time }
  }
  return best?.time
}

const RANKS: ReadonlyMap<string, number> = new Map(USUAL.map((name, rank) => [name, rank]))

/** Epoch seconds from 2001 on have ten digits; ms, µs and ns three more each. */
const FIRST_SECONDS = 1e9 - 1
const UNITS = [
  { below: 1e11, perMs: 1e-3 },
  { below: 1e14, perMs: 1 },
  { below: 1e17, perMs: 1e3 },
  { below: 1e20, perMs: 1e6 },
] as const

/** An epoch in s, ms, µs or ns, as a number or a text, or ISO 8601 with the offset or `Z`. Undefined for what is no time. */
export function readOwnTime(value: unknown): OwnTime | undefined {
  if (typeof value === 'number') return ofEpoch(value)
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return /^\d{10,20}(?:\.\d+)?$/.test(text) ? ofEpoch(Number(text)) : ofDate(text)
}

function ofEpoch(value: number): OwnTime | undefined {
  if (!(value >= FIRST_SECONDS)) return undefined
  const unit = UNITS.find(({ below }) => value < below)
  if (!unit) return undefined
  const atMs = unit.perMs < 1 ? value * 1_000 : value / unit.perMs
  return { atMs: Math.round(atMs * 1_000) / 1_000 } // of an epoch in ns a double has no more
}

const DATE = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?) ?([Zz]|[+-]\d\d(?::?\d\d)?)?$/

/** RFC 3339, and ISO 8601 in its extended form: seconds may be missing, and an offset of whole hours its minutes. */
function ofDate(text: string): OwnTime | undefined {
  const [, date, time, offset] = DATE.exec(text) ?? []
  if (date === undefined || time === undefined) return undefined
  const zone =
    offset === undefined || /z/i.test(offset)
      ? 'Z'
      : `${offset.slice(0, 3)}:${offset.slice(3).replace(':', '') || '00'}`
  const atMs = Date.parse(`${date}T${time.replace(',', '.')}${zone}`)
  if (Number.isNaN(atMs)) return undefined
  return offset === undefined ? { withoutZone: text } : { atMs }
}
