import { formatPath, type JsonValue, jsonIdentical } from '@thingdeck/json'
import { diffSections, type MergeConflict, type SectionRow, type Shadow, type ShadowState } from '@thingdeck/shadows'

/** One value of a shadow: what is desired, what the draft makes of it, and what is reported. */
export interface StateRow {
  /** `target.pressure`: the path from the section, for people. */
  readonly key: string
  readonly path: readonly string[]
  readonly desired: JsonValue | undefined
  /** What the draft would change. */
  readonly draft: { readonly kind: 'set'; readonly value: JsonValue } | { readonly kind: 'removed' } | undefined
  readonly reported: JsonValue | undefined
  readonly desiredAtMs: number | undefined
  readonly reportedAtMs: number | undefined
  /** Who waits for whom. `missing`: the device has never reported this key. */
  readonly status: 'same' | 'differs' | 'missing' | 'unasked'
  readonly isConflict: boolean
}

export const NO_SHADOW: Pick<Shadow, 'state' | 'metadata'> = { state: {}, metadata: {} }

export const formatKey = (path: readonly (string | number)[]) => formatPath(path).replace(/^\$\.?/, '')

/** Every value that is no object, as the document has them; those that only the draft has follow. */
export function stateRows(
  shadow: Pick<Shadow, 'state' | 'metadata'>,
  draft?: ShadowState,
  conflicts: readonly MergeConflict[] = [],
): readonly StateRow[] {
  const live = diffSections(shadow).filter(({ isGroup }) => !isGroup)
  if (!draft) return live.map((row) => toRow(row, undefined, conflicts))
  const drafted = new Map(
    diffSections({ state: { desired: draft.desired, reported: shadow.state.reported }, metadata: {} })
      .filter(({ isGroup }) => !isGroup)
      .map((row) => [formatKey(row.path), row]),
  )
  const rows = live.map((row) => {
    const key = formatKey(row.path)
    const after = drafted.get(key)
    drafted.delete(key)
    return toRow(row, draftOf(row.desired, after?.desired), conflicts)
  })
  for (const row of drafted.values()) {
    if (row.desired === undefined) continue
    rows.push(toRow({ ...row, desired: undefined, status: 'unasked' }, { kind: 'set', value: row.desired }, conflicts))
  }
  return rows
}

function draftOf(before: JsonValue | undefined, after: JsonValue | undefined): StateRow['draft'] {
  if (after === undefined) return before === undefined ? undefined : { kind: 'removed' }
  return before !== undefined && jsonIdentical(before, after) ? undefined : { kind: 'set', value: after }
}

function toRow(row: SectionRow, draft: StateRow['draft'], conflicts: readonly MergeConflict[]): StateRow {
  const { path, desired, reported, desiredAtSeconds, reportedAtSeconds, status } = row
  return {
    key: formatKey(path),
    path: path.map(String),
    desired,
    draft,
    reported,
    desiredAtMs: desiredAtSeconds === undefined ? undefined : desiredAtSeconds * 1_000,
    reportedAtMs: reportedAtSeconds === undefined ? undefined : reportedAtSeconds * 1_000,
    status: status === 'pending' ? (reported === undefined ? 'missing' : 'differs') : status,
    isConflict: conflicts.some(({ path: [section, ...at] }) => section === 'desired' && startsWith(path, at)),
  }
}

const startsWith = (path: readonly (string | number)[], beginning: readonly (string | number)[]) =>
  beginning.every((step, index) => path[index] === step)

export const isWaiting = ({ status }: StateRow) => status === 'differs' || status === 'missing'

/** What somebody has to look at comes first: conflicts, drafts, differences; within these the document's order. */
export function byUrgency(rows: readonly StateRow[]): readonly StateRow[] {
  const rank = (row: StateRow) => (row.isConflict ? 0 : row.draft ? 1 : isWaiting(row) ? 2 : 3)
  return rows
    .map((row, index) => ({ row, index, rank: rank(row) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .map(({ row }) => row)
}

/**
 * The same rows, but with the objects of `before` for all that are as they were, so that only what changed is drawn
 * again; and `before` itself if everything is.
 */
export function shareRows(before: readonly StateRow[], rows: readonly StateRow[]): readonly StateRow[] {
  const known = new Map(before.map((row) => [row.key, row]))
  const shared = rows.map((row) => {
    const old = known.get(row.key)
    return old && isSameRow(old, row) ? old : row
  })
  return shared.length === before.length && shared.every((row, index) => row === before[index]) ? before : shared
}

function isSameRow(a: StateRow, b: StateRow): boolean {
  return (
    a.status === b.status &&
    a.isConflict === b.isConflict &&
    a.desiredAtMs === b.desiredAtMs &&
    a.reportedAtMs === b.reportedAtMs &&
    isSameValue(a.desired, b.desired) &&
    isSameValue(a.reported, b.reported) &&
    isSameDraft(a.draft, b.draft) &&
    a.path.length === b.path.length &&
    a.path.every((step, index) => step === b.path[index]) // keys with dots in them: two paths may read alike
  )
}

function isSameDraft(a: StateRow['draft'], b: StateRow['draft']): boolean {
  if (a?.kind === 'set' && b?.kind === 'set') return jsonIdentical(a.value, b.value)
  return a?.kind === b?.kind
}

function isSameValue(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : a === b || jsonIdentical(a, b)
}
