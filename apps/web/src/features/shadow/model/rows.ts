import { formatPath, type JsonValue } from '@thingdeck/json'
import { diffSections, type SectionRow, type Shadow } from '@thingdeck/shadows'

/** One value of a shadow, with what is desired and what is reported of it. */
export interface StateRow {
  /** `target.pressure`: the path from the section, for people. */
  readonly key: string
  readonly desired: JsonValue | undefined
  readonly reported: JsonValue | undefined
  readonly desiredAtMs: number | undefined
  readonly reportedAtMs: number | undefined
  /** Who waits for whom. `missing`: the device has never reported this key. */
  readonly status: 'same' | 'differs' | 'missing' | 'unasked'
}

/** Every value, those that differ first, otherwise as the document has them. */
export function stateRows(shadow: Shadow): readonly StateRow[] {
  const rows = diffSections(shadow)
    .filter(({ isGroup }) => !isGroup)
    .map(toRow)
  const waits = ({ status }: StateRow) => status === 'differs' || status === 'missing'
  return [...rows.filter(waits), ...rows.filter((row) => !waits(row))]
}

function toRow({ path, desired, reported, desiredAtSeconds, reportedAtSeconds, status }: SectionRow): StateRow {
  return {
    key: formatPath(path).replace(/^\$\.?/, ''),
    desired,
    reported,
    desiredAtMs: desiredAtSeconds === undefined ? undefined : desiredAtSeconds * 1_000,
    reportedAtMs: reportedAtSeconds === undefined ? undefined : reportedAtSeconds * 1_000,
    status: status === 'pending' ? (reported === undefined ? 'missing' : 'differs') : status,
  }
}
