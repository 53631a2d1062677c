import type { Database } from '../../foundation/database.ts'
import type { RetryCounts } from './execution-table.ts'

/** A thing that waits for an execution of a job. */
export interface WaitingThing extends RetryCounts {
  readonly seq: number
  readonly thingName: string
  /** The rate of the rollout does not hold for it: another attempt, or a thing that came later. */
  readonly urgent: number
}

export interface Expansion {
  readonly target: string
  /** Where the things of a group go on. */
  readonly token: string | null
}

/** Whom jobs have yet to reach: groups whose things are not known yet, and things that wait for their turn. */
export class WaitingTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  expand(job: number, target: string, token: string | undefined): void {
    this.#database.run('INSERT OR REPLACE INTO job_expansions VALUES (?, ?, ?)', job, target, token ?? null)
  }

  expanded(job: number, target: string): void {
    this.#database.run('DELETE FROM job_expansions WHERE job = ? AND target = ?', job, target)
  }

  expansions(job: number): Expansion[] {
    return this.#database.all<Expansion>('SELECT target, token FROM job_expansions WHERE job = ? ORDER BY target', job)
  }

  /** Nothing where the thing waits already. */
  add(job: number, thingName: string, isUrgent: boolean, { retriedFailed, retriedTimedOut }: RetryCounts): void {
    this.#database.run(
      `INSERT OR IGNORE INTO job_waiting (job, thing_name, urgent, retried_failed, retried_timed_out)
       VALUES (?, ?, ?, ?, ?)`,
      job,
      thingName,
      isUrgent ? 1 : 0,
      retriedFailed,
      retriedTimedOut,
    )
  }

  /** Those that the rate does not hold for come first. */
  first(job: number, count: number): WaitingThing[] {
    return this.#database.all<WaitingThing>(
      `SELECT seq, thing_name AS thingName, urgent, retried_failed AS retriedFailed, retried_timed_out AS retriedTimedOut
       FROM job_waiting WHERE job = ? ORDER BY urgent DESC, seq LIMIT ?`,
      job,
      count,
    )
  }

  /** Whether there is a group, or a thing, that the job has yet to reach. */
  hasAny(job: number): boolean {
    const sql = 'SELECT 1 FROM job_waiting WHERE job = ?1 UNION ALL SELECT 1 FROM job_expansions WHERE job = ?1 LIMIT 1'
    return this.#database.get(sql, job) !== undefined
  }

  /** How many things wait for their first attempt; no more than `most` are counted. */
  countUnreached(job: number, most: number): number {
    const sql = `SELECT 1 FROM job_waiting
      WHERE job = ? AND retried_failed = 0 AND retried_timed_out = 0 LIMIT ?`
    return this.#database.all(sql, job, most).length
  }

  isUnreached(job: number, thingName: string): boolean {
    const sql = `SELECT 1 FROM job_waiting
      WHERE job = ? AND thing_name = ? AND retried_failed = 0 AND retried_timed_out = 0`
    return this.#database.get(sql, job, thingName) !== undefined
  }

  remove(seq: number): void {
    this.#database.run('DELETE FROM job_waiting WHERE seq = ?', seq)
  }

  /** @returns whether there may be more */
  dropSome(job: number, count: number): boolean {
    this.#database.run('DELETE FROM job_expansions WHERE job = ?', job)
    const sql = 'DELETE FROM job_waiting WHERE seq IN (SELECT seq FROM job_waiting WHERE job = ? LIMIT ?)'
    return this.#database.run(sql, job, count).changes === count
  }

  /** @returns whether it was none before */
  join(job: number, thingName: string): boolean {
    return this.#database.run('INSERT OR IGNORE INTO job_members VALUES (?, ?)', job, thingName).changes === 1
  }

  /** The thing waits for no execution any more, either. */
  leave(job: number, thingName: string): void {
    this.#database.run('DELETE FROM job_members WHERE job = ? AND thing_name = ?', job, thingName)
    this.#database.run('DELETE FROM job_waiting WHERE job = ? AND thing_name = ?', job, thingName)
  }

  isMember(job: number, thingName: string): boolean {
    return (
      this.#database.get('SELECT 1 FROM job_members WHERE job = ? AND thing_name = ?', job, thingName) !== undefined
    )
  }

  members(job: number, after: string, count: number): string[] {
    const sql =
      'SELECT thing_name AS name FROM job_members WHERE job = ? AND thing_name > ? ORDER BY thing_name LIMIT ?'
    return this.#database.all<{ name: string }>(sql, job, after, count).map(({ name }) => name)
  }

  /** @returns whether there may be more */
  forgetSomeMembers(job: number, count: number): boolean {
    const sql = `DELETE FROM job_members WHERE job = ?1 AND thing_name IN
      (SELECT thing_name FROM job_members WHERE job = ?1 LIMIT ?2)`
    return this.#database.run(sql, job, count).changes === count
  }
}
