import type { PackageVersionStatus, S3Location, SbomValidationStatus } from '@aws-sdk/client-iot'
import type { Database } from '../../foundation/database.ts'
import { SBOM_STEP } from './sbom-table.ts'

/** A software package. Times are epoch milliseconds. */
export interface Package {
  readonly seq: number
  readonly packageName: string
  readonly description: string | undefined
  readonly defaultVersionName: string | undefined
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  /** What made it, by which a repeated request is known. */
  readonly request: string | undefined
}

export interface Version {
  readonly seq: number
  readonly packageName: string
  readonly versionName: string
  readonly description: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  readonly artifact: S3Location | undefined
  readonly recipe: string | undefined
  readonly status: PackageVersionStatus
  /** Its software bill of materials, and what became of its validation: both or none. */
  readonly sbom: S3Location | undefined
  readonly sbomStatus: SbomValidationStatus | undefined
  readonly createdAtMs: number
  readonly modifiedAtMs: number
  /** As of a {@link Package}. */
  readonly request: string | undefined
}

type Row<Kept> = { readonly [Name in keyof Kept]: undefined extends Kept[Name] ? string | null : Kept[Name] }

interface VersionRow extends Omit<Row<Version>, 'attributes' | 'artifact' | 'sbom' | 'sbomStatus'> {
  readonly attributes: string
  readonly artifact: string | null
  readonly sbom: string | null
  readonly sbomStatus: SbomValidationStatus | null
}

const PACKAGE_COLUMNS = `seq, package_name AS packageName, description, default_version_name AS defaultVersionName,
  created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs, request`
const VERSION_COLUMNS = `seq, package_name AS packageName, version_name AS versionName, description, attributes, artifact,
  recipe, status, sbom, sbom_status AS sbomStatus, created_at_ms AS createdAtMs, modified_at_ms AS modifiedAtMs, request`

const STEPS = [
  `CREATE TABLE package (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     package_name TEXT NOT NULL UNIQUE,
     description TEXT,
     default_version_name TEXT,
     created_at_ms INTEGER NOT NULL,
     modified_at_ms INTEGER NOT NULL,
     request TEXT
   ) STRICT;
   CREATE TABLE package_version (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     package_name TEXT NOT NULL,
     version_name TEXT NOT NULL,
     description TEXT,
     attributes TEXT NOT NULL,
     artifact TEXT,
     recipe TEXT,
     status TEXT NOT NULL,
     created_at_ms INTEGER NOT NULL,
     modified_at_ms INTEGER NOT NULL,
     request TEXT,
     UNIQUE (package_name, version_name)
   ) STRICT;
   CREATE TABLE package_configuration (enabled INTEGER NOT NULL, role_arn TEXT) STRICT;`,
  SBOM_STEP,
]

/** How jobs report versions. */
export interface VersionUpdateConfig {
  readonly enabled: boolean
  readonly roleArn: string | undefined
}

