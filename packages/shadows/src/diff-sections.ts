import { isJsonObject, type JsonPath, type JsonValue } from '@thingdeck/json'
import { differenceOf } from './delta.ts'
import { isMetadataObject, latestTimestamp, type MetadataNode } from './metadata.ts'
import type { Shadow } from './shadow.ts'

/** One key of a shadow, with what is desired and what is reported of it. */
export interface SectionRow {
  /** From the section down, e.g. `['lamp', 'on']`. */
  readonly path: JsonPath
  readonly key: string
  /** 0 for the keys of the section itself. */
  readonly depth: number
  /** Whether rows for the keys within follow. A group is an object, at least on one side. */
  readonly isGroup: boolean
  readonly desired: JsonValue | undefined
  readonly reported: JsonValue | undefined
  /** When the value, or the latest within it, was last named in an update; epoch seconds. */
  readonly desiredAtSeconds: number | undefined
  readonly reportedAtSeconds: number | undefined
  /** `pending`: part of the delta. `unasked`: reported only, which is no difference to a shadow service. */
  readonly status: 'same' | 'pending' | 'unasked'
}

interface Side {
  readonly value: JsonValue | undefined
  readonly metadata: MetadataNode | undefined
}

/**
 * Lays both sections side by side, aligned by key, depth first. Keys come in the order of `desired`; those that are
 * only reported follow. Arrays are values and make one row.
 */
export function diffSections({ state, metadata }: Pick<Shadow, 'state' | 'metadata'>): SectionRow[] {
  const rows: SectionRow[] = []
  addRows(
    { value: state.desired, metadata: metadata.desired },
    { value: state.reported, metadata: metadata.reported },
    [],
    rows,
  )
  return rows
}

function addRows(desired: Side, reported: Side, path: readonly string[], rows: SectionRow[]): void {
  for (const key of new Set([...keysOf(desired.value), ...keysOf(reported.value)])) {
    const wish = memberOf(desired, key)
    const report = memberOf(reported, key)
    const isGroup = isGroupOf(wish.value, report.value)
    const childPath = [...path, key]
    rows.push({
      path: childPath,
      key,
      depth: path.length,
      isGroup,
      desired: wish.value,
      reported: report.value,
      desiredAtSeconds: latestTimestamp(wish.metadata),
      reportedAtSeconds: latestTimestamp(report.metadata),
      status: statusOf(wish.value, report.value),
    })
    if (isGroup) addRows(wish, report, childPath, rows)
  }
}

/** An object against a scalar or an array is one differing value, not a group. */
function isGroupOf(desired: JsonValue | undefined, reported: JsonValue | undefined): boolean {
  if (desired !== undefined && !isJsonObject(desired)) return false
  if (reported !== undefined && !isJsonObject(reported)) return false
  return (desired?.size ?? 0) + (reported?.size ?? 0) > 0
}

function statusOf(desired: JsonValue | undefined, reported: JsonValue | undefined): SectionRow['status'] {
  if (desired === undefined) return 'unasked'
  return differenceOf(desired, reported) === undefined ? 'same' : 'pending'
}

function keysOf(value: JsonValue | undefined): Iterable<string> {
  return isJsonObject(value) ? value.keys() : []
}

function memberOf({ value, metadata }: Side, key: string): Side {
  return {
    value: isJsonObject(value) ? value.get(key) : undefined,
    metadata: isMetadataObject(metadata) ? metadata.get(key) : undefined,
  }
}
