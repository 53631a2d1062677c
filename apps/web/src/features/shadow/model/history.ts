import type { SeenDocument } from './seen-document.ts'

/** One moment in what this page saw of the shadow since it was opened. */
export type HistoryEntry =
  | { readonly kind: 'document'; readonly id: number; readonly document: SeenDocument; readonly isMine: boolean }
  | {
      readonly kind: 'deleted'
      readonly id: number
      /** Of the document that was deleted; undefined if the deletion itself was not seen. */
      readonly version: number | undefined
      readonly seenAtMs: number
      readonly clientToken: string | undefined
      readonly isMine: boolean
    }

export interface History {
  /** Oldest first. Versions that nobody saw leave a hole in the numbers. */
  readonly entries: readonly HistoryEntry[]
  /** How many entries had to go to keep the rest within {@link HISTORY_LIMITS}. */
  readonly agedOut: number
  readonly nextId: number
}

export const HISTORY_LIMITS = { maxEntries: 2_000, maxBytes: 32 * 1024 * 1024 } as const

export const NO_HISTORY: History = { entries: [], agedOut: 0, nextId: 1 }

/** A union loses its parts under `Omit`; this keeps them. */
type WithoutId<Entry> = Entry extends HistoryEntry ? Omit<Entry, 'id'> : never

/** Adds what was seen, in its order. A document that we reckoned gives way to the service's own of that version. */
export function remember(history: History, seen: readonly WithoutId<HistoryEntry>[]): History {
  if (seen.length === 0) return history
  const entries = [...history.entries]
  let { nextId } = history
  for (const entry of seen) {
    const last = entries.at(-1)
    if (entry.kind === 'document' && last?.kind === 'document' && last.document.version === entry.document.version) {
      if (last.document.source === 'reckoned') entries[entries.length - 1] = { ...entry, id: last.id }
      continue
    }
    entries.push({ ...entry, id: nextId })
    nextId += 1
  }
  const kept = newestWithinLimits(entries)
  return { entries: kept, agedOut: history.agedOut + entries.length - kept.length, nextId }
}

function newestWithinLimits(entries: readonly HistoryEntry[]): readonly HistoryEntry[] {
  let bytes = 0
  let start = entries.length
  while (start > 0 && entries.length - start < HISTORY_LIMITS.maxEntries) {
    const entry = entries[start - 1]
    bytes += entry?.kind === 'document' ? entry.document.sizeBytes : 0
    if (bytes > HISTORY_LIMITS.maxBytes) break
    start -= 1
  }
  return start === 0 ? entries : entries.slice(start)
}
