import type { PackageVersionArtifact, PackageVersionStatus } from '@aws-sdk/client-iot'
import { conflict, invalidInput, notFound, quotaExceeded } from '../../foundation/errors.ts'
import type { IotInput } from '../../foundation/iot-handlers.ts'
import { type Page, paginateBySeq, refuseTokenAsInput } from '../../foundation/paging.ts'
import type { ServiceContext } from '../../foundation/service.ts'
import { versionArn } from './package-arns.ts'
import type { PackageTable, Version } from './package-table.ts'
import { DEFAULT_PAGE_SIZE } from './packages.ts'
import { requestOf, tagList } from './requests.ts'

/** AWS IoT Device Management's quota. */
const MAX_VERSIONS = 10_000
/** "The combined size of all the attributes on a package version is limited to 3KB." */
const MAX_ATTRIBUTE_BYTES = 3 * 1024

/**
 * What may be changed in each state, beside tags.
 * @see AWS IoT developer guide, "Preparing to use Software Package Catalog", package version lifecycle
 */
const EDITABLE: Readonly<
  Record<PackageVersionStatus, readonly ('description' | 'attributes' | 'artifact' | 'recipe')[]>
> = {
  DRAFT: ['description', 'attributes', 'artifact', 'recipe'],
  PUBLISHED: ['description', 'recipe'],
  DEPRECATED: ['description'],
}

const ACTIONS = {
  PUBLISH: { from: ['DRAFT', 'DEPRECATED'], to: 'PUBLISHED' },
  DEPRECATE: { from: ['PUBLISHED'], to: 'DEPRECATED' },
} as const satisfies Record<string, { from: readonly PackageVersionStatus[]; to: PackageVersionStatus }>

export class Versions {
  readonly #context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'tags'>
  readonly #table: PackageTable

  constructor(context: Pick<ServiceContext, 'account' | 'clock' | 'database' | 'tags'>, table: PackageTable) {
    this.#context = context
    this.#table = table
  }

  arnOf({ packageName, versionName }: Pick<Version, 'packageName' | 'versionName'>): string {
    return versionArn(this.#context.account, packageName, versionName)
  }

  find(packageName: string, versionName: string): Version | undefined {
    return this.#table.version(packageName, versionName)
  }

  /** @throws {AwsError} ResourceNotFoundException */
  require(packageName: string, versionName: string): Version {
    const found = this.find(packageName, versionName)
    if (!found) throw notFound(`Version ${versionName} of package ${packageName} does not exist`)
    return found
  }

  /** Makes a draft. @throws {AwsError} ValidationException, ConflictException, ServiceQuotaExceededException */
  create(input: IotInput<'CreatePackageVersion'>): Version {
    const { packageName, versionName, description, attributes = {}, artifact, recipe, tags, clientToken } = input
    const { database, clock } = this.#context
    checkAttributes(attributes)
    checkArtifact(artifact)
    const request = requestOf(clientToken, [packageName, versionName, description, attributes, artifact, recipe, tags])
    return database.transaction(() => {
      if (!this.#table.package(packageName))
        throw invalidInput(`Package ${packageName} does not exist: create it first`)
      const existing = this.#table.version(packageName, versionName)
      if (existing && existing.request === request && request !== undefined) return existing
      if (existing) throw conflict(`Version ${versionName} of package ${packageName} already exists`, versionName)
      if (this.#table.counts().versions >= MAX_VERSIONS) throw quotaExceeded(`No more than ${MAX_VERSIONS} versions`)
      const nowMs = clock()
      this.#table.putVersion({
        ...{ packageName, versionName, description, attributes, artifact: artifact?.s3Location, recipe, request },
        ...{ status: 'DRAFT', createdAtMs: nowMs, modifiedAtMs: nowMs },
      })
      const made = this.require(packageName, versionName)
      this.#context.tags.create(this.arnOf(made), tagList(tags))
      return made
    })
  }

  /** @throws {AwsError} ResourceNotFoundException, ValidationException; ConflictException for what its state does not let */
  update(input: IotInput<'UpdatePackageVersion'>): void {
    const { packageName, versionName, description, attributes, artifact, recipe, action } = input
    const found = this.require(packageName, versionName)
    if (attributes) checkAttributes(attributes)
    checkArtifact(artifact)
    const change = { description, attributes, artifact: artifact?.s3Location, recipe }
    const editable = EDITABLE[found.status]
    for (const [member, value] of Object.entries({ ...change, artifact })) {
      if (value === undefined || editable.some((each) => each === member)) continue
      throw conflict(`${member} cannot be changed: version ${versionName} is ${found.status}`, versionName)
    }
    const step = action && ACTIONS[action]
    if (step && !step.from.some((each) => each === found.status)) {
      throw conflict(`Version ${versionName} is ${found.status}, which cannot become ${step.to}`, versionName)
    }
    this.#table.putVersion({
      ...found,
      description: change.description ?? found.description,
      attributes: change.attributes ?? found.attributes,
      artifact: change.artifact ?? found.artifact,
      recipe: change.recipe ?? found.recipe,
      status: step?.to ?? found.status,
      modifiedAtMs: this.#context.clock(),
    })
  }

  /** One that is gone already is no fault. @throws {AwsError} ValidationException where it is its package's default */
  delete(packageName: string, versionName: string): void {
    const found = this.#table.version(packageName, versionName)
    if (!found) return
    if (this.#table.package(packageName)?.defaultVersionName === versionName) {
      throw invalidInput(
        `Version ${versionName} is the default of package ${packageName}: unset that by UpdatePackage first`,
      )
    }
    this.#context.database.transaction(() => {
      this.#table.deleteVersion(packageName, versionName)
      this.#context.tags.forget(this.arnOf(found))
    })
  }

  /** @throws {AwsError} ValidationException for a package that is not there, or a token of another list */
  list(input: IotInput<'ListPackageVersions'>): Page<Version> {
    const { packageName, status, maxResults = DEFAULT_PAGE_SIZE, nextToken } = input
    if (!this.#table.package(packageName)) throw invalidInput(`Package ${packageName} does not exist`)
    return paginateBySeq(
      { maxResults, nextToken },
      `versions of ${packageName} ${status ?? ''}`,
      (after, count) => this.#table.versions(packageName, status, after, count),
      refuseTokenAsInput,
    )
  }
}

/** @throws {AwsError} ValidationException */
function checkArtifact(artifact: PackageVersionArtifact | undefined): void {
  if (!artifact) return
  const { bucket, key } = artifact.s3Location ?? {}
  if (bucket === undefined || key === undefined)
    throw invalidInput('An artifact needs an s3Location with bucket and key')
}

/** @throws {AwsError} ValidationException */
function checkAttributes(attributes: Readonly<Record<string, string>>): void {
  const bytes = Object.entries(attributes)
    .flat()
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  if (bytes > MAX_ATTRIBUTE_BYTES) {
    throw invalidInput(`The attributes of a version have at most ${MAX_ATTRIBUTE_BYTES} bytes together, not ${bytes}`)
  }
}
