import type { JobExecutionSummary } from '@thingdeck/contract'
import { csvField } from '../../../shared/csv-field.ts'
import { saveFile } from '../../../shared/save-file.ts'
import { readExecutions } from '../all-executions.ts'

/** So many lines are one file: four hundred requests, at AWS's rate forty seconds. */
const MOST_LINES = 100_000

const HEADINGS = [
  'thingName',
  'status',
  'executionNumber',
  'retryAttempt',
  'queuedAt',
  'startedAt',
  'lastUpdatedAt',
] as const

/** A line for each attempt, times in ISO 8601 (RFC 4180). */
const executionsCsv = (executions: readonly JobExecutionSummary[]): string =>
  [HEADINGS, ...executions.map((execution) => HEADINGS.map((name) => String(execution[name] ?? '')))]
    .map((line) => `${line.map(csvField).join(',')}\r\n`)
    .join('')

/** A line for each attempt, as the API has it. */
const executionsJsonLines = (executions: readonly JobExecutionSummary[]): string =>
  executions.map((execution) => `${JSON.stringify(execution)}\n`).join('')

/** Reads all executions of a job and hands them to the browser as a file. */
export async function saveExecutions(jobId: string, format: 'csv' | 'jsonl'): Promise<void> {
  const { executions } = await readExecutions(jobId, MOST_LINES)
  const [text, type] =
    format === 'csv' ? [executionsCsv(executions), 'text/csv'] : [executionsJsonLines(executions), 'application/jsonl']
  saveFile(new Blob([text], { type }), `job-${jobId}.${format}`)
}
