import { type DestinationPackageVersion, NO_VERSION } from '@thingdeck/contract'
import type { Placeholder as FoundPlaceholder } from '@thingdeck/jobs'
import type { Placeholder } from '../../../shared/editor/placeholder-completion.ts'
import { versionInWords } from '../../../shared/packages/package-queries.ts'

type PackagePlaceholder = Extract<FoundPlaceholder, { kind: 'package' }>

/** What the catalog says of a version that a job brings. */
export interface DestinationFacts extends DestinationPackageVersion {
  readonly attributes: readonly string[]
  readonly hasArtifact: boolean
}

const isSame = (one: DestinationPackageVersion, other: DestinationPackageVersion) =>
  one.packageName === other.packageName && one.versionName === other.versionName

/**
 * Why AWS would refuse a placeholder of a package version; undefined: nothing is known against it.
 * @see AWS IoT developer guide, "Preparing jobs for Software Package Catalog"
 */
export function packageProblem(
  placeholder: PackagePlaceholder,
  destinations: readonly DestinationPackageVersion[],
  facts: readonly DestinationFacts[],
): string | undefined {
  const { packageName, versionName, wanted } = placeholder
  const named = destinations.filter((each) => each.packageName !== '')
  const [only] = named
  if (packageName === '' && (!only || named.length > 1)) {
    return `A placeholder that names no package is for jobs that bring one version; this brings ${named.length}.`
  }
  const meant = packageName === '' ? only : named.find((each) => isSame(each, { packageName, versionName }))
  if (!meant) {
    const other = named.find((each) => each.packageName === packageName)
    return other
      ? `The job brings ${versionInWords(packageName, other.versionName)}: write it as it is there, ${other.versionName}.`
      : `The job does not bring ${versionInWords(packageName, versionName)}: add it to the package versions above.`
  }
  if (meant.versionName === NO_VERSION)
    return `The job takes ${meant.packageName} off the things: there is no version to ask.`
  const known = facts.find((each) => isSame(each, meant))
  if (!known) return undefined
  const words = versionInWords(meant.packageName, meant.versionName)
  if (wanted.kind === 'artifact') return known.hasArtifact ? undefined : `${words} has no artifact.`
  if (wanted.kind === 'attributes' || known.attributes.includes(wanted.key)) return undefined
  return known.attributes.length === 0
    ? `${words} has no attributes.`
    : `${words} has no attribute ${wanted.key}; it has ${known.attributes.join(', ')}.`
}

/** What a document can ask of the versions that the job brings, whole. */
export const packagePlaceholders = (facts: readonly DestinationFacts[]): readonly Placeholder[] =>
  facts.flatMap(({ packageName, versionName, attributes, hasArtifact }) => {
    const begin = `\${aws:iot:package:${packageName}:version:${versionName}`
    const words = versionInWords(packageName, versionName)
    const one = (end: string, said: string): Placeholder => ({
      label: `${begin}:${end}}`,
      insert: `${begin}:${end}}|`,
      words: said,
    })
    return [
      ...attributes.map((key) => one(`attributes:${key}`, `The attribute ${key} of ${words}.`)),
      one('attributes', `All attributes of ${words}, as an object: it has to be a whole value.`),
      ...(hasArtifact
        ? [one('artifact-location:s3-presigned-url', `Where the artifact of ${words} is fetched; it needs a role.`)]
        : []),
    ]
  })
