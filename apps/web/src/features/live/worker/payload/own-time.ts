import type { EncodingHint } from '../../../../shared/decode/binary.ts'
import { plainPayload, stepInto } from './plain-path.ts'
import { readPath } from './read-path.ts'

const USUAL = ['timestamp', 'ts', 'time', 'at']
/** A row is looked at each time it is shown: what is larger is not read for its time. */
const MAX_BYTES = 16 * 1024
/** Epoch seconds of the years 2001 to 2286 have ten digits, their ms thirteen. */
const FIRST_MS = 1e11
const FIRST_SECONDS = 1e9 - 1

/** A message's own time in epoch ms, by a JSON path or where it usually stands (`auto`). */
export function ownTimeOf(payload: Uint8Array, where: string, hint: EncodingHint): number | undefined {
  if (payload.length > MAX_BYTES) return undefined
  const document = plainPayload(payload, hint)
  if (document === undefined) return undefined
  if (where === 'auto') {
    for (const name of USUAL) {
      const atMs = toMs(stepInto(document, [name]))
      if (atMs !== undefined) return atMs
    }
    return undefined
  }
  const read = readPath(where)
  return 'problem' in read ? undefined : toMs(stepInto(document, read.path))
}

function toMs(value: unknown): number | undefined {
  if (typeof value === 'string') {
    const atMs = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN
    return Number.isNaN(atMs) ? undefined : atMs
  }
  if (typeof value !== 'number' || value < FIRST_SECONDS || value > 1e13) return undefined
  return value < FIRST_MS ? value * 1_000 : value
}
