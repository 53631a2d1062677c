import { type PlannedThing, ProvisioningFailure } from '@thingdeck/provisioning'
import { shadowTopics } from '@thingdeck/topics'
import type { ServiceContext } from '../../foundation/service.ts'
import { PACKAGE_SHADOW, type PackageVersion } from '../../foundation/software-packages.ts'

/** Which versions of software packages a thing comes with. */
export class PackageVersions {
  readonly #context: Pick<ServiceContext, 'messages' | 'softwarePackages'>

  constructor(context: Pick<ServiceContext, 'messages' | 'softwarePackages'>) {
    this.#context = context
  }

  /** @throws {ProvisioningFailure} for a version that is not in the catalog, or that is a draft */
  of({ packageVersions, path }: PlannedThing): readonly PackageVersion[] {
    return Object.entries(packageVersions).map(([packageName, versionName]) => {
      const version = this.#context.softwarePackages.version(packageName, versionName)
      const at = `${path}.Properties.PackageVersions.${packageName}`
      if (!version) {
        throw new ProvisioningFailure('thing', at, `version ${versionName} of package ${packageName} does not exist`)
      }
      if (version.status === 'DRAFT') {
        throw new ProvisioningFailure('thing', at, `version ${versionName} of package ${packageName} is a draft`)
      }
      return version
    })
  }

  /** Says so in the thing's reserved named shadow. */
  report(thingName: string, versions: readonly PackageVersion[]): void {
    if (versions.length === 0) return
    const reported = Object.fromEntries(
      versions.map(({ packageName, versionName, attributes }) => [packageName, { version: versionName, attributes }]),
    )
    const topic = shadowTopics(thingName, PACKAGE_SHADOW).update
    this.#context.messages.publish(topic, Buffer.from(JSON.stringify({ state: { reported } })))
  }
}
