import type { StandardUnit } from '@aws-sdk/client-cloudwatch'
import type { Database } from '../../foundation/database.ts'
import { Distribution } from '../../foundation/distribution.ts'
import type { TimedPoint } from './metric-point.ts'

export interface SeriesRow {
  readonly id: number
  readonly namespace: string
  readonly name: string
  /** See `dimensionsKey`. */
  readonly dimensions: string
  /** Epoch seconds of the latest point. */
  readonly last_s: number
}

/** Which metric: namespace, name and dimensions as `dimensionsKey` writes them. */
export type SeriesName = Pick<SeriesRow, 'namespace' | 'name' | 'dimensions'>

interface SeriesFilter {
  /** An id. */
  readonly after?: number
  readonly namespace?: string | undefined
  readonly name?: string | undefined
}

interface PointRow {
  readonly at_s: number
  readonly unit: StandardUnit
  readonly count: number
  readonly sum: number
  readonly min: number
  readonly max: number
  readonly distribution: string | null
}

const MIGRATIONS = [
  `CREATE TABLE metric_series (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     namespace TEXT NOT NULL,
     name TEXT NOT NULL,
     dimensions TEXT NOT NULL,
     last_s INTEGER NOT NULL,
     UNIQUE (namespace, name, dimensions)
   ) STRICT;
   CREATE INDEX metric_series_by_age ON metric_series (last_s);
   CREATE TABLE metric_points (
     series_id INTEGER NOT NULL REFERENCES metric_series (id) ON DELETE CASCADE,
     resolution_s INTEGER NOT NULL,
     at_s INTEGER NOT NULL,
     unit TEXT NOT NULL,
     count REAL NOT NULL,
     sum REAL NOT NULL,
     min REAL NOT NULL,
     max REAL NOT NULL,
     distribution TEXT,
     PRIMARY KEY (series_id, resolution_s, at_s, unit)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX metric_points_by_age ON metric_points (at_s, resolution_s);`,
]

/** Of metrics that one statement reads. */
const READ_AT_ONCE = 1000

/** What a point takes in the file with its place in the index, apart from its distribution: about so much. */
const POINT_BYTES = 120

