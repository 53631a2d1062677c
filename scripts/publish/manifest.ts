import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Dependencies } from './bundle.ts'
import { NEEDED_NODE_VERSION, type PublishedPackage } from './packages.ts'

interface WorkspaceManifest {
  readonly name: string
  readonly version: string
  readonly license: string
  /** Where the sources are; the registry checks its provenance against it. */
  readonly repository?: unknown
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version: string }>>
}

/** Whose insides are used, so that any other version may be another thing. */
const EXACT = new Set(['dynalite', 'fauxqs', 'kinesis-local'])

/**
 * The one version of all packages: that of the project.
 * @throws {Error} where a room of the house has another one
 */
function projectVersion(root: string): string {
  const { version } = read<WorkspaceManifest>(root, 'package.json')
  const { packages } = read<Lock>(root, 'package-lock.json')
  const others = Object.entries(packages).filter(
    ([path, of]) => /^(?:apps|packages)\//.test(path) && of.version !== version,
  )
  if (others.length === 0) return version
  const names = others.map(([path]) => path).join(', ')
  throw new Error(`The project is ${version}, and ${names} are not: docs/releasing.md says how a version is set.`)
}

/**
 * The package.json of a package. A dependency may be as new as the one that the tests ran with, or newer within its major
 * version.
 */
export function manifest(root: string, published: PublishedPackage, dependencies: Dependencies) {
  const version = projectVersion(root)
  const { license, repository } = read<WorkspaceManifest>(root, 'package.json')
  const { packages } = read<Lock>(root, 'package-lock.json')
  const rangeOf = (name: string): string => {
    if (name === 'thingdeck' || name.startsWith('@thingdeck/')) return version
    const locked = packages[`node_modules/${name}`]?.version
    if (locked === undefined)
      throw new Error(`${published.name} imports ${name}, which package-lock.json does not have`)
    return EXACT.has(name) ? locked : `^${locked}`
  }
  const { library, furtherExports = {}, bin, files = {} } = published
  const main = library && { types: `./dist/${library}.d.ts`, default: `./dist/${library}.js` }
  return {
    name: published.name,
    version,
    description: published.description,
    keywords: published.keywords,
    license,
    ...(repository !== undefined && { repository }),
    type: 'module',
    ...(!published.isPure ? {} : { sideEffects: false }),
    exports: {
      ...(main && { '.': main }),
      ...Object.fromEntries(Object.entries(furtherExports).map(([name, entry]) => [name, `./dist/${entry}.js`])),
      './package.json': './package.json',
    },
    ...(library && { types: `./dist/${library}.d.ts` }),
    ...(bin && { bin }),
    files: ['dist', ...Object.keys(files), ...(published.hasWebApp ? ['THIRD-PARTY-NOTICES.txt'] : [])],
    engines: { node: NEEDED_NODE_VERSION },
    dependencies: Object.fromEntries(dependencies.map((name) => [name, rangeOf(name)])),
    publishConfig: { access: 'public', provenance: true },
  }
}

function read<Content>(root: string, file: string): Content {
  return JSON.parse(readFileSync(join(root, file), 'utf8')) // npm writes it
}
