import type { Database } from '../../foundation/database.ts'
import { type Command, type CommandContent, loadedContent, storedContent } from './command.ts'

interface CommandRow
  extends Omit<Command, 'content' | 'displayName' | 'description' | 'deprecatedAtMs' | 'deletedFromMs'> {
  readonly content: string
  readonly displayName: string | null
  readonly description: string | null
  readonly deprecatedAtMs: number | null
  readonly deletedFromMs: number | null
}

const COLUMNS = `seq, command_id AS commandId, display_name AS displayName, description, content,
  created_at_ms AS createdAtMs, updated_at_ms AS updatedAtMs, deprecated_at_ms AS deprecatedAtMs,
  deleted_from_ms AS deletedFromMs`

/** What of a command changes after it was made. */
export type CommandChange = Pick<
  Command,
  'displayName' | 'description' | 'updatedAtMs' | 'deprecatedAtMs' | 'deletedFromMs'
>

export class CommandTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('commands', [
      `CREATE TABLE command (
         seq INTEGER PRIMARY KEY AUTOINCREMENT,
         command_id TEXT NOT NULL UNIQUE,
         display_name TEXT,
         description TEXT,
         content TEXT NOT NULL,
         created_at_ms INTEGER NOT NULL,
         updated_at_ms INTEGER NOT NULL,
         deprecated_at_ms INTEGER,
         deleted_from_ms INTEGER
       ) STRICT`,
    ])
  }

  find(commandId: string): Command | undefined {
    const row = this.#database.get<CommandRow>(`SELECT ${COLUMNS} FROM command WHERE command_id = ?`, commandId)
    return row && commandOf(row)
  }

  insert(
    { commandId, displayName, description }: Pick<Command, 'commandId' | 'displayName' | 'description'>,
    content: CommandContent,
    nowMs: number,
  ): void {
    this.#database.run(
      `INSERT INTO command (command_id, display_name, description, content, created_at_ms, updated_at_ms)
         VALUES (?, ?, ?, ?, ?, ?)`,
      commandId,
      displayName ?? null,
      description ?? null,
      storedContent(content),
      nowMs,
      nowMs,
    )
  }

  update(commandId: string, change: CommandChange): void {
    this.#database.run(
      `UPDATE command SET display_name = ?, description = ?, updated_at_ms = ?, deprecated_at_ms = ?, deleted_from_ms = ?
         WHERE command_id = ?`,
      change.displayName ?? null,
      change.description ?? null,
      change.updatedAtMs,
      change.deprecatedAtMs ?? null,
      change.deletedFromMs ?? null,
      commandId,
    )
  }

  delete(commandId: string): void {
    this.#database.run('DELETE FROM command WHERE command_id = ?', commandId)
  }

  /** Those that nobody has deleted, by the order in which they were made. */
  page(ascending: boolean, after: number, count: number, parameterName: string | undefined): Command[] {
    const order = ascending ? 'seq > ? {where} ORDER BY seq' : 'seq < ? {where} ORDER BY seq DESC'
    const where = parameterName === undefined ? '' : PARAMETER_NAMED
    const sql = `SELECT ${COLUMNS} FROM command WHERE deleted_from_ms IS NULL AND ${order.replace('{where}', where)} LIMIT ?`
    const values = parameterName === undefined ? [after, count] : [after, parameterName, count]
    return this.#database.all<CommandRow>(sql, ...values).map(commandOf)
  }

  /** Ids of those whose time has come. */
  gone(nowMs: number): string[] {
    const rows = this.#database.all<{ id: string }>(
      'SELECT command_id AS id FROM command WHERE deleted_from_ms <= ?',
      nowMs,
    )
    return rows.map(({ id }) => id)
  }

  /** When the next of them goes; undefined where none does. */
  nextGoneMs(): number | undefined {
    return this.#database.get<{ at: number | null }>('SELECT min(deleted_from_ms) AS at FROM command')?.at ?? undefined
  }
}

const PARAMETER_NAMED = `AND EXISTS (SELECT 1 FROM json_each(content, '$.parameters') AS parameter
  WHERE parameter.value ->> '$.name' = ?)`

function commandOf({ content, displayName, description, deprecatedAtMs, deletedFromMs, ...row }: CommandRow): Command {
  return {
    ...row,
    content: loadedContent(content),
    displayName: displayName ?? undefined,
    description: description ?? undefined,
    deprecatedAtMs: deprecatedAtMs ?? undefined,
    deletedFromMs: deletedFromMs ?? undefined,
  }
}
