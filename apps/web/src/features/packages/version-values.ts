import {
  type BodyOf,
  type endpoints,
  MOST_PACKAGE_ATTRIBUTE_BYTES,
  type NewPackageVersion,
  type PackageVersion,
} from '@thingdeck/contract'
import { type Pair, type PairRules, pairsOf, pairsRule, recordOf } from '../../shared/form/pairs-field.tsx'
import type { Rule } from '../../shared/form/use-form.ts'
import { formatBytes } from '../../shared/format.ts'
import type { Editable } from './words.ts'

/** A version as it is typed; `''` is what was left out. */
export interface VersionValues {
  readonly versionName: string
  readonly description: string
  readonly attributes: readonly Pair[]
  readonly bucket: string
  readonly key: string
  readonly objectVersion: string
  readonly recipe: string
}

export const NEW_VERSION: VersionValues = {
  versionName: '',
  description: '',
  attributes: [],
  bucket: '',
  key: '',
  objectVersion: '',
  recipe: '',
}

export const valuesOf = (version: PackageVersion): VersionValues => ({
  versionName: version.versionName,
  description: version.description ?? '',
  attributes: pairsOf(version.attributes),
  bucket: version.artifact?.bucket ?? '',
  key: version.artifact?.key ?? '',
  objectVersion: version.artifact?.version ?? '',
  recipe: version.recipe ?? '',
})

/** AWS IoT API reference, CreatePackageVersion. */
export const ATTRIBUTE_RULES: PairRules = {
  one: 'attribute',
  many: 'attributes',
  keyLabel: 'Key',
  valueLabel: 'Value',
  most: 100,
  problemOf: ({ key, value }, others) => ({
    key:
      key === ''
        ? 'An attribute needs a key.'
        : others.includes(key)
          ? 'Another attribute has this key.'
          : /^[a-zA-Z0-9:_-]+$/.test(key)
            ? undefined
            : 'Only letters, digits and : _ -.',
    value: value === '' ? 'An attribute needs a value.' : undefined,
  }),
}

const bytesIn = (text: string) => new TextEncoder().encode(text).length

const attributesRule = (pairs: readonly Pair[]): string | undefined => {
  const bytes = Object.entries(recordOf(pairs)).reduce((sum, pair) => sum + bytesIn(pair.join('')), 0)
  return (
    pairsRule(ATTRIBUTE_RULES)(pairs) ??
    (bytes > MOST_PACKAGE_ATTRIBUTE_BYTES
      ? `At most ${formatBytes(MOST_PACKAGE_ATTRIBUTE_BYTES)} together; these are ${formatBytes(bytes)}.`
      : undefined)
  )
}

/** @param hasArtifact it has one, which AWS takes no more away */
export const versionRules = (
  hasArtifact: boolean,
): { readonly [K in keyof VersionValues]?: Rule<VersionValues[K], VersionValues> } => ({
  attributes: attributesRule,
  bucket: (bucket, { key, objectVersion }) => {
    if (bucket !== '') return undefined
    if (hasArtifact) return 'AWS takes an artifact no more away: name another file, or delete the version.'
    return key !== '' || objectVersion !== '' ? 'In which bucket does the file lie?' : undefined
  },
  key: (key, { bucket }) => (key === '' && bucket !== '' ? 'Which file of the bucket is it?' : undefined),
})

const artifactOf = ({ bucket, key, objectVersion }: VersionValues) => ({
  s3Location: { bucket, key, ...(objectVersion !== '' && { version: objectVersion }) },
})

/** What is sent of a new one. */
export const contentOf = (values: VersionValues): Omit<NewPackageVersion, 'versionName'> => ({
  ...(values.description !== '' && { description: values.description }),
  ...(values.attributes.length > 0 && { attributes: recordOf(values.attributes) }),
  ...(values.bucket !== '' && { artifact: artifactOf(values) }),
  ...(values.recipe !== '' && { recipe: values.recipe }),
})

/** What is sent of one that there is: what its state lets be changed, and what AWS can take. An artifact cannot be taken away. */
export const changeOf = (values: VersionValues, may: Editable): BodyOf<typeof endpoints.updatePackageVersion> => ({
  ...(values.description !== '' && { description: values.description }),
  ...(may.attributes && { attributes: recordOf(values.attributes) }),
  ...(may.artifact && values.bucket !== '' && { artifact: artifactOf(values) }),
  ...(may.recipe && values.recipe !== '' && { recipe: values.recipe }),
})
