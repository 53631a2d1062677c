import type { Database } from '../../foundation/database.ts'
import { notFound } from '../../foundation/errors.ts'
import { mapPage, type Page, type PageRequest, paginateBySeq } from '../../foundation/paging.ts'

/** What every row of a {@link NamedTable} has. */
export interface NamedRow {
  /** Order of creation. */
  readonly seq: number
  readonly name: string
}

export interface NamedTableOptions<Row, Resource> {
  /** Name of a table with the columns `seq` and `name`. */
  readonly table: string
  /** The kind as AWS says it at the beginning of a sentence. */
  readonly kind: string
  readonly resource: (row: Row) => Resource
}

/** Reads the resources of one kind by their names. Writing them is their owner's. */
export class NamedTable<Row extends NamedRow, Resource> {
  readonly #database: Database
  readonly #options: NamedTableOptions<Row, Resource>

  constructor(database: Database, options: NamedTableOptions<Row, Resource>) {
    this.#database = database
    this.#options = options
  }

  get(name: string): Resource | undefined {
    const { table, resource } = this.#options
    const row = this.#database.get<Row>(`SELECT * FROM ${table} WHERE name = ?`, name)
    return row && resource(row)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(name: string): Resource {
    const found = this.get(name)
    if (found === undefined) throw notFound(`${this.#options.kind} ${name} cannot be found.`)
    return found
  }

  /** Resources whose name begins with `prefix`, in order of creation. */
  list(request: PageRequest, listing: string, prefix = ''): Page<Resource> {
    const { table, resource } = this.#options
    const sql = `SELECT * FROM ${table} WHERE seq > ? AND substr(name, 1, ?) = ? ORDER BY seq LIMIT ?`
    const found = paginateBySeq(request, listing, (after, count) =>
      this.#database.all<Row>(sql, after, prefix.length, prefix, count),
    )
    return mapPage(found, resource)
  }

  remove(name: string): void {
    this.#database.run(`DELETE FROM ${this.#options.table} WHERE name = ?`, name)
  }
}
