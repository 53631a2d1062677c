import { type Static, Type } from 'typebox'

/**
 * 1 to 128 of `a-zA-Z0-9-_.` (AWS IoT API reference, CreatePackage). `.` and `..` mean another address wherever they
 * stand in one, so that the console has no page for them.
 */
export const PackageName = Type.String({ minLength: 1, maxLength: 128, pattern: '^(?!\\.{1,2}$)[a-zA-Z0-9_.-]+$' })

/** 1 to 64 of the same (AWS IoT API reference, CreatePackageVersion). */
export const PackageVersionName = Type.String({
  minLength: 1,
  maxLength: 64,
  pattern: '^(?!\\.{1,2}$)[a-zA-Z0-9_.-]+$',
})

/** Of a job: whatever is the default when the job is made. */
export const DEFAULT_VERSION = '$default'
/** Of a job: the package is taken off the things. */
export const NO_VERSION = '$null'

/** A version that a job brings to its things: a name, {@link DEFAULT_VERSION}, or {@link NO_VERSION}. */
export const DestinationPackageVersion = Type.Object({
  packageName: PackageName,
  versionName: Type.String({
    minLength: 1,
    maxLength: 64,
    pattern: '^(?!\\.{1,2}$)(?:[a-zA-Z0-9_.-]+|\\$default|\\$null)$',
  }),
})
export type DestinationPackageVersion = Static<typeof DestinationPackageVersion>

/** `arn:aws:iot:…:package/fw/version/2.1` → `fw` and `2.1`; undefined for another ARN. */
export function parsePackageVersionArn(arn: string): DestinationPackageVersion | undefined {
  const [, packageName, versionName] = /^arn:[^:]*:iot:[^:]*:[^:]*:package\/([^/]+)\/version\/([^/]+)$/.exec(arn) ?? []
  return packageName === undefined || versionName === undefined ? undefined : { packageName, versionName }
}

/** The reserved named shadow in which things say what they run. */
export const PACKAGE_SHADOW = '$package'

/** Where the fleet index has the version of a package that a thing runs (AWS IoT developer guide, "Preparing fleet indexing"). */
export const packageVersionField = (packageName: string): string =>
  `shadow.name.${PACKAGE_SHADOW}.reported.${packageName}.version`
