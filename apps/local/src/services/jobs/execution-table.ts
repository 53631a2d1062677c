import { deadlineOf, type Execution, type ExecutionStatus, type StatusDetails } from '@thingdeck/jobs'
import type { Database } from '../../foundation/database.ts'

/** Attempts of a thing at a job before this one that ended so, since it was (last) reached by the job. */
export interface RetryCounts {
  readonly retriedFailed: number
  readonly retriedTimedOut: number
}

/** An execution as it is kept. */
export interface KeptExecution extends Execution, RetryCounts {
  readonly seq: number
  /** The job's number, not its id. */
  readonly job: number
  readonly thingName: string
  readonly executionNumber: number
  readonly forceCanceled: boolean
}

interface Row {
  seq: number
  job: number
  thing_name: string
  execution_number: number
  status: ExecutionStatus
  status_details: string
  version_number: number
  queued_ms: number
  started_ms: number | null
  updated_ms: number
  in_progress_deadline_ms: number | null
  step_deadline_ms: number | null
  retried_failed: number
  retried_timed_out: number
  force_canceled: number
}

/** Executions of jobs. */
export class ExecutionTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Under the number behind the highest of that job and thing. */
  insert(job: number, thingName: string, execution: Execution, retries: RetryCounts): KeptExecution {
    const sql = 'SELECT max(execution_number) AS n FROM job_executions WHERE job = ? AND thing_name = ?'
    const executionNumber = (this.#database.get<{ n: number | null }>(sql, job, thingName)?.n ?? 0) + 1
    const { lastInsertRowid: seq } = this.#database.run(
      `INSERT INTO job_executions (job, thing_name, execution_number, status, status_details, version_number, queued_ms,
        started_ms, updated_ms, in_progress_deadline_ms, step_deadline_ms, deadline_ms, retried_failed, retried_timed_out)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      job,
      thingName,
      executionNumber,
      ...valuesOf(execution),
      retries.retriedFailed,
      retries.retriedTimedOut,
    )
    return { ...execution, ...retries, seq, job, thingName, executionNumber, forceCanceled: false }
  }

  update(seq: number, execution: Execution, isForced = false): void {
    this.#database.run(
      `UPDATE job_executions SET status = ?, status_details = ?, version_number = ?, queued_ms = ?, started_ms = ?,
        updated_ms = ?, in_progress_deadline_ms = ?, step_deadline_ms = ?, deadline_ms = ?,
        force_canceled = max(force_canceled, ?) WHERE seq = ?`,
      ...valuesOf(execution),
      isForced ? 1 : 0,
      seq,
    )
  }

  /** Has one that could not be timed out looked at again. */
  expireAt(seq: number, deadlineMs: number): void {
    this.#database.run(
      'UPDATE job_executions SET deadline_ms = ? WHERE seq = ? AND deadline_ms IS NOT NULL',
      deadlineMs,
      seq,
    )
  }

  delete(seq: number): void {
    this.#database.run('DELETE FROM job_executions WHERE seq = ?', seq)
  }

  /** The one of that number, or the latest. */
  find(job: number, thingName: string, executionNumber: number | undefined): KeptExecution | undefined {
    const row =
      executionNumber === undefined
        ? this.#database.get<Row & object>(
            'SELECT * FROM job_executions WHERE job = ? AND thing_name = ? ORDER BY execution_number DESC LIMIT 1',
            job,
            thingName,
          )
        : this.#database.get<Row & object>(
            'SELECT * FROM job_executions WHERE job = ? AND thing_name = ? AND execution_number = ?',
            job,
            thingName,
            executionNumber,
          )
    return row && read(row)
  }

  /** All of a thing that its devices may see, in the order in which they were made. */
  pending(thingName: string): KeptExecution[] {
    const sql = `SELECT e.* FROM job_executions e JOIN jobs j ON j.seq = e.job
      WHERE e.thing_name = ? AND e.status IN ('QUEUED', 'IN_PROGRESS') AND (e.status = 'IN_PROGRESS' OR j.hidden = 0)
        AND j.namespace_id IS NULL ORDER BY e.seq`
    return this.#database.all<Row>(sql, thingName).map(read)
  }

  /** All of a thing that have not ended, whoever may see them. */
  open(thingName: string): KeptExecution[] {
    const sql = "SELECT * FROM job_executions WHERE thing_name = ? AND status IN ('QUEUED', 'IN_PROGRESS') ORDER BY seq"
    return this.#database.all<Row>(sql, thingName).map(read)
  }

  /** Of a job, in one of some states, in the order in which they were made. */
  ofJob(job: number, statuses: readonly ExecutionStatus[], after: number, count: number): KeptExecution[] {
    return statuses
      .flatMap((status) =>
        this.#database.all<Row>(
          'SELECT * FROM job_executions WHERE job = ? AND status = ? AND seq > ? ORDER BY seq LIMIT ?',
          job,
          status,
          after,
          count,
        ),
      )
      .map(read)
      .sort((a, b) => a.seq - b.seq)
      .slice(0, count)
  }

  /** Of a thing, the latest first. */
  ofThing(
    thingName: string,
    {
      status,
      job,
      namespaceId,
    }: { status?: string | undefined; job?: number | undefined; namespaceId?: string | undefined },
    before: number,
    count: number,
  ): KeptExecution[] {
    const conditions = ['e.thing_name = ?', 'e.seq < ?']
    const values: (string | number)[] = [thingName, before]
    const where = (condition: string, value: string | number | undefined) => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    where('e.status = ?', status)
    where('e.job = ?', job)
    where('j.namespace_id = ?', namespaceId)
    const sql = `SELECT e.* FROM job_executions e JOIN jobs j ON j.seq = e.job WHERE ${conditions.join(' AND ')}
      ORDER BY e.seq DESC LIMIT ?`
    return this.#database.all<Row>(sql, ...values, count).map(read)
  }

  /** Whose time is over, the earliest first. */
  expired(nowMs: number, count: number): KeptExecution[] {
    const sql = 'SELECT * FROM job_executions WHERE deadline_ms <= ? ORDER BY deadline_ms, seq LIMIT ?'
    return this.#database.all<Row>(sql, nowMs, count).map(read)
  }

  nextDeadlineMs(): number | undefined {
    const sql = 'SELECT min(deadline_ms) AS ms FROM job_executions WHERE deadline_ms IS NOT NULL'
    return this.#database.get<{ ms: number | null }>(sql)?.ms ?? undefined
  }
}

function valuesOf(execution: Execution) {
  return [
    execution.status,
    JSON.stringify(execution.statusDetails),
    execution.versionNumber,
    execution.queuedAtMs,
    execution.startedAtMs ?? null,
    execution.lastUpdatedAtMs,
    execution.inProgressDeadlineMs ?? null,
    execution.stepDeadlineMs ?? null,
    deadlineOf(execution) ?? null,
  ] as const
}

function read(row: Row): KeptExecution {
  return {
    seq: row.seq,
    job: row.job,
    thingName: row.thing_name,
    executionNumber: row.execution_number,
    status: row.status,
    statusDetails: JSON.parse(row.status_details) as StatusDetails, // which `valuesOf` alone writes
    versionNumber: row.version_number,
    queuedAtMs: row.queued_ms,
    startedAtMs: row.started_ms ?? undefined,
    lastUpdatedAtMs: row.updated_ms,
    inProgressDeadlineMs: row.in_progress_deadline_ms ?? undefined,
    stepDeadlineMs: row.step_deadline_ms ?? undefined,
    retriedFailed: row.retried_failed,
    retriedTimedOut: row.retried_timed_out,
    forceCanceled: row.force_canceled === 1,
  }
}
