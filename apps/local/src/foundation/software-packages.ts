import type { PackageVersionStatus, S3Location } from '@aws-sdk/client-iot'

/** The reserved named shadow that says which versions of software packages run on a thing. */
export const PACKAGE_SHADOW = '$package'

/** A version of a software package, as jobs need it. */
export interface PackageVersion {
  readonly packageName: string
  /** Its own name, where it was asked for as `$default`. */
  readonly versionName: string
  /** `arn:aws:iot:REGION:ACCOUNT:package/NAME/version/VERSION` */
  readonly arn: string
  /** A `DRAFT` can neither be a default nor be deployed. */
  readonly status: PackageVersionStatus
  readonly attributes: Readonly<Record<string, string>>
  readonly artifact: S3Location | undefined
}

/**
 * The software package catalog, for services that name package versions. What a job brought to a thing the catalog says
 * itself, in the reserved named shadow `$package`: it listens to jobs.
 */
export interface SoftwarePackages {
  /** The version of that name, or the package's default where it is `$default`; undefined where there is none such. */
  version(packageName: string, versionName: string): PackageVersion | undefined
  /**
   * Package and version that an ARN names, whether or not they are there; the version may be `$default` or `$null`.
   * Undefined for what is no ARN of a package version of this account.
   */
  parseArn(arn: string): { readonly packageName: string; readonly versionName: string } | undefined
}
