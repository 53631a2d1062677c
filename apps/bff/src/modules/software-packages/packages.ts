import {
  CreatePackageCommand,
  DeletePackageCommand,
  GetPackageCommand,
  GetPackageConfigurationCommand,
  type IoTClient,
  ListPackagesCommand,
  UpdatePackageCommand,
  UpdatePackageConfigurationCommand,
} from '@aws-sdk/client-iot'
import type {
  BodyOf,
  endpoints,
  NewPackage,
  PackageConfiguration,
  PackagePage,
  PackageSummary,
  QueryOf,
  SoftwarePackage,
} from '@thingdeck/contract'
import { isoTime, present } from '../../aws/present.ts'

/** The catalog's packages, and how jobs say what they bring. Errors are AWS's own. */
export interface Packages {
  list(page: QueryOf<typeof endpoints.listPackages>): Promise<PackagePage>
  get(packageName: string): Promise<SoftwarePackage>
  create(made: NewPackage): Promise<{ packageName: string; packageArn: string }>
  update(packageName: string, change: BodyOf<typeof endpoints.updatePackage>): Promise<void>
  delete(packageName: string): Promise<void>
  configuration(): Promise<PackageConfiguration>
  configure(configuration: PackageConfiguration): Promise<void>
}

export function createPackages(iot: IoTClient): Packages {
  return {
    async list(page) {
      const { packageSummaries = [], nextToken } = await iot.send(
        new ListPackagesCommand({ ...page, nextToken: page.nextToken || undefined }),
      )
      return { packages: packageSummaries.map(summaryOf), ...(nextToken && { nextToken }) }
    },

    async get(packageName) {
      const found = await iot.send(new GetPackageCommand({ packageName }))
      const { packageArn = '', description } = found
      return { ...summaryOf(found), packageArn, ...(description && { description }) }
    },

    async create({ packageName, description, tags }) {
      const { packageArn = '' } = await iot.send(
        new CreatePackageCommand({ packageName, ...(description && { description }), ...(tags && { tags }) }),
      )
      return { packageName, packageArn }
    },

    async update(packageName, { description, defaultVersionName }) {
      await iot.send(
        new UpdatePackageCommand({
          packageName,
          ...(description !== undefined && { description }),
          ...(defaultVersionName === '' && { unsetDefaultVersion: true }),
          ...(defaultVersionName && { defaultVersionName }),
        }),
      )
    },

    async delete(packageName) {
      await iot.send(new DeletePackageCommand({ packageName }))
    },

    async configuration() {
      const { versionUpdateByJobsConfig } = await iot.send(new GetPackageConfigurationCommand({}))
      const { enabled = false, roleArn } = versionUpdateByJobsConfig ?? {}
      return { enabled, ...(roleArn && { roleArn }) }
    },

    async configure(versionUpdateByJobsConfig) {
      await iot.send(new UpdatePackageConfigurationCommand({ versionUpdateByJobsConfig }))
    },
  }
}

interface SummaryOfAws {
  readonly packageName?: string | undefined
  readonly defaultVersionName?: string | undefined
  readonly creationDate?: Date | undefined
  readonly lastModifiedDate?: Date | undefined
}

const summaryOf = (found: SummaryOfAws): PackageSummary => ({
  packageName: found.packageName ?? '',
  ...present({
    defaultVersionName: found.defaultVersionName || undefined,
    createdAt: isoTime(found.creationDate),
    lastUpdatedAt: isoTime(found.lastModifiedDate),
  }),
})
