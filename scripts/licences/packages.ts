import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package that is installed where Thingdeck is. */
export interface LockedPackage {
  readonly name: string
  /** Where it lies below the project, `node_modules/a/node_modules/b`. */
  readonly path: string
  /** An SPDX expression, as the package says; `''` where it says none. */
  readonly licence: string
}

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly name?: string; readonly license?: string; readonly dev?: boolean; readonly link?: boolean }
    >
  >
}

/** What the lock file installs to run Thingdeck: all but its own rooms and what only builds and tests it. */
export function productionPackages(root: string): readonly LockedPackage[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock // npm writes it
  return Object.entries(lock.packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
    .map(([path, { name, license = '' }]) => ({
      name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      path,
      licence: license,
    }))
}

/** What the installed package says itself; undefined where it is not installed, as those of other platforms are not. */
export function installedLicence(root: string, { path }: LockedPackage): string | undefined {
  const file = join(root, path, 'package.json')
  if (!existsSync(file)) return undefined
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as PackageFile // npm has read it
  if (typeof license === 'string') return license
  const listed = license ? [license] : (licenses ?? [])
  return listed.map(({ type }) => type).join(' OR ')
}

/** Packages of before 2015 have an object, or several, where now there is an expression. */
interface PackageFile {
  readonly license?: string | { readonly type: string }
  readonly licenses?: readonly { readonly type: string }[]
}
