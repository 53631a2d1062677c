import type { SQLInputValue } from 'node:sqlite'
import type { CommandExecutionResult, CommandParameterValue, StatusReason } from '@aws-sdk/client-iot'
import type { ParameterValue } from '@thingdeck/commands'
import type { Database } from '../../foundation/database.ts'
import { type Execution, KEPT_MS } from './execution.ts'
import { loadedValue, mapValues, storedValue } from './stored-value.ts'

interface ExecutionRow extends Omit<Execution, 'statusReason' | 'result' | 'parameters' | 'completedAtMs'> {
  readonly statusReason: string | null
  readonly result: string | null
  readonly parameters: string | null
  readonly completedAtMs: number | null
}

const COLUMNS = `seq, execution_id AS executionId, command_id AS commandId, target_arn AS targetArn, status,
  status_reason AS statusReason, result, parameters, timeout_seconds AS timeoutSeconds, created_at_ms AS createdAtMs,
  updated_at_ms AS updatedAtMs, completed_at_ms AS completedAtMs`

/** What makes an execution. */
export interface NewExecution
  extends Pick<Execution, 'executionId' | 'commandId' | 'targetArn' | 'parameters' | 'timeoutSeconds' | 'createdAtMs'> {
  readonly clientToken: string | undefined
  /** All that was asked for, by which a repeated request is known. */
  readonly request: string
}

/** What a report or a time-out changes. */
export type ExecutionChange = Pick<Execution, 'status' | 'statusReason' | 'result' | 'updatedAtMs' | 'completedAtMs'>

/** Which executions a list shows. */
export interface ExecutionFilter {
  readonly by: { readonly commandId: string } | { readonly targetArn: string }
  readonly status: string | undefined
  /** By which of its moments: a list of completed ones is in their order. */
  readonly moment: 'created_at_ms' | 'completed_at_ms'
  readonly afterMs: number | undefined
  readonly beforeMs: number | undefined
  readonly ascending: boolean
}

