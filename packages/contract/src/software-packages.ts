import { type Static, Type } from 'typebox'
import { defineEndpoints, EMPTY, json } from './endpoint.ts'
import { JobSummary, JobTargets, MOST_DESTINATION_VERSIONS } from './jobs.ts'
import { oneOf } from './one-of.ts'
import { DestinationPackageVersion, PackageName, PackageVersionName } from './package-names.ts'
import { RoleArn } from './role-aliases.ts'
import { Tags } from './tags.ts'
import { NextToken } from './things.ts'

/** AWS IoT API reference, PackageVersionStatus; in the order in which a version comes through them. */
export const PACKAGE_VERSION_STATUSES = ['DRAFT', 'PUBLISHED', 'DEPRECATED'] as const
export type PackageVersionStatus = (typeof PACKAGE_VERSION_STATUSES)[number]
/** AWS IoT API reference, PackageVersionAction. */
const PACKAGE_VERSION_ACTIONS = ['PUBLISH', 'DEPRECATE'] as const
export type PackageVersionAction = (typeof PACKAGE_VERSION_ACTIONS)[number]

/** "The combined size of all the attributes on a package version is limited to 3KB" (AWS IoT API reference). */
export const MOST_PACKAGE_ATTRIBUTE_BYTES = 3 * 1_024

const DateTime = Type.Optional(Type.String({ format: 'date-time' }))
const Description = Type.String({ maxLength: 1_024 })

const S3Location = Type.Object({
  bucket: Type.String({ minLength: 1, maxLength: 255 }),
  key: Type.String({ minLength: 1, maxLength: 1_024 }),
  version: Type.Optional(Type.String({ minLength: 1, maxLength: 1_024 })),
})

/** A file in S3 as AWS gives it. */
export const ReadS3Location = Type.Object({
  bucket: Type.Optional(Type.String()),
  key: Type.Optional(Type.String()),
  version: Type.Optional(Type.String()),
})
export type ReadS3Location = Static<typeof ReadS3Location>

export const PackageSummary = Type.Object({
  packageName: Type.String(),
  defaultVersionName: Type.Optional(Type.String()),
  createdAt: DateTime,
  lastUpdatedAt: DateTime,
})
export type PackageSummary = Static<typeof PackageSummary>

export const PackagePage = Type.Object({
  packages: Type.Array(PackageSummary),
  nextToken: Type.Optional(Type.String()),
})
export type PackagePage = Static<typeof PackagePage>

export const SoftwarePackage = Type.Object({
  ...PackageSummary.properties,
  packageArn: Type.String(),
  description: Type.Optional(Type.String()),
})
export type SoftwarePackage = Static<typeof SoftwarePackage>

/**
 * Whether it was counted which things run what. `not-indexed`: the fleet index is off, or does not have the shadow
 * `$package`; `building`: it has it, and answers nothing yet.
 */
const counted = {
  outcome: oneOf(['counted', 'not-indexed', 'building', 'not-allowed', 'not-served']),
  message: Type.Optional(Type.String({ description: "Where it was refused: AWS's words" })),
}

/** What the list says of a package beyond what AWS lists. */
export const PackageLook = Type.Object({
  packageName: Type.String(),
  description: Type.Optional(Type.String()),
  versions: Type.Object({ count: Type.Integer(), isAtLeast: Type.Boolean() }),
  ...counted,
  things: Type.Optional(Type.Integer({ description: 'About how many things say that they run any version of it' })),
  onDefault: Type.Optional(Type.Integer({ description: 'About how many of these run the default version' })),
})
export type PackageLook = Static<typeof PackageLook>

/** How the things that run a package are spread over its versions. */
export const PackageThings = Type.Object({
  ...counted,
  about: Type.Optional(Type.Integer({ description: 'Things that say that they run it; the index lags a little' })),
  versions: Type.Array(Type.Object({ versionName: Type.String(), count: Type.Integer() }), {
    description: 'The most frequent first; also versions that the catalog does not have',
  }),
  isAll: Type.Boolean({ description: 'Whether other versions than these were looked for, too' }),
})
export type PackageThings = Static<typeof PackageThings>

export const PackageVersionSummary = Type.Object({
  packageName: Type.String(),
  versionName: Type.String(),
  status: Type.String({ description: 'DRAFT, PUBLISHED, DEPRECATED' }),
  createdAt: DateTime,
  lastUpdatedAt: DateTime,
})
export type PackageVersionSummary = Static<typeof PackageVersionSummary>

