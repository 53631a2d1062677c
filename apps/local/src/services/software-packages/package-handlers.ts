import { invalidInput } from '../../foundation/errors.ts'
import type { IotHandlers } from '../../foundation/iot-handlers.ts'
import { mapPage } from '../../foundation/paging.ts'
import type { RoleSessions } from '../../foundation/role-sessions.ts'
import { parseRoleArn } from '../../foundation/roles.ts'
import type { Package, PackageTable, Version } from './package-table.ts'
import type { Packages } from './packages.ts'
import type { ValidatedFile } from './sbom-table.ts'
import type { Sboms } from './sboms.ts'
import type { Versions } from './versions.ts'

interface PackageHandlersParts {
  readonly table: PackageTable
  readonly packages: Packages
  readonly versions: Versions
  readonly sboms: Sboms
  /** What AWS IoT may be. */
  readonly sessions: RoleSessions
}

/** The control plane's operations on the catalog. */
export function packageHandlers({ table, packages, versions, sboms, sessions }: PackageHandlersParts) {
  return {
    CreatePackage: (input) => {
      const { packageName, description } = packages.create(input)
      return { packageName, packageArn: packages.arnOf(packageName), description }
    },
    GetPackage: ({ packageName }) => {
      const found = packages.require(packageName)
      return { ...packageSummary(found), packageArn: packages.arnOf(packageName), description: found.description }
    },
    UpdatePackage: (input) => {
      packages.update(input)
      return {}
    },
    DeletePackage: ({ packageName }) => {
      packages.delete(packageName)
      return {}
    },
    ListPackages: (input) => {
      const { items, nextToken } = mapPage(packages.list(input), packageSummary)
      return { packageSummaries: items, nextToken }
    },
    CreatePackageVersion: (input) => {
      const { packageName, versionName, description, attributes, status } = versions.create(input)
      const packageVersionArn = versions.arnOf({ packageName, versionName })
      return { packageVersionArn, packageName, versionName, description, attributes: { ...attributes }, status }
    },
    GetPackageVersion: ({ packageName, versionName }) => {
      const found = versions.require(packageName, versionName)
      return {
        ...versionSummary(found),
        packageVersionArn: versions.arnOf(found),
        description: found.description,
        attributes: { ...found.attributes },
        artifact: found.artifact && { s3Location: found.artifact },
        recipe: found.recipe,
        sbom: found.sbom && { s3Location: found.sbom },
        sbomValidationStatus: found.sbomStatus,
      }
    },
    UpdatePackageVersion: (input) => {
      versions.update(input)
      return {}
    },
    DeletePackageVersion: ({ packageName, versionName }) => {
      versions.delete(packageName, versionName)
      return {}
    },
    AssociateSbomWithPackageVersion: (input) => {
      const { packageName, versionName, sbom, sbomStatus } = sboms.associate(input)
      return { packageName, versionName, sbom: sbom && { s3Location: sbom }, sbomValidationStatus: sbomStatus }
    },
    DisassociateSbomFromPackageVersion: (input) => {
      sboms.disassociate(input)
      return {}
    },
    ListSbomValidationResults: (input) => {
      const { items, nextToken } = mapPage(sboms.list(input), validationSummary)
      return { validationResultSummaries: items, nextToken }
    },
    ListPackageVersions: (input) => {
      const { items, nextToken } = mapPage(versions.list(input), versionSummary)
      return { packageVersionSummaries: items, nextToken }
    },
    GetPackageConfiguration: () => ({ versionUpdateByJobsConfig: table.configuration() }),
    UpdatePackageConfiguration: ({ versionUpdateByJobsConfig }) => {
      if (!versionUpdateByJobsConfig) throw invalidInput('Nothing to update: give versionUpdateByJobsConfig')
      const before = table.configuration()
      const { enabled = before?.enabled ?? false, roleArn = before?.roleArn } = versionUpdateByJobsConfig
      if (enabled && roleArn === undefined)
        throw invalidInput('versionUpdateByJobsConfig needs a roleArn to be enabled')
      if (roleArn !== undefined && !parseRoleArn(roleArn)) throw invalidInput(`${roleArn} is not the ARN of a role`)
      const untrusted = roleArn === undefined ? undefined : sessions.whyNotTrusted(roleArn)
      if (untrusted !== undefined) throw invalidInput(untrusted)
      table.putConfiguration({ enabled, roleArn })
      return {}
    },
  } satisfies IotHandlers
}

const packageSummary = ({ packageName, defaultVersionName, createdAtMs, modifiedAtMs }: Package) => ({
  packageName,
  defaultVersionName,
  creationDate: new Date(createdAtMs),
  lastModifiedDate: new Date(modifiedAtMs),
})

const versionSummary = ({ packageName, versionName, status, createdAtMs, modifiedAtMs }: Version) => ({
  packageName,
  versionName,
  status,
  creationDate: new Date(createdAtMs),
  lastModifiedDate: new Date(modifiedAtMs),
})

const validationSummary = ({ fileName, validationResult, errorCode, errorMessage }: ValidatedFile) => ({
  fileName,
  validationResult,
  errorCode,
  errorMessage,
})
