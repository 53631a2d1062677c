import { DEFAULT_VERSION, type DestinationPackageVersion, NO_VERSION, type VersionTargets } from '@thingdeck/contract'
import { formatCounted } from '../../../shared/format.ts'
import { versionInWords } from '../../../shared/packages/package-queries.ts'

/** How many of the things run already what the job brings, each a sentence; nothing while that is not known. */
export function alreadyInWords(counted: VersionTargets | undefined): readonly string[] {
  if (!counted) return []
  if (counted.outcome !== 'counted') {
    return ['Whether some of the things run it already is not known: the fleet index does not have what things run.']
  }
  return counted.versions.map(({ packageName, versionName, already }) => {
    if (versionName === NO_VERSION) {
      return `${formatCounted(already, 'thing')} of these ${already === 1 ? 'does' : 'do'} not say that ${already === 1 ? 'it runs' : 'they run'} ${packageName}.`
    }
    const words = versionInWords(packageName, versionName)
    if (already === 0) return `None of the things says that it runs ${words} yet.`
    return `${formatCounted(already, 'thing')} of these ${already === 1 ? 'says that it runs' : 'say that they run'} ${words} already.`
  })
}

/** What becomes of a package on a thing on which the job succeeds, in a sentence. */
export function broughtInWords({ packageName, versionName }: DestinationPackageVersion): string {
  if (versionName === NO_VERSION) return `It takes ${packageName} off the things.`
  return versionName === DEFAULT_VERSION
    ? `It brings the version of ${packageName} that is the default when the job is made.`
    : `It brings ${packageName} ${versionName}.`
}
