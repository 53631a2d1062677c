import type {
  AbortCriteria,
  ExecutionCounts,
  ExecutionStatus,
  JobStatus,
  RetryCriteria,
  RolloutConfig,
  SchedulingConfig,
} from '@thingdeck/jobs'
import { NO_EXECUTIONS } from '@thingdeck/jobs'
import type { Database } from '../../foundation/database.ts'
import { JOBS_SCHEMA } from './schema.ts'

/** What an operator said of a job, in the words of `CreateJob`. */
export interface JobDefinition {
  readonly targets: readonly string[]
  readonly description?: string | undefined
  readonly presignedUrlConfig?: { roleArn?: string | undefined; expiresInSec?: number | undefined } | undefined
  readonly rollout?: RolloutConfig | undefined
  readonly abort?: readonly AbortCriteria[] | undefined
  readonly inProgressTimeoutInMinutes?: number | undefined
  readonly retry?: readonly RetryCriteria[] | undefined
  readonly scheduling?: SchedulingConfig | undefined
  readonly documentParameters?: Readonly<Record<string, string>> | undefined
  readonly jobTemplateArn?: string | undefined
  readonly destinationPackageVersions?: readonly string[] | undefined
  /** As document and destinations were written, where the catalog of software packages has said more. */
  readonly beforeSubstitution?: { readonly document: string; readonly destinations: readonly string[] } | undefined
}

/** What is being done with all executions of a job, some at a time. */
export type JobWork = 'cancel' | 'force-cancel' | 'delete'

/** A job as it is kept. Times are epoch milliseconds. */
export interface JobRow {
  readonly seq: number
  readonly jobId: string
  readonly status: JobStatus
  readonly targetSelection: 'SNAPSHOT' | 'CONTINUOUS'
  readonly namespaceId: string | null
  /** JSON of a {@link JobDefinition}. */
  readonly definition: string
  readonly document: string
  readonly documentSource: string | null
  readonly createdMs: number
  readonly updatedMs: number
  readonly completedMs: number | null
  /** Executions that are queued are not shown to devices: the job is out of its windows, or is being ended. */
  readonly hidden: number
  /** Nothing is rolled out any more: the end of its schedule has passed. */
  readonly ended: number
  readonly work: JobWork | null
  readonly forceCanceled: number
  readonly comment: string | null
  readonly reasonCode: string | null
  /** Things for which an execution was made; attempts after the first do not count. */
  readonly notified: number
  readonly minuteStartMs: number | null
  readonly minuteRate: number
  readonly minuteQueued: number
  /** Things whose queued executions are shown, or hidden, since: told bit by bit, from behind this execution on. */
  readonly retellAfter: number | null
  /** When there is something to do for it next. */
  readonly dueMs: number | null
}

export interface Job extends Omit<JobRow, 'definition'> {
  readonly definition: JobDefinition
}

const COLUMNS = `j.seq, j.job_id AS jobId, j.status, j.target_selection AS targetSelection, j.namespace_id AS namespaceId,
  j.definition, j.document, j.document_source AS documentSource, j.created_ms AS createdMs, j.updated_ms AS updatedMs,
  j.completed_ms AS completedMs, j.hidden, j.ended, j.work, j.force_canceled AS forceCanceled, j.comment,
  j.reason_code AS reasonCode, j.notified, j.minute_start_ms AS minuteStartMs, j.minute_rate AS minuteRate,
  j.minute_queued AS minuteQueued, j.retell_after AS retellAfter, j.due_ms AS dueMs`

/** What of a job changes while it lasts. */
export type JobPatch = Partial<
  Omit<
    JobRow,
    'seq' | 'jobId' | 'targetSelection' | 'namespaceId' | 'definition' | 'document' | 'documentSource' | 'createdMs'
  >
>

const COLUMN_OF: Readonly<Record<keyof JobPatch, string>> = {
  status: 'status',
  updatedMs: 'updated_ms',
  completedMs: 'completed_ms',
  hidden: 'hidden',
  ended: 'ended',
  work: 'work',
  forceCanceled: 'force_canceled',
  comment: 'comment',
  reasonCode: 'reason_code',
  notified: 'notified',
  minuteStartMs: 'minute_start_ms',
  minuteRate: 'minute_rate',
  minuteQueued: 'minute_queued',
  retellAfter: 'retell_after',
  dueMs: 'due_ms',
}

/** Which jobs `ListJobs` is asked for. */
export interface JobFilter {
  readonly status?: string | undefined
  readonly targetSelection?: string | undefined
  /** ARN of a thing group that is among the targets. */
  readonly target?: string | undefined
  readonly namespaceId?: string | undefined
}

/** Jobs, and how many executions of each there are in each state. */
export class JobTable {
  readonly #database: Database
  /** What the latest texts mean: reading one takes longer than all else. */
  readonly #known = new Map<number, { readonly text: string; readonly definition: JobDefinition }>()

  #version = 0

  constructor(database: Database) {
    this.#database = database
    database.migrate('jobs', JOBS_SCHEMA)
  }

