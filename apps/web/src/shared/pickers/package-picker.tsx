import { DEFAULT_VERSION, endpoints, NO_VERSION } from '@thingdeck/contract'
import { api } from '../api.ts'
import { versionStatus } from '../packages/version-status.tsx'
import { NamePicker, type NamePickerProps } from './name-picker.tsx'
import { PACKAGES } from './registry-keys.ts'
import type { NameSource } from './use-found-names.ts'

const isMeant = (name: string, part: string | undefined) =>
  part === undefined || name.toLowerCase().includes(part.toLowerCase())

const SOURCE: NameSource = {
  key: PACKAGES,
  findsNoBeginnings: true,
  async ask({ signal, name, nextToken }) {
    const { packages, nextToken: next } = await api(endpoints.listPackages, {
      query: { maxResults: 100, nextToken },
      signal,
    })
    const found = packages
      .filter(({ packageName }) => isMeant(packageName, name))
      .map(({ packageName, defaultVersionName }) => ({
        name: packageName,
        ...(defaultVersionName !== undefined && { description: `${defaultVersionName} is its default version` }),
      }))
    return { found, nextToken: next }
  },
}

/** A software package, found by a part of its name. */
export function PackagePicker(props: NamePickerProps) {
  return <NamePicker source={SOURCE} one="package" many="packages" {...props} />
}

/** What a job may bring of a package: its default version, one by its name, or none any more. */
const versionsOf = (packageName: string): NameSource => ({
  key: [...PACKAGES, 'of', packageName],
  findsNoBeginnings: true,
  async ask({ signal, name, nextToken }) {
    if (packageName === '') return { found: [] }
    const params = { packageName }
    const [{ versions, nextToken: next }, { defaultVersionName }] = await Promise.all([
      api(endpoints.listPackageVersions, { params, query: { maxResults: 100, nextToken }, signal }),
      api(endpoints.getPackage, { params, signal }),
    ])
    const own = [
      {
        name: DEFAULT_VERSION,
        description: `The default version when the job is made${defaultVersionName === undefined ? '' : `: ${defaultVersionName} now`}`,
        ...(defaultVersionName === undefined && { whyNot: 'It has no default version.' }),
      },
      { name: NO_VERSION, description: 'The package is taken off the things' },
    ]
    const named = versions.toReversed().map(({ versionName, status }) => ({
      name: versionName,
      description: versionStatus(status).words,
      ...(status === 'DRAFT' && { whyNot: 'A draft is not installed anywhere: publish it first.' }),
    }))
    return {
      found: [...named, ...(nextToken === '' ? own : [])].filter((each) => isMeant(each.name, name)),
      nextToken: next,
    }
  },
})

/** A version of a package that a job is to bring. */
export function DestinationVersionPicker({
  packageName,
  ...props
}: NamePickerProps & { readonly packageName: string }) {
  return <NamePicker source={versionsOf(packageName)} one="version" many="versions" {...props} />
}
