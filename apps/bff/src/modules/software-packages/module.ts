import { endpoints, type PackageVersion, type SoftwarePackage } from '@thingdeck/contract'
import { Pace } from '../../aws/pace.ts'
import { SYSTEM_CLOCK } from '../../clock.ts'
import { changedMembers } from '../../plugins/audit/changes.ts'
import { route } from '../../plugins/route.ts'
import type { Module } from '../module.ts'
import { createPackages } from './packages.ts'
import { RunningThings } from './running-things.ts'
import { countVersionTargets } from './version-targets.ts'
import { createVersions } from './versions.ts'

/** AWS takes 15 SearchIndex a second of an account: most are left to people who search. */
const SEARCHES_PER_SECOND = 6

/** Software packages, their versions, and which things run them. */
export const softwarePackages: Module = {
  name: 'software-packages',
  routes(app, { aws: { iot, arns } }) {
    const packages = createPackages(iot)
    const versions = createVersions(iot)
    const running = new RunningThings(iot, SYSTEM_CLOCK, packages, versions)
    const pace = new Pace(SYSTEM_CLOCK, SEARCHES_PER_SECOND)
    const ofPackage = (id: string) => ({ type: 'package', id, arn: `${arns.prefix}:package/${id}` })
    const ofVersion = (packageName: string, versionName: string) => ({
      type: 'package-version',
      id: `${packageName}/${versionName}`,
      arn: `${arns.prefix}:package/${packageName}/version/${versionName}`,
    })

    route(app, endpoints.listPackages, async ({ query }) => packages.list(query))
    route(app, endpoints.listPackageLooks, async ({ query }) => {
      const looks = await Promise.all(query.packageName.map((name) => running.look(name)))
      return { packages: looks.filter((look) => look !== undefined) }
    })
    route(app, endpoints.getPackage, async ({ params }) => packages.get(params.packageName))
    route(app, endpoints.countPackageThings, async ({ params }) => running.of(params.packageName))
    route(app, endpoints.countVersionTargets, async ({ body, signal }) =>
      countVersionTargets(iot, packages, pace, body, signal),
    )

    route(app, endpoints.createPackage, async (request) => {
      const { packageName } = request.body
      request.noteAudit({ resource: ofPackage(packageName), changes: changedMembers({}, request.body) })
      return packages.create(request.body)
    })

    route(app, endpoints.updatePackage, async (request) => {
      const { packageName } = request.params
      request.noteAudit({ resource: ofPackage(packageName) })
      const before = await packages.get(packageName)
      await packages.update(packageName, request.body)
      const after = await packages.get(packageName)
      request.noteAudit({ changes: changedMembers(contentOfPackage(before), contentOfPackage(after)) })
      return after
    })

    route(app, endpoints.deletePackage, async (request) => {
      const { packageName } = request.params
      request.noteAudit({ resource: ofPackage(packageName) })
      const before = await packages.get(packageName)
      await packages.delete(packageName)
      request.noteAudit({ changes: changedMembers(contentOfPackage(before), {}) })
      return undefined
    })

    route(app, endpoints.listPackageVersions, async ({ params, query }) => versions.list(params.packageName, query))
    route(app, endpoints.getPackageVersion, async ({ params }) => versions.get(params.packageName, params.versionName))

    route(app, endpoints.createPackageVersion, async (request) => {
      const { packageName } = request.params
      const { versionName } = request.body
      request.noteAudit({ resource: ofVersion(packageName, versionName), changes: changedMembers({}, request.body) })
      await versions.create(packageName, request.body)
      return versions.get(packageName, versionName)
    })

    route(app, endpoints.updatePackageVersion, async (request) => {
      const { packageName, versionName } = request.params
      request.noteAudit({ resource: ofVersion(packageName, versionName) })
      const before = await versions.get(packageName, versionName)
      await versions.update(packageName, versionName, request.body)
      const after = await versions.get(packageName, versionName)
      request.noteAudit({ changes: changedMembers(contentOf(before), contentOf(after)) })
      return after
    })

    route(app, endpoints.deletePackageVersion, async (request) => {
      const { packageName, versionName } = request.params
      request.noteAudit({ resource: ofVersion(packageName, versionName) })
      const before = await versions.get(packageName, versionName)
      await versions.delete(packageName, versionName)
      request.noteAudit({ changes: changedMembers(contentOf(before), {}) })
      return undefined
    })

    route(app, endpoints.getPackageConfiguration, async () => packages.configuration())

    route(app, endpoints.updatePackageConfiguration, async (request) => {
      request.noteAudit({ resource: { type: 'package-configuration', id: 'software packages' } })
      const before = await packages.configuration()
      await packages.configure(request.body)
      const after = await packages.configuration()
      request.noteAudit({ changes: changedMembers(before, after) })
      return after
    })
  },
}

/** What people change, of what AWS gives. */
const contentOfPackage = ({ description, defaultVersionName }: SoftwarePackage) => ({ description, defaultVersionName })
const contentOf = ({ status, description, attributes, artifact, recipe }: PackageVersion) => ({
  status,
  description,
  attributes,
  artifact,
  recipe,
})