export class PackageTable {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
    database.migrate('software-packages', STEPS)
  }

  package(packageName: string): Package | undefined {
    const sql = `SELECT ${PACKAGE_COLUMNS} FROM package WHERE package_name = ?`
    const row = this.#database.get<Row<Package>>(sql, packageName)
    return row && packageOf(row)
  }

  version(packageName: string, versionName: string): Version | undefined {
    const sql = `SELECT ${VERSION_COLUMNS} FROM package_version WHERE package_name = ? AND version_name = ?`
    const row = this.#database.get<VersionRow>(sql, packageName, versionName)
    return row && versionOf(row)
  }

  packages(after: number, count: number): Package[] {
    const sql = `SELECT ${PACKAGE_COLUMNS} FROM package WHERE seq > ? ORDER BY seq LIMIT ?`
    return this.#database.all<Row<Package>>(sql, after, count).map(packageOf)
  }

  versions(packageName: string, status: string | undefined, after: number, count: number): Version[] {
    const sql = `SELECT ${VERSION_COLUMNS} FROM package_version
      WHERE package_name = ? AND (? IS NULL OR status = ?) AND seq > ? ORDER BY seq LIMIT ?`
    const wanted = status ?? null
    return this.#database.all<VersionRow>(sql, packageName, wanted, wanted, after, count).map(versionOf)
  }

  counts(): { readonly packages: number; readonly versions: number } {
    const sql = 'SELECT (SELECT count(*) FROM package) AS packages, (SELECT count(*) FROM package_version) AS versions'
    return this.#database.get<{ packages: number; versions: number }>(sql) ?? { packages: 0, versions: 0 }
  }

  putPackage(each: Omit<Package, 'seq'>): void {
    this.#database.run(
      `INSERT INTO package (package_name, description, default_version_name, created_at_ms, modified_at_ms, request)
         VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (package_name) DO UPDATE SET description = excluded.description,
         default_version_name = excluded.default_version_name, modified_at_ms = excluded.modified_at_ms`,
      each.packageName,
      each.description ?? null,
      each.defaultVersionName ?? null,
      each.createdAtMs,
      each.modifiedAtMs,
      each.request ?? null,
    )
  }

  putVersion(each: Omit<Version, 'seq' | 'sbom' | 'sbomStatus'>): void {
    this.#database.run(
      `INSERT INTO package_version (package_name, version_name, description, attributes, artifact, recipe, status,
         created_at_ms, modified_at_ms, request)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (package_name, version_name) DO UPDATE SET description = excluded.description,
         attributes = excluded.attributes, artifact = excluded.artifact, recipe = excluded.recipe,
         status = excluded.status, modified_at_ms = excluded.modified_at_ms`,
      each.packageName,
      each.versionName,
      each.description ?? null,
      JSON.stringify(each.attributes),
      each.artifact ? JSON.stringify(each.artifact) : null,
      each.recipe ?? null,
      each.status,
      each.createdAtMs,
      each.modifiedAtMs,
      each.request ?? null,
    )
  }

  deletePackage(packageName: string): void {
    this.#database.run('DELETE FROM package WHERE package_name = ?', packageName)
  }

  deleteVersion(packageName: string, versionName: string): void {
    this.#database.run(
      `DELETE FROM package_sbom_file WHERE version IN
         (SELECT seq FROM package_version WHERE package_name = ? AND version_name = ?)`,
      packageName,
      versionName,
    )
    this.#database.run(
      'DELETE FROM package_version WHERE package_name = ? AND version_name = ?',
      packageName,
      versionName,
    )
  }

  configuration(): VersionUpdateConfig | undefined {
    const sql = 'SELECT enabled, role_arn AS roleArn FROM package_configuration'
    const row = this.#database.get<{ enabled: number; roleArn: string | null }>(sql)
    return row && { enabled: row.enabled === 1, roleArn: row.roleArn ?? undefined }
  }

  putConfiguration({ enabled, roleArn }: VersionUpdateConfig): void {
    this.#database.transaction(() => {
      this.#database.run('DELETE FROM package_configuration')
      this.#database.run('INSERT INTO package_configuration VALUES (?, ?)', enabled ? 1 : 0, roleArn ?? null)
    })
  }
}

function packageOf({ description, defaultVersionName, request, ...row }: Row<Package>): Package {
  return {
    ...row,
    description: description ?? undefined,
    defaultVersionName: defaultVersionName ?? undefined,
    request: request ?? undefined,
  }
}

function versionOf({
  description,
  attributes,
  artifact,
  recipe,
  sbom,
  sbomStatus,
  request,
  ...row
}: VersionRow): Version {
  return {
    ...row,
    description: description ?? undefined,
    // `putVersion` and `SbomTable` wrote them.
    attributes: JSON.parse(attributes) as Record<string, string>,
    artifact: artifact === null ? undefined : (JSON.parse(artifact) as S3Location),
    recipe: recipe ?? undefined,
    sbom: sbom === null ? undefined : (JSON.parse(sbom) as S3Location),
    sbomStatus: sbomStatus ?? undefined,
    request: request ?? undefined,
  }
}
