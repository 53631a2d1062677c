import { conflict, invalidInput, notFound, quotaExceeded } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { type Page, type PageRequest, paginateBySeq, refuseTokenAsInput } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { packageArn, parsePackageId } from './package-arns.ts'
import type { Package, PackageTable } from './package-table.ts'
import { requestOf, tagList } from './requests.ts'

/** AWS IoT Device Management's quota. */
const MAX_PACKAGES = 100
/** Of a list, where its caller says nothing. */
export const DEFAULT_PAGE_SIZE = 25

/** @see AWS IoT developer guide, "AWS IoT Device Management Software Package Catalog" */
export class Packages {
  readonly #context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'tags'>
  readonly #table: PackageTable

  constructor(context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'tags'>, table: PackageTable) {
    this.#context = context
    this.#table = table
    context.tags.addKind('package', (id) => {
      const { packageName = '', versionName } = parsePackageId(id) ?? {}
      if (versionName === undefined) return table.package(packageName) !== undefined
      return table.version(packageName, versionName) !== undefined
    })
  }

  arnOf(packageName: string): string {
    return packageArn(this.#context.account, packageName)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(packageName: string): Package {
    const found = this.#table.package(packageName)
    if (!found) throw notFound(`Package ${packageName} does not exist`)
    return found
  }

  /** @throws {AwsError} ConflictException where there is one that another request made; ServiceQuotaExceededException */
  create(input: IotInput<'CreatePackage'>): Package {
    const { packageName, description, tags } = input
    const { database, clock } = this.#context
    const request = requestOf(input.clientToken, [packageName, description, tags])
    return database.transaction(() => {
      const existing = this.#table.package(packageName)
      if (existing && existing.request === request && request !== undefined) return existing
      if (existing) throw conflict(`Package ${packageName} already exists`, packageName)
      if (this.#table.counts().packages >= MAX_PACKAGES) throw quotaExceeded(`No more than ${MAX_PACKAGES} packages`)
      const nowMs = clock()
      this.#table.putPackage({
        ...{ packageName, description, defaultVersionName: undefined, request },
        ...{ createdAtMs: nowMs, modifiedAtMs: nowMs },
      })
      this.#context.tags.create(this.arnOf(packageName), tagList(tags))
      return this.require(packageName)
    })
  }

  /**
   * Changes the description, and which version is the default one: a published or deprecated one.
   * @throws {AwsError} ResourceNotFoundException, ConflictException, ValidationException
   */
  update(input: IotInput<'UpdatePackage'>): void {
    const { packageName, description, defaultVersionName, unsetDefaultVersion } = input
    const found = this.require(packageName)
    if (defaultVersionName !== undefined && unsetDefaultVersion === true) {
      throw invalidInput('Give defaultVersionName or unsetDefaultVersion, not both')
    }
    if (defaultVersionName !== undefined) {
      const version = this.#table.version(packageName, defaultVersionName)
      if (!version) throw notFound(`Version ${defaultVersionName} of package ${packageName} does not exist`)
      if (version.status === 'DRAFT') {
        throw conflict(
          `Version ${defaultVersionName} is a DRAFT: publish it before it becomes the default`,
          packageName,
        )
      }
    }
    this.#table.putPackage({
      ...found,
      description: description ?? found.description,
      defaultVersionName: unsetDefaultVersion === true ? undefined : (defaultVersionName ?? found.defaultVersionName),
      modifiedAtMs: this.#context.clock(),
    })
  }

  /** One that is gone already is no fault. @throws {AwsError} ValidationException while it has versions */
  delete(packageName: string): void {
    if (!this.#table.package(packageName)) return
    if (this.#table.versions(packageName, undefined, 0, 1).length > 0) {
      throw invalidInput(`Package ${packageName} has versions: delete them first`)
    }
    this.#context.database.transaction(() => {
      this.#table.deletePackage(packageName)
      this.#context.tags.forget(this.arnOf(packageName))
    })
  }

  /** @throws {AwsError} ValidationException for a token of another list */
  list({ maxResults = DEFAULT_PAGE_SIZE, nextToken }: PageRequest): Page<Package> {
    return paginateBySeq(
      { maxResults, nextToken },
      'packages',
      (after, count) => this.#table.packages(after, count),
      refuseTokenAsInput,
    )
  }
}
