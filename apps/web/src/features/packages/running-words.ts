import type { PackageThings } from '@thingdeck/contract'
import { formatCounted } from '../../shared/format.ts'

/**
 * What the deletion of a version, or of all of them, means for the things that run it, as far as it is known.
 * @param versionName undefined: all of them
 */
export function runningConsequence(
  things: PackageThings | undefined,
  versionName: string | undefined,
): readonly string[] {
  if (things?.outcome !== 'counted') return ['How many things run it is not known.']
  const count =
    versionName === undefined
      ? (things.about ?? 0)
      : (things.versions.find((each) => each.versionName === versionName)?.count ?? 0)
  if (count === 0) return ['No thing says that it runs it.']
  return [
    `${formatCounted(count, 'thing')} ${count === 1 ? 'says that it runs it' : 'say that they run it'}, and go on doing so: nothing is taken off them.`,
  ]
}
