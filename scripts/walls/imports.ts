import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { parseSync, Visitor } from 'rolldown/utils'

/** One file's naming of another, wherever it stands: `import`, `export … from`, `import()` in code or in a type, or `new URL(…)`. */
export interface Import {
  readonly specifier: string
  /** Where it leads, from the root of the project; undefined where that is out of it. Whether a file is there is for types. */
  readonly file: string | undefined
  /** Names a program or a worker to start, and does not run with this one. */
  readonly isStart: boolean
}

/** Every TypeScript file that stands in the project, with its imports. Paths are relative to `root`, with `/`. */
export function readImports(root: string): Map<string, Import[]> {
  const packages = readPackages(root)
  const imports = new Map<string, Import[]>()
  const files = globSync('{apps,packages,e2e,bench,scripts}/**/*.{ts,tsx}', {
    cwd: root,
    exclude: (name) => name.endsWith('node_modules') || name.endsWith('dist'),
  })
  for (const file of files.map((name) => name.replaceAll('\\', '/')).sort()) {
    const found: Import[] = []
    for (const [specifier, isStart] of specifiersOf(file, readFileSync(join(root, file), 'utf8'))) {
      found.push({ specifier, isStart, file: resolve(file, specifier, packages) })
    }
    imports.set(file, found)
  }
  return imports
}

function specifiersOf(file: string, text: string): [specifier: string, isStart: boolean][] {
  const parsed = parseSync(file, text)
  const [error] = parsed.errors
  if (error) throw new Error(`${file} cannot be parsed: ${error.message}`)
  const { staticImports, staticExports } = parsed.module
  const found = new Set(staticImports.map(({ moduleRequest }) => moduleRequest.value))
  for (const { entries } of staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) found.add(moduleRequest.value)
  }
  const started = new Set<string>()
  // Only few files have what the list of a module's imports does not tell, and to walk through all would take seconds.
  if (/\bimport\s*\(|\bnew URL\(/.test(text)) {
    new Visitor({
      ImportExpression: ({ source }) => {
        if (source.type === 'Literal' && typeof source.value === 'string') found.add(source.value)
      },
      TSImportType: ({ source }) => void found.add(source.value),
      NewExpression: ({ callee, arguments: [path, base] }) => {
        if (callee.type !== 'Identifier' || callee.name !== 'URL' || base?.type !== 'MemberExpression') return
        if (path?.type === 'Literal' && /\.tsx?$/.test(String(path.value))) started.add(String(path.value))
      },
    }).visit(parsed.program)
  }
  return [
    ...[...found].map((specifier): [string, boolean] => [specifier, false]),
    ...[...started].map((specifier): [string, boolean] => [specifier, true]),
  ]
}

function resolve(file: string, specifier: string, packages: ReadonlyMap<string, Package>): string | undefined {
  const [path = ''] = specifier.split('?', 1) // Vite's `?worker` and its like
  if (path.startsWith('.')) return inProject(join(dirname(file), path))
  const own = packages.get(path.split('/', 2).join('/'))
  if (own === undefined) return undefined
  const subpath = path.slice(own.name.length)
  return join(own.folder, own.exports[`.${subpath}`] ?? subpath)
}

const inProject = (path: string) => (path.startsWith('..') ? undefined : path)

interface Package {
  readonly name: string
  readonly folder: string
  /** The file behind each path that it exports. */
  readonly exports: Readonly<Record<string, string>>
}

function readPackages(root: string): Map<string, Package> {
  const packages = new Map<string, Package>()
  for (const manifest of globSync('{packages,apps}/*/package.json', { cwd: root })) {
    const { name, exports = {} }: Partial<Package> & { name: string } = JSON.parse(
      readFileSync(join(root, manifest), 'utf8'),
    )
    packages.set(name, { name, exports, folder: dirname(manifest.replaceAll('\\', '/')) })
  }
  return packages
}
