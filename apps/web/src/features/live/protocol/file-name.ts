import type { ExportFormat } from './record.ts'

const ENDINGS: Record<ExportFormat, string> = { jsonl: 'jsonl', csv: 'csv', recording: 'jsonl.gz' }

/** `messages-2026-11-22T06-45-00Z.csv`. */
export const fileNameFor = (format: ExportFormat, atMs: number): string =>
  `${format === 'recording' ? 'recording' : 'messages'}-${timeForFileName(atMs)}.${ENDINGS[format]}`

/** `2026-11-22T06-45-00Z`: no colons, which some file systems refuse. */
export const timeForFileName = (atMs: number): string =>
  `${new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-')}Z`
