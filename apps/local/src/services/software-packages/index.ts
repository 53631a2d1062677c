import type { LocalContext } from '../../foundation/context.ts'
import type { MakeService } from '../../foundation/service.ts'
import type { SoftwarePackages } from '../../foundation/software-packages.ts'
import { PackageCatalog } from './catalog.ts'
import { packageHandlers } from './package-handlers.ts'
import { PACKAGE_NEEDS } from './package-needs.ts'
import { PackageTable } from './package-table.ts'
import { Packages } from './packages.ts'
import { ReportedVersions } from './reported-versions.ts'
import { Versions } from './versions.ts'

/** The software package catalog: packages, their versions, and which of them run on a thing. */
export const softwarePackagesService: MakeService = (context) => {
  const table = new PackageTable(context.database)
  const packages = new Packages(context, table)
  const versions = new Versions(context, table)
  new ReportedVersions(context, table) // it listens to jobs
  return {
    name: 'software-packages',
    handlers: { iot: packageHandlers(table, packages, versions) },
    controlPlaneNeeds: PACKAGE_NEEDS,
  }
}

/** Reads the catalog for services that name package versions, jobs above all. */
export const packageCatalog = (context: LocalContext): SoftwarePackages => new PackageCatalog(context)
