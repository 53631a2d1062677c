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
  const count = countOf(things, versionName)
  if (count === undefined) return ['How many things run it is not known.']
  if (count === 0) return ['No thing says that it runs it.']
  return [
    count === 1
      ? '1 thing says that it runs it, and goes on doing so: nothing is taken off it.'
      : `${formatCounted(count, 'thing')} say that they run it, and go on doing so: nothing is taken off them.`,
  ]
}

/** Of many versions not all are asked for: of the others it is not known. */
function countOf(things: PackageThings | undefined, versionName: string | undefined): number | undefined {
  if (things?.outcome !== 'counted') return undefined
  if (versionName === undefined) return things.about
  const counted = things.versions.find((each) => each.versionName === versionName)
  return counted?.count ?? (things.isAll ? 0 : undefined)
}