export class ExecutionTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('command-executions', [
      `CREATE TABLE command_execution (
         seq INTEGER PRIMARY KEY AUTOINCREMENT,
         execution_id TEXT NOT NULL UNIQUE,
         command_id TEXT NOT NULL,
         target_arn TEXT NOT NULL,
         status TEXT NOT NULL,
         status_reason TEXT,
         result TEXT,
         parameters TEXT,
         timeout_seconds INTEGER NOT NULL,
         created_at_ms INTEGER NOT NULL,
         updated_at_ms INTEGER NOT NULL,
         completed_at_ms INTEGER,
         times_out_at_ms INTEGER,
         client_token TEXT,
         request TEXT NOT NULL
       ) STRICT;
       CREATE INDEX command_execution_by_time_out ON command_execution (times_out_at_ms) WHERE times_out_at_ms IS NOT NULL;
       CREATE INDEX command_execution_by_command ON command_execution (command_id, seq);
       CREATE INDEX command_execution_by_target ON command_execution (target_arn, seq);
       CREATE INDEX command_execution_by_age ON command_execution (created_at_ms);
       CREATE UNIQUE INDEX command_execution_by_token ON command_execution (client_token) WHERE client_token IS NOT NULL;`,
    ])
  }

  find(executionId: string): Execution | undefined {
    const sql = `SELECT ${COLUMNS} FROM command_execution WHERE execution_id = ?`
    const row = this.#database.get<ExecutionRow>(sql, executionId)
    return row && executionOf(row)
  }

  /** The execution that a client token was used for, and what was asked for with it. */
  byToken(clientToken: string): { readonly executionId: string; readonly request: string } | undefined {
    return this.#database.get<{ executionId: string; request: string }>(
      'SELECT execution_id AS executionId, request FROM command_execution WHERE client_token = ?',
      clientToken,
    )
  }

  /**
   * Durable with what is sent next, or not at all: whoever asks again with the same client token is told of an execution
   * whose device has been told of it.
   */
  insert(execution: NewExecution): void {
    const { executionId, commandId, targetArn, parameters, timeoutSeconds, createdAtMs, clientToken, request } =
      execution
    this.#database.runDeferred(
      `INSERT INTO command_execution (execution_id, command_id, target_arn, status, parameters, timeout_seconds,
         created_at_ms, updated_at_ms, times_out_at_ms, client_token, request)
       VALUES (?, ?, ?, 'CREATED', ?, ?, ?, ?, ?, ?, ?)`,
      executionId,
      commandId,
      targetArn,
      parameters ? JSON.stringify(mapValues(parameters, storedValue)) : null,
      timeoutSeconds,
      createdAtMs,
      createdAtMs,
      createdAtMs + timeoutSeconds * 1000,
      clientToken ?? null,
      request,
    )
  }

  /** The timer goes on while a device is at work, and ends with everything else. */
  update(executionId: string, { status, statusReason, result, updatedAtMs, completedAtMs }: ExecutionChange): void {
    this.#database.run(
      `UPDATE command_execution SET status = ?, status_reason = ?, result = ?, updated_at_ms = ?, completed_at_ms = ?,
         times_out_at_ms = CASE WHEN ? = 'IN_PROGRESS' THEN times_out_at_ms END
       WHERE execution_id = ?`,
      status,
      statusReason ? JSON.stringify(statusReason) : null,
      result ? JSON.stringify(mapValues(result, storedValue)) : null,
      updatedAtMs,
      completedAtMs ?? null,
      status,
      executionId,
    )
  }

  delete(executionId: string): void {
    this.#database.run('DELETE FROM command_execution WHERE execution_id = ?', executionId)
  }

  /** How many of a device's executions may still be reported in time. */
  countRunning(targetArn: string): number {
    const sql = 'SELECT count(*) AS count FROM command_execution WHERE target_arn = ? AND times_out_at_ms IS NOT NULL'
    return this.#database.get<{ count: number }>(sql, targetArn)?.count ?? 0
  }

  /** A page of a list, behind a moment and a row number. */
  page(filter: ExecutionFilter, after: readonly [momentMs: number, seq: number], count: number): Execution[] {
    const { by, status, moment, afterMs, beforeMs, ascending } = filter
    const [column, value] = 'commandId' in by ? ['command_id', by.commandId] : ['target_arn', by.targetArn]
    const conditions: [sql: string, ...values: SQLInputValue[]][] = [
      [`${column} = ?`, value],
      [`(${moment}, seq) ${ascending ? '>' : '<'} (?, ?)`, ...after],
      ...(status === undefined ? [] : [['status = ?', status] as [string, string]]),
      ...(afterMs === undefined ? [] : [[`${moment} >= ?`, afterMs] as [string, number]]),
      ...(beforeMs === undefined ? [] : [[`${moment} < ?`, beforeMs] as [string, number]]),
    ]
    const direction = ascending ? 'ASC' : 'DESC'
    const sql = `SELECT ${COLUMNS} FROM command_execution WHERE ${conditions.map(([each]) => each).join(' AND ')}
      ORDER BY ${moment} ${direction}, seq ${direction} LIMIT ?`
    const values = conditions.flatMap(([, ...each]) => each)
    return this.#database.all<ExecutionRow>(sql, ...values, count).map(executionOf)
  }

  /** Up to so many whose time is over, those first that were due first. */
  timedOut(nowMs: number, count: number): Execution[] {
    const sql = `SELECT ${COLUMNS} FROM command_execution WHERE times_out_at_ms <= ? ORDER BY times_out_at_ms LIMIT ?`
    return this.#database.all<ExecutionRow>(sql, nowMs, count).map(executionOf)
  }

  /** When the next one times out; undefined where none is running. */
  nextTimeOutMs(): number | undefined {
    const sql = 'SELECT min(times_out_at_ms) AS at FROM command_execution WHERE times_out_at_ms IS NOT NULL'
    return this.#database.get<{ at: number | null }>(sql)?.at ?? undefined
  }

  /** Forgets those that have been kept for as long as AWS keeps them. */
  forgetOld(nowMs: number): void {
    this.#database.run('DELETE FROM command_execution WHERE created_at_ms <= ?', nowMs - KEPT_MS)
  }
}

type StoredValues = Record<string, ParameterValue>

function executionOf({ statusReason, result, parameters, completedAtMs, ...row }: ExecutionRow): Execution {
  // `insert` and `update` wrote these texts.
  const values = (text: string | null) => (text === null ? undefined : (JSON.parse(text) as StoredValues))
  const [results, given] = [values(result), values(parameters)]
  return {
    ...row,
    statusReason: statusReason === null ? undefined : (JSON.parse(statusReason) as StatusReason),
    result: results && mapValues(results, (each) => loadedValue(each) as CommandExecutionResult),
    parameters: given && mapValues(given, (each): CommandParameterValue => loadedValue(each)),
    completedAtMs: completedAtMs ?? undefined,
  }
}
