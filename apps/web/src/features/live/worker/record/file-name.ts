import type { ExportFormat } from '../../protocol/record.ts'

const ENDINGS: Record<ExportFormat, string> = { jsonl: 'jsonl', csv: 'csv', recording: 'jsonl.gz' }

/** `messages-2026-11-22T06-45-00Z.csv`: no colons, which some file systems refuse. */
export function fileNameFor(format: ExportFormat, atMs: number): string {
  const at = new Date(atMs).toISOString().slice(0, 19).replaceAll(':', '-')
  return `${format === 'recording' ? 'recording' : 'messages'}-${at}Z.${ENDINGS[format]}`
}