export const PackageVersionPage = Type.Object({
  versions: Type.Array(PackageVersionSummary),
  nextToken: Type.Optional(Type.String()),
})
export type PackageVersionPage = Static<typeof PackageVersionPage>

export const PackageVersion = Type.Object({
  ...PackageVersionSummary.properties,
  packageVersionArn: Type.String(),
  description: Type.Optional(Type.String()),
  attributes: Type.Record(Type.String(), Type.String()),
  artifact: Type.Optional(ReadS3Location),
  recipe: Type.Optional(Type.String()),
  errorReason: Type.Optional(Type.String()),
  sbom: Type.Optional(ReadS3Location),
  sbomValidationStatus: Type.Optional(Type.String()),
})
export type PackageVersion = Static<typeof PackageVersion>

/** Whether jobs write the versions that they bring into the shadow `$package` of a thing, and by which role. */
export const PackageConfiguration = Type.Object({
  enabled: Type.Boolean(),
  roleArn: Type.Optional(Type.String()),
})
export type PackageConfiguration = Static<typeof PackageConfiguration>

/** How many of the things of a job run the versions already that it is to bring. */
export const VersionTargets = Type.Object({
  ...counted,
  versions: Type.Array(
    Type.Interface([DestinationPackageVersion], {
      already: Type.Integer({
        description: 'Things that say that they run it; with `$null` those that do not run the package',
      }),
    }),
  ),
})
export type VersionTargets = Static<typeof VersionTargets>

/** Jobs that named a version of a package. AWS cannot search for them: some jobs are looked at, the newest first. */
export const PackageJobPage = Type.Object({
  jobs: Type.Array(
    Type.Interface([JobSummary], {
      packageVersions: Type.Array(Type.String({ description: 'ARNs of the versions of this package that it names' })),
    }),
  ),
  looked: Type.Integer({ description: 'So many jobs were looked at for this page' }),
  nextToken: Type.Optional(Type.String({ description: 'There are older jobs, which were not looked at' })),
})
export type PackageJobPage = Static<typeof PackageJobPage>

const Attributes = Type.Record(
  Type.String({ minLength: 1, pattern: '^[a-zA-Z0-9:_-]+$' }),
  Type.String({ minLength: 1, pattern: '^[^\\p{C}]+$' }),
)

const versionContent = {
  description: Type.Optional(Description),
  attributes: Type.Optional(Attributes),
  artifact: Type.Optional(Type.Object({ s3Location: S3Location })),
  recipe: Type.Optional(Type.String({ maxLength: 3_072 })),
}

export const NewPackage = Type.Object({
  packageName: PackageName,
  description: Type.Optional(Description),
  tags: Type.Optional(Tags),
})
export type NewPackage = Static<typeof NewPackage>

export const NewPackageVersion = Type.Object({
  versionName: PackageVersionName,
  ...versionContent,
  tags: Type.Optional(Tags),
})
export type NewPackageVersion = Static<typeof NewPackageVersion>

const ofPackage = Type.Object({ packageName: PackageName })
const ofVersion = Type.Object({ packageName: PackageName, versionName: PackageVersionName })
const page = {
  nextToken: Type.Optional(NextToken),
  maxResults: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
}

