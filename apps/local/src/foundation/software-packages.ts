import type { PackageVersionStatus, S3Location } from '@aws-sdk/client-iot'

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

/** What a job did to a package on a device: a version is there now, or none of it any more (`$null`). */
export interface PackageInstallation {
  readonly packageName: string
  readonly versionName: string | null
}

/** What the software package catalog does for jobs. */
export interface SoftwarePackages {
  /** The version of that name, or the package's default where it is `$default`; undefined where there is none such. */
  version(packageName: string, versionName: string): PackageVersion | undefined
  /**
   * Package and version that an ARN names, whether or not they are there; the version may be `$default` or `$null`.
   * Undefined for what is no ARN of a package version of this account.
   */
  parseArn(arn: string): { readonly packageName: string; readonly versionName: string } | undefined
  /**
   * Tells that an execution of a job with `destinationPackageVersions` has succeeded on a thing. Where the package
   * configuration has jobs report versions, the reserved named shadow `$package` of the thing says so afterwards, with
   * the attributes of the version; otherwise nothing is done. What its role may not is in the log.
   * @param installed `$default` resolved
   */
  installed(thingName: string, installed: readonly PackageInstallation[]): void
}
