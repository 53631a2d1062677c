import type {
  S3Location,
  SbomValidationErrorCode,
  SbomValidationResult,
  SbomValidationStatus,
} from '@aws-sdk/client-iot'
import type { Database } from '../../foundation/database.ts'

/** What became of one file of a software bill of materials. */
export interface ValidatedFile {
  readonly seq: number
  readonly fileName: string
  readonly validationResult: SbomValidationResult
  readonly errorCode: SbomValidationErrorCode | undefined
  readonly errorMessage: string | undefined
}

interface Row extends Omit<ValidatedFile, 'errorCode' | 'errorMessage'> {
  readonly errorCode: SbomValidationErrorCode | null
  readonly errorMessage: string | null
}

/** Of the migration that the table of packages has. */
export const SBOM_STEP = `
  ALTER TABLE package_version ADD COLUMN sbom TEXT;
  ALTER TABLE package_version ADD COLUMN sbom_status TEXT;
  CREATE TABLE package_sbom_file (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    version INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    validation_result TEXT NOT NULL,
    error_code TEXT,
    error_message TEXT
  ) STRICT;
  CREATE INDEX package_sbom_file_version ON package_sbom_file (version, seq);`

/** Software bills of materials of versions, which are known by their number. */
export class SbomTable {
  readonly #database: Database

  /** @param database in which the table of packages was made before */
  constructor(database: Database) {
    this.#database = database
  }

  /** In place of the one before, whose results go. */
  put(version: number, sbom: S3Location, status: SbomValidationStatus): void {
    this.remove(version)
    const sql = 'UPDATE package_version SET sbom = ?, sbom_status = ? WHERE seq = ?'
    this.#database.run(sql, JSON.stringify(sbom), status, version)
  }

  remove(version: number): void {
    this.#database.run('UPDATE package_version SET sbom = NULL, sbom_status = NULL WHERE seq = ?', version)
    this.#database.run('DELETE FROM package_sbom_file WHERE version = ?', version)
  }

  /** What the validation found. */
  conclude(version: number, status: SbomValidationStatus, files: readonly Omit<ValidatedFile, 'seq'>[]): void {
    this.#database.run('UPDATE package_version SET sbom_status = ? WHERE seq = ?', status, version)
    for (const { fileName, validationResult, errorCode, errorMessage } of files) {
      this.#database.run(
        `INSERT INTO package_sbom_file (version, file_name, validation_result, error_code, error_message)
           VALUES (?, ?, ?, ?, ?)`,
        ...[version, fileName, validationResult, errorCode ?? null, errorMessage ?? null],
      )
    }
  }

  /** Versions whose validation has no end yet. */
  unfinished(): { readonly packageName: string; readonly versionName: string }[] {
    const sql = `SELECT package_name AS packageName, version_name AS versionName FROM package_version
      WHERE sbom_status = 'IN_PROGRESS'`
    return this.#database.all(sql)
  }

  files(version: number, result: SbomValidationResult | undefined, after: number, count: number): ValidatedFile[] {
    const sql = `SELECT seq, file_name AS fileName, validation_result AS validationResult, error_code AS errorCode,
      error_message AS errorMessage FROM package_sbom_file
      WHERE version = ? AND (? IS NULL OR validation_result = ?) AND seq > ? ORDER BY seq LIMIT ?`
    const wanted = result ?? null
    return this.#database
      .all<Row>(sql, version, wanted, wanted, after, count)
      .map(({ errorCode, errorMessage, ...row }) => ({
        ...row,
        errorCode: errorCode ?? undefined,
        errorMessage: errorMessage ?? undefined,
      }))
  }
}
