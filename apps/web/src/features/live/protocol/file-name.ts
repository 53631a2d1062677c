import { timeForFileName } from '../../../shared/time-for-file-name.ts'
import type { ExportFormat } from './record.ts'

const ENDINGS: Record<ExportFormat, string> = { jsonl: 'jsonl', csv: 'csv', recording: 'jsonl.gz' }

/** `messages-2026-11-22T06-45-00Z.csv`. */
export const fileNameFor = (format: ExportFormat, atMs: number): string =>
  `${format === 'recording' ? 'recording' : 'messages'}-${timeForFileName(atMs)}.${ENDINGS[format]}`
