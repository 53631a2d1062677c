import { invalidInput } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { FileTooLarge, readOwnFile } from '../../foundation/own-file.ts'
import { type Page, paginateBySeq, refuseTokenAsInput } from '../../foundation/paging.ts'
import { RoleSessions } from '../../foundation/role-sessions.ts'
import { IOT_SERVICE, iotServiceRole } from '../../foundation/roles.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import type { Version } from './package-table.ts'
import { DEFAULT_PAGE_SIZE } from './packages.ts'
import type { SbomTable, ValidatedFile } from './sbom-table.ts'
import { incompatible, MOST_ARCHIVE_BYTES, tooLarge, validateSbom } from './sbom-validation.ts'
import type { Versions } from './versions.ts'

const SESSION_SECONDS = 900
/** After S3, which is a process of its own, gave no answer. */
const AGAIN_MS = 5_000

export interface SbomsParts {
  readonly versions: Versions
  readonly table: SbomTable
}

/**
 * Software bills of materials of package versions: which file of S3 is a version's, and whether it is one. The file is
 * read after the answer, which says that the validation is `IN_PROGRESS`.
 * @see API Reference, "AssociateSbomWithPackageVersion", "SbomValidationResultSummary"
 */
export class Sboms {
  readonly #context: ServiceContext
  readonly #parts: SbomsParts
  readonly #sessions: RoleSessions
  #isClosed = false

  constructor(context: ServiceContext, parts: SbomsParts) {
    this.#context = context
    this.#parts = parts
    this.#sessions = new RoleSessions(context, IOT_SERVICE.value)
    // What a server that ended has begun; its S3 can be asked once this one is up.
    for (const { packageName, versionName } of parts.table.unfinished()) this.#validateIn(0, packageName, versionName)
  }

  /** In place of one that the version has. @throws {AwsError} ResourceNotFoundException, ValidationException */
  associate({ packageName, versionName, sbom, clientToken }: IotInput<'AssociateSbomWithPackageVersion'>): Version {
    const { versions, table } = this.#parts
    const { bucket, key, version } = sbom.s3Location ?? {}
    if (bucket === undefined || key === undefined) throw invalidInput('An SBOM needs an s3Location with bucket and key')
    const found = versions.require(packageName, versionName)
    const isSame = JSON.stringify(found.sbom) === JSON.stringify({ bucket, key, version })
    // Asked again under its token it is what was asked before, and is not validated anew.
    if (clientToken !== undefined && isSame) return found
    this.#context.database.transaction(() => table.put(found.seq, { bucket, key, version }, 'IN_PROGRESS'))
    this.#validateIn(0, packageName, versionName)
    return versions.require(packageName, versionName)
  }

  /** One that is gone already is no fault. @throws {AwsError} ResourceNotFoundException for a version that is not there */
  disassociate({ packageName, versionName }: IotInput<'DisassociateSbomFromPackageVersion'>): void {
    const { versions, table } = this.#parts
    const { seq } = versions.require(packageName, versionName)
    this.#context.database.transaction(() => table.remove(seq))
  }

  /** @throws {AwsError} ResourceNotFoundException; ValidationException for a token of another list */
  list(input: IotInput<'ListSbomValidationResults'>): Page<ValidatedFile> {
    const { packageName, versionName, validationResult, maxResults = DEFAULT_PAGE_SIZE, nextToken } = input
    const { seq } = this.#parts.versions.require(packageName, versionName)
    return paginateBySeq(
      { maxResults, nextToken },
      `sbom of ${packageName} ${versionName} ${validationResult ?? ''}`,
      (after, count) => this.#parts.table.files(seq, validationResult, after, count),
      refuseTokenAsInput,
    )
  }

  close(): void {
    this.#isClosed = true
  }

  #validateIn(delayMs: number, packageName: string, versionName: string): void {
    this.#context.after(delayMs, () => {
      this.#validate(packageName, versionName).catch((error: unknown) => {
        if (this.#isClosed) return
        this.#context.log.warn(
          { err: error, packageName, versionName },
          'an SBOM is validated later: S3 gave no answer',
        )
        this.#validateIn(AGAIN_MS, packageName, versionName)
      })
    })
  }

  async #validate(packageName: string, versionName: string): Promise<void> {
    if (this.#isClosed) return
    const { versions, table } = this.#parts
    const before = versions.find(packageName, versionName)
    if (before?.sbom === undefined || before.sbomStatus !== 'IN_PROGRESS') return
    const files = await this.#filesOf(before.sbom)
    if (this.#isClosed) return
    this.#context.database.transaction(() => {
      const now = versions.find(packageName, versionName)
      // Another one was named meanwhile, or none: that one's validation has its own end.
      const isStill = now?.sbomStatus === 'IN_PROGRESS' && JSON.stringify(now.sbom) === JSON.stringify(before.sbom)
      if (!isStill || now.seq !== before.seq) return
      const isGood = files.every(({ validationResult }) => validationResult === 'SUCCEEDED')
      table.conclude(now.seq, isGood ? 'SUCCEEDED' : 'FAILED', files)
    })
  }

  async #filesOf({ bucket = '', key = '', version }: NonNullable<Version['sbom']>) {
    const { account } = this.#context
    const name = key.slice(key.lastIndexOf('/') + 1)
    const own = this.#sessions.issue(iotServiceRole(account), 'sbom', SESSION_SECONDS)
    try {
      const bytes = await readOwnFile(this.#context, own, { bucket, key, version }, MOST_ARCHIVE_BYTES)
      return await validateSbom(name, bytes)
    } catch (error) {
      if (error instanceof FileTooLarge) return [tooLarge(name, error.message)]
      if (!isAnswer(error)) throw error
      const why = error instanceof Error ? error.message || error.name : String(error)
      return [incompatible(name, `s3://${bucket}/${key} cannot be read: ${why}`)]
    }
  }
}

/** Whether S3 has said it, and would say it again. */
function isAnswer(error: unknown): boolean {
  const { $metadata } = error as { readonly $metadata?: { readonly httpStatusCode?: number } } // as the SDK makes them
  return $metadata?.httpStatusCode !== undefined && $metadata.httpStatusCode < 500
}