/** The tables of metrics and their points. Every rule is someone else's. */
export class MetricTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('cloudwatch-metrics', MIGRATIONS)
  }

  transaction<T>(work: () => T): T {
    return this.#database.transaction(work)
  }

  /** See {@link Database.whenLost}. */
  whenLost(work: () => void): void {
    this.#database.whenLost(work)
  }

  series({ namespace, name, dimensions }: SeriesName): SeriesRow | undefined {
    return this.#database.get<SeriesRow>(
      'SELECT * FROM metric_series WHERE namespace = ? AND name = ? AND dimensions = ?',
      namespace,
      name,
      dimensions,
    )
  }

  /**
   * Those that have had values since a time, in the order in which they came, behind one; those alone of a namespace and a
   * name, where these are given.
   */
  *seriesSince(seconds: number, { after = 0, namespace, name }: SeriesFilter = {}): Generator<SeriesRow, void> {
    let last = after
    for (;;) {
      const rows = this.#database.all<SeriesRow>(
        `SELECT * FROM metric_series WHERE id > ?1 AND (?2 IS NULL OR namespace = ?2) AND (?3 IS NULL OR name = ?3)
         AND last_s >= ?4 ORDER BY id LIMIT ?5`,
        last,
        namespace ?? null,
        name ?? null,
        seconds,
        READ_AT_ONCE,
      )
      yield* rows
      if (rows.length < READ_AT_ONCE) return
      last = rows.at(-1)?.id ?? last
    }
  }

  /** @returns the id of the metric, which is made where it is not there yet */
  touch({ namespace, name, dimensions }: SeriesName, lastSeconds: number): number {
    const [row] = this.#database.runReturning<{ id: number }>(
      `INSERT INTO metric_series (namespace, name, dimensions, last_s) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET last_s = max(last_s, excluded.last_s) RETURNING id`,
      namespace,
      name,
      dimensions,
      lastSeconds,
    )
    return row?.id ?? 0
  }

  countSeries(): number {
    return this.#database.get<{ count: number }>('SELECT count(*) AS count FROM metric_series')?.count ?? 0
  }

  /** Those that are silent for the longest time. */
  silentSeries(count: number): SeriesRow[] {
    return this.#database.all<SeriesRow>('SELECT * FROM metric_series ORDER BY last_s, id LIMIT ?', count)
  }

  /** Those of which nothing is kept any more. */
  removeEmptySeries(beforeSeconds: number): void {
    this.#database.run(
      `DELETE FROM metric_series WHERE last_s < ?
       AND NOT EXISTS (SELECT 1 FROM metric_points WHERE series_id = metric_series.id)`,
      beforeSeconds,
    )
  }

  /** @returns how many bytes are free now */
  removeSeries(id: number): number {
    const bytes = this.#bytesWhere('series_id = ?', id)
    this.#database.run('DELETE FROM metric_series WHERE id = ?', id)
    return bytes
  }

  point(seriesId: number, resolutionSeconds: number, atSeconds: number, unit: string): TimedPoint | undefined {
    const row = this.#database.get<PointRow>(
      'SELECT * FROM metric_points WHERE series_id = ? AND resolution_s = ? AND at_s = ? AND unit = ?',
      seriesId,
      resolutionSeconds,
      atSeconds,
      unit,
    )
    return row && pointOf(row)
  }

  putPoint(seriesId: number, resolutionSeconds: number, point: TimedPoint): void {
    this.#database.run(
      'INSERT OR REPLACE INTO metric_points VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
      seriesId,
      resolutionSeconds,
      point.atSeconds,
      point.unit,
      point.count,
      point.sum,
      point.min,
      point.max,
      textOf(point),
    )
  }

  /** In the order of time; `toSeconds` is exclusive. */
  points(seriesId: number, resolutionSeconds: number, fromSeconds: number, toSeconds: number): TimedPoint[] {
    const rows = this.#database.all<PointRow>(
      'SELECT * FROM metric_points WHERE series_id = ? AND resolution_s = ? AND at_s >= ? AND at_s < ? ORDER BY at_s',
      seriesId,
      resolutionSeconds,
      fromSeconds,
      toSeconds,
    )
    return rows.map(pointOf)
  }

  /** Metrics that have points of a resolution from before a time. */
  seriesWithPointsBefore(resolutionSeconds: number, beforeSeconds: number): number[] {
    const rows = this.#database.all<{ series_id: number }>(
      'SELECT DISTINCT series_id FROM metric_points WHERE at_s < ? AND resolution_s = ?',
      beforeSeconds,
      resolutionSeconds,
    )
    return rows.map(({ series_id }) => series_id)
  }

  removePoints(seriesId: number, resolutionSeconds: number, beforeSeconds: number): void {
    this.#database.run(
      'DELETE FROM metric_points WHERE series_id = ? AND resolution_s = ? AND at_s < ?',
      seriesId,
      resolutionSeconds,
      beforeSeconds,
    )
  }

  /** Takes away about `count` points, the oldest first. @returns how many bytes are free now */
  removeOldest(count: number): number {
    return this.transaction(() => {
      const last = this.#database.get<{ at_s: number }>(
        'SELECT at_s FROM metric_points ORDER BY at_s LIMIT 1 OFFSET ?',
        count,
      )
      const until = last?.at_s ?? Number.MAX_SAFE_INTEGER
      const bytes = this.#bytesWhere('at_s <= ?', until)
      this.#database.run('DELETE FROM metric_points WHERE at_s <= ?', until)
      return bytes
    })
  }

  /** Of all points. */
  storedBytes(): number {
    return this.#bytesWhere('1')
  }

  #bytesWhere(where: string, ...values: readonly number[]): number {
    const row = this.#database.get<{ bytes: number | null }>(
      `SELECT sum(${POINT_BYTES} + coalesce(length(distribution), 0)) AS bytes FROM metric_points WHERE ${where}`,
      ...values,
    )
    return row?.bytes ?? 0
  }
}

/** What a point takes. */
export function bytesOf(point: TimedPoint): number {
  return POINT_BYTES + (textOf(point)?.length ?? 0)
}

const textOf = ({ distribution }: TimedPoint) => (distribution ? JSON.stringify(distribution.values) : null)

function pointOf({ at_s, distribution, ...row }: PointRow): TimedPoint {
  const { unit, count, sum, min, max } = row
  const values: [number, number][] | undefined = distribution === null ? undefined : JSON.parse(distribution)
  return { atSeconds: at_s, unit, count, sum, min, max, distribution: values && new Distribution(values) }
}
