import { createPreference } from '../../../../shared/preferences/preferences.ts'
import { COLUMNS, type ColumnId, DEFAULT_COLUMNS } from './columns.ts'

export interface ListPreferences {
  readonly columns: readonly ColumnId[]
  /** Width of the topic's column, once somebody set it. */
  readonly topicPx?: number
  /** JSON path of the message's own time; `auto` looks for the usual names. */
  readonly ownTimePath: string
  /** JSON path of a number that counts up by one per topic; empty: not looked at. */
  readonly sequencePath: string
  /** Where a message is looked at, and how much room that takes once somebody set it. */
  readonly detailSide: 'bottom' | 'right'
  readonly detailPx?: number
  /** What the stream may hold, payloads and columns. */
  readonly maxMegabytes: number
}

export const MEGABYTE_CHOICES = [64, 128, 256, 512] as const

export const DEFAULT_PREFERENCES: ListPreferences = {
  columns: DEFAULT_COLUMNS,
  ownTimePath: 'auto',
  sequencePath: '',
  detailSide: 'bottom',
  maxMegabytes: 256,
}

export const listPreference = createPreference<ListPreferences>('live.list', readPreferences)

/** What is stored may be of an older release: each part counts that makes sense. */
export function readPreferences(stored: unknown): ListPreferences {
  if (typeof stored !== 'object' || stored === null) return DEFAULT_PREFERENCES
  const parts: Record<string, unknown> = { ...stored }
  const { columns, topicPx, ownTimePath, sequencePath, detailSide, detailPx, maxMegabytes } = parts
  return {
    columns: Array.isArray(columns)
      ? COLUMNS.map(({ id }) => id).filter((id) => columns.includes(id))
      : DEFAULT_PREFERENCES.columns,
    ...(isPixels(topicPx) ? { topicPx } : {}),
    ownTimePath: typeof ownTimePath === 'string' && ownTimePath !== '' ? ownTimePath : 'auto',
    sequencePath: typeof sequencePath === 'string' ? sequencePath : '',
    detailSide: detailSide === 'right' ? 'right' : 'bottom',
    ...(isPixels(detailPx) ? { detailPx } : {}),
    maxMegabytes: MEGABYTE_CHOICES.find((choice) => choice === maxMegabytes) ?? DEFAULT_PREFERENCES.maxMegabytes,
  }
}

const isPixels = (value: unknown): value is number => typeof value === 'number' && value >= 80 && value <= 4_000
