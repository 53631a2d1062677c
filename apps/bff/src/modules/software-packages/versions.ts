import {
  CreatePackageVersionCommand,
  DeletePackageVersionCommand,
  GetPackageVersionCommand,
  type IoTClient,
  ListPackageVersionsCommand,
  type S3Location,
  UpdatePackageVersionCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  endpoints,
  NewPackageVersion,
  PackageVersion,
  PackageVersionPage,
  PackageVersionSummary,
  QueryOf,
} from '@thingdeck/contract'
import { isoTime, present } from '../../aws/present.ts'

/** Versions of packages. Errors are AWS's own. */
export interface Versions {
  list(packageName: string, page: QueryOf<typeof endpoints.listPackageVersions>): Promise<PackageVersionPage>
  get(packageName: string, versionName: string): Promise<PackageVersion>
  create(packageName: string, made: NewPackageVersion): Promise<void>
  update(packageName: string, versionName: string, change: BodyOf<typeof endpoints.updatePackageVersion>): Promise<void>
  delete(packageName: string, versionName: string): Promise<void>
}

export function createVersions(iot: IoTClient): Versions {
  return {
    async list(packageName, page) {
      const { packageVersionSummaries = [], nextToken } = await iot.send(
        new ListPackageVersionsCommand({ packageName, ...page, nextToken: page.nextToken || undefined }),
      )
      return { versions: packageVersionSummaries.map(summaryOf), ...(nextToken && { nextToken }) }
    },

    async get(packageName, versionName) {
      const found = await iot.send(new GetPackageVersionCommand({ packageName, versionName }))
      return {
        ...summaryOf(found),
        packageVersionArn: found.packageVersionArn ?? '',
        attributes: found.attributes ?? {},
        ...present({
          description: found.description || undefined,
          artifact: found.artifact?.s3Location && present(placeOf(found.artifact.s3Location)),
          recipe: found.recipe || undefined,
          errorReason: found.errorReason || undefined,
          sbom: found.sbom?.s3Location && present(placeOf(found.sbom.s3Location)),
          sbomValidationStatus: found.sbomValidationStatus,
        }),
      }
    },

    async create(packageName, made) {
      await iot.send(new CreatePackageVersionCommand({ packageName, ...made }))
    },

    async update(packageName, versionName, change) {
      await iot.send(new UpdatePackageVersionCommand({ packageName, versionName, ...change }))
    },

    async delete(packageName, versionName) {
      await iot.send(new DeletePackageVersionCommand({ packageName, versionName }))
    },
  }
}

const placeOf = ({ bucket, key, version }: S3Location) => ({ bucket, key, version })

interface SummaryOfAws {
  readonly packageName?: string | undefined
  readonly versionName?: string | undefined
  readonly status?: string | undefined
  readonly creationDate?: Date | undefined
  readonly lastModifiedDate?: Date | undefined
}

const summaryOf = (found: SummaryOfAws): PackageVersionSummary => ({
  packageName: found.packageName ?? '',
  versionName: found.versionName ?? '',
  status: found.status ?? '',
  ...present({ createdAt: isoTime(found.creationDate), lastUpdatedAt: isoTime(found.lastModifiedDate) }),
})
