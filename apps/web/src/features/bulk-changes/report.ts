import type { BulkChange, BulkChangeResult } from '@thingdeck/contract'
import { csvField } from '../../shared/csv-field.ts'
import { saveFile } from '../../shared/save-file.ts'
import { timeForFileName } from '../../shared/time-for-file-name.ts'
import { allResults } from './api.ts'

const HEADINGS = ['target', 'outcome', 'path', 'before', 'after', 'version', 'code', 'message'] as const

/** A line for each change of each target; a target without one has a line, too. RFC 4180. */
export function reportCsv(results: readonly BulkChangeResult[]): string {
  const lines = results.flatMap(({ target, outcome, changes = [], version, code = '', message = '' }) =>
    (changes.length === 0 ? [undefined] : changes).map((change) => [
      target,
      outcome,
      change?.path ?? '',
      change?.beforeText ?? '',
      change?.afterText ?? '',
      version === undefined ? '' : String(version),
      code,
      message,
    ]),
  )
  return [HEADINGS, ...lines].map((line) => `${line.map(csvField).join(',')}\r\n`).join('')
}

/** A line for each target, as the API has it. */
export const reportJsonLines = (results: readonly BulkChangeResult[]): string =>
  results.map((result) => `${JSON.stringify(result)}\n`).join('')

/** Reads all results and hands them to the browser as a file. */
export async function saveReport({ bulkChangeId, startedAt }: BulkChange, format: 'csv' | 'jsonl'): Promise<void> {
  const results = await allResults(bulkChangeId)
  const [text, type] =
    format === 'csv' ? [reportCsv(results), 'text/csv'] : [reportJsonLines(results), 'application/jsonl']
  saveFile(new Blob([text], { type }), `bulk-change-${timeForFileName(Date.parse(startedAt))}.${format}`)
}