  insert(
    job: Pick<Job, 'jobId' | 'status' | 'targetSelection' | 'namespaceId' | 'document' | 'documentSource' | 'dueMs'> & {
      readonly definition: JobDefinition
      readonly hidden: number
    },
    nowMs: number,
  ): number {
    this.#version += 1
    const { lastInsertRowid } = this.#database.run(
      `INSERT INTO jobs (job_id, status, target_selection, namespace_id, definition, document, document_source,
        created_ms, updated_ms, hidden, due_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      job.jobId,
      job.status,
      job.targetSelection,
      job.namespaceId,
      JSON.stringify(job.definition),
      job.document,
      job.documentSource,
      nowMs,
      nowMs,
      job.hidden,
      job.dueMs,
    )
    this.addTargets(lastInsertRowid, job.definition.targets)
    return lastInsertRowid
  }

  /** Another one whenever which jobs there are, what they are, or in which state may have changed. */
  get version(): number {
    return this.#version
  }

  addTargets(seq: number, targets: readonly string[]): void {
    for (const target of targets) this.#database.run('INSERT OR IGNORE INTO job_targets VALUES (?, ?)', seq, target)
  }

  find(jobId: string): Job | undefined {
    return this.#read(this.#database.get<JobRow>(`SELECT ${COLUMNS} FROM jobs j WHERE job_id = ?`, jobId))
  }

  get(seq: number): Job | undefined {
    return this.#read(this.#database.get<JobRow>(`SELECT ${COLUMNS} FROM jobs j WHERE seq = ?`, seq))
  }

  patch(seq: number, patch: JobPatch): void {
    if (patch.status !== undefined || patch.ended !== undefined) this.#version += 1
    const entries = Object.entries(patch).filter(([, value]) => value !== undefined)
    // Keys of the type, which the compiler knows as texts only.
    const sets = entries.map(([key]) => `${COLUMN_OF[key as keyof JobPatch]} = ?`)
    this.#database.run(`UPDATE jobs SET ${sets.join(', ')} WHERE seq = ?`, ...entries.map(([, value]) => value), seq)
  }

  define(seq: number, definition: JobDefinition): void {
    this.#version += 1
    this.#database.run('UPDATE jobs SET definition = ? WHERE seq = ?', JSON.stringify(definition), seq)
  }

  delete(seq: number): void {
    this.#version += 1
    this.#known.delete(seq)
    this.#database.run('DELETE FROM job_targets WHERE job = ?', seq)
    this.#database.run('DELETE FROM job_counts WHERE job = ?', seq)
    this.#database.run('DELETE FROM jobs WHERE seq = ?', seq)
  }

  /** Something has to be done for it at that time, or before. */
  wake(seq: number, atMs: number): void {
    this.#database.run('UPDATE jobs SET due_ms = min(coalesce(due_ms, ?1), ?1) WHERE seq = ?2', atMs, seq)
  }

  /** The job that has waited longest for something that is due. */
  firstDue(nowMs: number): Job | undefined {
    const sql = `SELECT ${COLUMNS} FROM jobs j WHERE due_ms <= ? ORDER BY due_ms, seq LIMIT 1`
    return this.#read(this.#database.get<JobRow>(sql, nowMs))
  }

  nextDueMs(): number | undefined {
    const row = this.#database.get<{ due: number | null }>(
      'SELECT min(due_ms) AS due FROM jobs WHERE due_ms IS NOT NULL',
    )
    return row?.due ?? undefined
  }

  /** The newest first. */
  list({ status, targetSelection, target, namespaceId }: JobFilter, before: number, count: number): Job[] {
    const conditions = ['j.seq < ?']
    const values: (string | number)[] = [before]
    const where = (condition: string, value: string | undefined) => {
      if (value === undefined) return
      conditions.push(condition)
      values.push(value)
    }
    where('j.status = ?', status)
    where('j.target_selection = ?', targetSelection)
    where('EXISTS (SELECT 1 FROM job_targets t WHERE t.job = j.seq AND t.target = ?)', target)
    where('j.namespace_id = ?', namespaceId)
    const sql = `SELECT ${COLUMNS} FROM jobs j WHERE ${conditions.join(' AND ')} ORDER BY j.seq DESC LIMIT ?`
    return this.#database.all<JobRow>(sql, ...values, count).flatMap((row) => this.#read(row) ?? [])
  }

  /** Continuous jobs that go on. */
  continuous(): Job[] {
    const sql = `SELECT ${COLUMNS} FROM jobs j WHERE target_selection = 'CONTINUOUS'
      AND status IN ('IN_PROGRESS', 'SCHEDULED') AND ended = 0`
    return this.#database.all<JobRow>(sql).flatMap((row) => this.#read(row) ?? [])
  }

  countDeleting(): number {
    const sql = "SELECT count(*) AS n FROM jobs WHERE status = 'DELETION_IN_PROGRESS'"
    return this.#database.get<{ n: number }>(sql)?.n ?? 0
  }

  counts(seq: number): ExecutionCounts {
    const sql = 'SELECT status, n FROM job_counts WHERE job = ?'
    const rows = this.#database.all<{ status: ExecutionStatus; n: number }>(sql, seq)
    return { ...NO_EXECUTIONS, ...Object.fromEntries(rows.map(({ status, n }) => [status, n])) }
  }

  #read(row: JobRow | undefined): Job | undefined {
    if (!row) return undefined
    const rest: Omit<JobRow, 'definition'> = row // nobody else has it, so that it need not be copied
    return Object.assign(rest, { definition: this.#definitionOf(row) })
  }

  #definitionOf({ seq, definition: text }: JobRow): JobDefinition {
    const known = this.#known.get(seq)
    // The database decides: what was rolled back has another text.
    if (known?.text === text) return known.definition
    const definition = JSON.parse(text) as JobDefinition // which `insert` and `define` alone write
    this.#known.set(seq, { text, definition })
    if (this.#known.size > KNOWN_DEFINITIONS) this.#known.delete(this.#known.keys().next().value ?? seq)
    return definition
  }
}

const KNOWN_DEFINITIONS = 256
