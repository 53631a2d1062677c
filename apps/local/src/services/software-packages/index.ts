import type { LocalContext } from '../../foundation/context.ts'
import { RoleSessions } from '../../foundation/role-sessions.ts'
import { IOT_SERVICE } from '../../foundation/roles.ts'
import type { MakeService } from '../../foundation/service.ts'
import type { SoftwarePackages } from '../../foundation/software-packages.ts'
import { PackageCatalog } from './catalog.ts'
import { packageHandlers } from './package-handlers.ts'
import { PACKAGE_NEEDS } from './package-needs.ts'
import { PackageTable } from './package-table.ts'
import { Packages } from './packages.ts'
import { ReportedVersions } from './reported-versions.ts'
import { SbomTable } from './sbom-table.ts'
import { Sboms } from './sboms.ts'
import { Versions } from './versions.ts'

/** The software package catalog: packages, their versions, and which of them run on a thing. */
export const softwarePackagesService: MakeService = (context) => {
  const table = new PackageTable(context.database)
  const packages = new Packages(context, table)
  const versions = new Versions(context, table)
  const sessions = new RoleSessions(context, IOT_SERVICE.value)
  const sboms = new Sboms(context, { versions, table: new SbomTable(context.database) })
  new ReportedVersions(context, table, sessions) // it listens to jobs
  return {
    name: 'software-packages',
    handlers: { iot: packageHandlers({ table, packages, versions, sboms, sessions }) },
    controlPlaneNeeds: PACKAGE_NEEDS,
    close: () => sboms.close(),
  }
}

/** Reads the catalog for services that name package versions, jobs above all. */
export const packageCatalog = (context: LocalContext): SoftwarePackages => new PackageCatalog(context)