export const softwarePackageEndpoints = defineEndpoints({
  listPackages: {
    method: 'GET',
    path: '/api/packages',
    summary: 'A page of software packages',
    access: 'viewer',
    query: Type.Object(page),
    answer: json(PackagePage),
  },
  listPackageLooks: {
    method: 'GET',
    path: '/api/package-looks',
    summary: 'How many versions a few packages have, and how many things run them; those that are gone are left out',
    access: 'viewer',
    query: Type.Object({ packageName: Type.Array(PackageName, { minItems: 1, maxItems: 10 }) }),
    answer: json(Type.Object({ packages: Type.Array(PackageLook) })),
  },
  createPackage: {
    method: 'POST',
    path: '/api/packages',
    summary: 'Makes a software package, without versions',
    access: 'operator',
    audit: 'CreatePackage',
    body: NewPackage,
    answer: json(Type.Object({ packageName: Type.String(), packageArn: Type.String() })),
  },
  getPackage: {
    method: 'GET',
    path: '/api/packages/:packageName',
    summary: 'A software package',
    access: 'viewer',
    params: ofPackage,
    answer: json(SoftwarePackage),
  },
  updatePackage: {
    method: 'PATCH',
    path: '/api/packages/:packageName',
    summary: 'Changes what a package says of itself, and which version is the default one; an empty name: none',
    access: 'operator',
    audit: 'UpdatePackage',
    params: ofPackage,
    body: Type.Object(
      {
        description: Type.Optional(Description),
        defaultVersionName: Type.Optional(Type.Union([PackageVersionName, Type.Literal('')])),
      },
      { minProperties: 1 },
    ),
    answer: json(SoftwarePackage),
  },
  deletePackage: {
    method: 'DELETE',
    path: '/api/packages/:packageName',
    summary: 'Deletes a package that has no versions any more',
    access: 'admin',
    audit: 'DeletePackage',
    params: ofPackage,
    answer: EMPTY,
  },
  countPackageThings: {
    method: 'GET',
    path: '/api/packages/:packageName/things',
    summary: 'How many things run which version of a package, as the fleet index has it',
    access: 'viewer',
    params: ofPackage,
    answer: json(PackageThings),
  },
  listPackageJobs: {
    method: 'GET',
    path: '/api/packages/:packageName/jobs',
    summary:
      'Jobs that named a version of a package, of the next few that there are; a page may be empty and have a token',
    access: 'viewer',
    params: ofPackage,
    query: Type.Object({ nextToken: Type.Optional(NextToken) }),
    answer: json(PackageJobPage),
  },
  listPackageVersions: {
    method: 'GET',
    path: '/api/packages/:packageName/versions',
    summary: 'A page of the versions of a package',
    access: 'viewer',
    params: ofPackage,
    query: Type.Object({ ...page, status: Type.Optional(oneOf(PACKAGE_VERSION_STATUSES)) }),
    answer: json(PackageVersionPage),
  },
  createPackageVersion: {
    method: 'POST',
    path: '/api/packages/:packageName/versions',
    summary: 'Makes a version of a package, as a draft',
    access: 'operator',
    audit: 'CreatePackageVersion',
    params: ofPackage,
    body: NewPackageVersion,
    answer: json(PackageVersion),
  },
  getPackageVersion: {
    method: 'GET',
    path: '/api/packages/:packageName/versions/:versionName',
    summary: 'A version of a package, with its attributes, its artifact and its recipe',
    access: 'viewer',
    params: ofVersion,
    answer: json(PackageVersion),
  },
  updatePackageVersion: {
    method: 'PATCH',
    path: '/api/packages/:packageName/versions/:versionName',
    summary: 'Changes a version as far as its state lets that, publishes or deprecates it',
    access: 'operator',
    audit: 'UpdatePackageVersion',
    params: ofVersion,
    body: Type.Object(
      { ...versionContent, action: Type.Optional(oneOf(PACKAGE_VERSION_ACTIONS)) },
      { minProperties: 1 },
    ),
    answer: json(PackageVersion),
  },
  deletePackageVersion: {
    method: 'DELETE',
    path: '/api/packages/:packageName/versions/:versionName',
    summary: 'Deletes a version that is not the default one',
    access: 'admin',
    audit: 'DeletePackageVersion',
    params: ofVersion,
    answer: EMPTY,
  },
  countVersionTargets: {
    method: 'POST',
    path: '/api/package-version-targets',
    summary: 'How many of the things of a job run a version already that it is to bring',
    access: 'operator',
    audit: false, // nothing is written
    body: Type.Object({
      packageVersions: Type.Array(DestinationPackageVersion, { minItems: 1, maxItems: MOST_DESTINATION_VERSIONS }),
      targets: Type.Union([JobTargets, Type.Object({ query: Type.String({ minLength: 1, maxLength: 1_000 }) })]),
    }),
    answer: json(VersionTargets),
  },
  getPackageConfiguration: {
    method: 'GET',
    path: '/api/package-configuration',
    summary: 'Whether jobs say in the shadow $package what they brought to a thing',
    access: 'viewer',
    answer: json(PackageConfiguration),
  },
  updatePackageConfiguration: {
    method: 'PUT',
    path: '/api/package-configuration',
    summary: 'Has jobs say in the shadow $package what they brought to a thing, by a role, or not',
    access: 'admin',
    audit: 'UpdatePackageConfiguration',
    body: Type.Object({ enabled: Type.Boolean(), roleArn: Type.Optional(RoleArn) }),
    answer: json(PackageConfiguration),
  },
})
