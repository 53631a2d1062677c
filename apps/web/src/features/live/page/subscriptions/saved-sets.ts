import { createPersonalPreference } from '../../../../shared/preferences/preferences.ts'

/** Subscriptions and filter under a name, as they stand in the URL. */
export interface SavedSet {
  readonly name: string
  readonly s: readonly string[]
  readonly q?: string
}

export const savedSetsPreference = createPersonalPreference<readonly SavedSet[]>('live.sets', (stored) =>
  Array.isArray(stored) ? stored.flatMap(readSet) : [],
)

function readSet(stored: unknown): SavedSet[] {
  if (typeof stored !== 'object' || stored === null || !('name' in stored) || !('s' in stored)) return []
  const { name, s } = stored
  if (typeof name !== 'string' || name === '' || !Array.isArray(s)) return []
  const q = 'q' in stored && typeof stored.q === 'string' && stored.q !== '' ? { q: stored.q } : {}
  return [{ name, s: s.filter((value) => typeof value === 'string'), ...q }]
}

/** With one more, in place of one of the same name. In the order of their names. */
export function withSet(sets: readonly SavedSet[], set: SavedSet): readonly SavedSet[] {
  return [...sets.filter(({ name }) => name !== set.name), set].sort((a, b) => a.name.localeCompare(b.name))
}

/** `dt/#, cmd/# · alarm` */
export function summaryOf({ s, q }: Pick<SavedSet, 's' | 'q'>): string {
  const filters = s.map((value) => value.replace(/^[^:]*:/, '')).join(', ')
  return q === undefined ? filters : `${filters} · ${q}`
}
