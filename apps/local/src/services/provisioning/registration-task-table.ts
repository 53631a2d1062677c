import type { Database } from '../../foundation/database.ts'

export type RegistrationTaskStatus = 'InProgress' | 'Completed' | 'Failed' | 'Cancelling' | 'Cancelled'

/** A task as it is kept. Times are epoch milliseconds. */
export interface RegistrationTask {
  readonly seq: number
  readonly taskId: string
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  readonly templateBody: string
  readonly inputFileBucket: string
  readonly inputFileKey: string
  readonly roleArn: string
  readonly status: RegistrationTaskStatus
  readonly message: string | null
  readonly successCount: number
  readonly failureCount: number
  /** Lines that were tried; the next one is at this index. */
  readonly linesDone: number
  /** Of the input; null before it was read. */
  readonly lines: number | null
  /** What the input was when it was first read, so that another one is not gone on with. */
  readonly etag: string | null
}

/** What became of a line. */
export interface RegistrationLine {
  readonly line: number
  readonly isError: boolean
  /** A line of the report: JSON. */
  readonly text: string
}

const COLUMNS = `seq, task_id AS taskId, created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs,
  template_body AS templateBody, input_file_bucket AS inputFileBucket, input_file_key AS inputFileKey,
  role_arn AS roleArn, status, message, success_count AS successCount, failure_count AS failureCount,
  lines_done AS linesDone, lines, etag`

const STEPS = [
  `CREATE TABLE registration_tasks (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    task_id TEXT NOT NULL UNIQUE,
    created_at_ms INTEGER NOT NULL,
    modified_at_ms INTEGER NOT NULL,
    template_body TEXT NOT NULL,
    input_file_bucket TEXT NOT NULL,
    input_file_key TEXT NOT NULL,
    role_arn TEXT NOT NULL,
    status TEXT NOT NULL,
    message TEXT,
    success_count INTEGER NOT NULL DEFAULT 0,
    failure_count INTEGER NOT NULL DEFAULT 0,
    lines_done INTEGER NOT NULL DEFAULT 0,
    lines INTEGER,
    etag TEXT
  ) STRICT;
  CREATE TABLE registration_lines (
    task_id TEXT NOT NULL REFERENCES registration_tasks (task_id) ON DELETE CASCADE,
    line INTEGER NOT NULL,
    is_error INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (task_id, line)
  ) STRICT, WITHOUT ROWID`,
]

/** Registration tasks, and what became of each of their lines. */
export class RegistrationTaskTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('provisioning', STEPS)
  }

  insert(
    task: Pick<RegistrationTask, 'taskId' | 'templateBody' | 'inputFileBucket' | 'inputFileKey' | 'roleArn'>,
    nowMs: number,
  ): void {
    this.#database.run(
      `INSERT INTO registration_tasks (task_id, created_at_ms, modified_at_ms, template_body, input_file_bucket,
        input_file_key, role_arn, status) VALUES (?, ?, ?, ?, ?, ?, ?, 'InProgress')`,
      task.taskId,
      nowMs,
      nowMs,
      task.templateBody,
      task.inputFileBucket,
      task.inputFileKey,
      task.roleArn,
    )
  }

  get(taskId: string): RegistrationTask | undefined {
    return this.#database.get<RegistrationTask>(`SELECT ${COLUMNS} FROM registration_tasks WHERE task_id = ?`, taskId)
  }

  /** Those that have not come to their end. */
  open(): RegistrationTask[] {
    return this.#database.all<RegistrationTask>(
      `SELECT ${COLUMNS} FROM registration_tasks WHERE status IN ('InProgress', 'Cancelling') ORDER BY seq`,
    )
  }

  /** In order of creation. */
  read(status: string | undefined, after: number, count: number): RegistrationTask[] {
    return this.#database.all<RegistrationTask>(
      `SELECT ${COLUMNS} FROM registration_tasks WHERE seq > ? AND (? IS NULL OR status = ?) ORDER BY seq LIMIT ?`,
      after,
      status ?? null,
      status ?? null,
      count,
    )
  }

  setStatus(taskId: string, status: RegistrationTaskStatus, message: string | undefined, nowMs: number): void {
    this.#database.run(
      'UPDATE registration_tasks SET status = ?, message = coalesce(?, message), modified_at_ms = ? WHERE task_id = ?',
      status,
      message ?? null,
      nowMs,
      taskId,
    )
  }

  noteInput(taskId: string, lines: number, etag: string): void {
    this.#database.run('UPDATE registration_tasks SET lines = ?, etag = ? WHERE task_id = ?', lines, etag, taskId)
  }

  /** A line was tried. */
  noteLine(taskId: string, { line, isError, text }: RegistrationLine, nowMs: number): void {
    this.#database.transaction(() => {
      this.#database.run('INSERT INTO registration_lines VALUES (?, ?, ?, ?)', taskId, line, isError ? 1 : 0, text)
      this.#database.run(
        `UPDATE registration_tasks SET lines_done = lines_done + 1, modified_at_ms = ?, success_count = success_count + ?,
          failure_count = failure_count + ? WHERE task_id = ?`,
        nowMs,
        isError ? 0 : 1,
        isError ? 1 : 0,
        taskId,
      )
    })
  }

  /** An empty line counts for nothing. */
  skipLine(taskId: string): void {
    this.#database.run('UPDATE registration_tasks SET lines_done = lines_done + 1 WHERE task_id = ?', taskId)
  }

  /** Lines of a report, in their order. */
  lines(taskId: string, isError: boolean): string[] {
    return this.#database
      .all<{ text: string }>(
        'SELECT text FROM registration_lines WHERE task_id = ? AND is_error = ? ORDER BY line',
        taskId,
        isError ? 1 : 0,
      )
      .map(({ text }) => text)
  }

  deleteOlderThan(createdBeforeMs: number): void {
    this.#database.run('DELETE FROM registration_tasks WHERE created_at_ms < ?', createdBeforeMs)
  }
}
