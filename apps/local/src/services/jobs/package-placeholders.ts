import { type Placeholder, replacePlaceholders } from '@thingdeck/jobs'
import { invalidRequest, notFound } from '../../foundation/errors.ts'
import type { PackageVersion, SoftwarePackages } from '../../foundation/software-packages.ts'

type PackagePlaceholder = Extract<Placeholder, { kind: 'package' }>

/** A version that a job is to bring to things, or take off them. */
interface Destination {
  readonly packageName: string
  /** As it is written: a name, `$default`, or `$null` for none any more. */
  readonly versionName: string
  /** Undefined for `$null`. */
  readonly version: PackageVersion | undefined
  /** With the name of the version that is the default now. */
  readonly arn: string
}

/** What becomes of a job's document and destinations, of which the catalog knows more when the job is made. */
export interface Substituted {
  readonly document: string
  readonly destinations: readonly string[]
}

/**
 * The document and the destinations of a job with what the catalog says: default versions by their names, attributes by
 * their values. Artifacts stay placeholders, with package and version: they are presigned when a device asks.
 * @throws {AwsError} InvalidRequestException, ResourceNotFoundException
 * @see AWS IoT developer guide, "Preparing jobs for Software Package Catalog"
 */
export function substitutePackages(packages: SoftwarePackages, document: string, arns: readonly string[]): Substituted {
  const destinations = arns.map((arn) => destinationOf(packages, arn))
  return {
    destinations: destinations.map(({ arn }) => arn),
    document: replacePlaceholders(document, (placeholder) => {
      if (placeholder.kind !== 'package') return undefined
      const version = versionOf(placeholder, destinations)
      const { packageName, versionName, attributes, artifact } = version
      const { wanted } = placeholder
      switch (wanted.kind) {
        case 'attributes':
          return { json: JSON.stringify(attributes) }
        case 'attribute': {
          const value = Object.hasOwn(attributes, wanted.key) ? attributes[wanted.key] : undefined
          if (value !== undefined) return value
          throw invalidRequest(`Version ${versionName} of package ${packageName} has no attribute ${wanted.key}`)
        }
        case 'artifact':
          if (!artifact) throw invalidRequest(`Version ${versionName} of package ${packageName} has no artifact`)
          return `\${aws:iot:package:${packageName}:version:${versionName}:artifact-location:s3-presigned-url}`
      }
    }),
  }
}

function destinationOf(packages: SoftwarePackages, arn: string): Destination {
  const named = packages.parseArn(arn)
  if (!named) throw invalidRequest(`${arn} is not the ARN of a package version of this account and region`)
  const { packageName, versionName } = named
  if (versionName === '$null') return { packageName, versionName, version: undefined, arn }
  const version = packages.version(packageName, versionName)
  if (!version) throw notFound(`Package ${packageName} has no version ${versionName}`)
  if (version.status === 'DRAFT') {
    throw invalidRequest(`Version ${version.versionName} of package ${packageName} is a DRAFT: it cannot be deployed`)
  }
  return { packageName, versionName, version, arn: version.arn }
}

/** The version that a placeholder means: it has to be among the destinations, as it is written there. */
function versionOf(
  { packageName, versionName }: PackagePlaceholder,
  destinations: readonly Destination[],
): PackageVersion {
  const found =
    packageName === ''
      ? destinations
      : destinations.filter((one) => one.packageName === packageName && one.versionName === versionName)
  const [only, second] = found
  if (packageName === '' && (!only || second)) {
    throw invalidRequest('A placeholder that names no package is for jobs with one entry in destinationPackageVersions')
  }
  if (!only) {
    throw invalidRequest(`Version ${versionName} of package ${packageName} is not among destinationPackageVersions`)
  }
  if (!only.version)
    throw invalidRequest(`The document asks for a version of package ${only.packageName}, which is $null`)
  return only.version
}
