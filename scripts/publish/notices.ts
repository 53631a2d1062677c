import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly dependencies?: Readonly<Record<string, string>>; readonly link?: boolean; readonly resolved?: string }
    >
  >
}

interface PackageFile {
  readonly name: string
  readonly version: string
  readonly license: string
}

/**
 * The licences of what a room is made of beside the project's own code, with their texts: whatever is shipped with it
 * without its own folder has to be accompanied by these.
 * @param room its folder below the project
 * @param others packages of npm that are in it besides
 */
export function thirdPartyNotices(root: string, room: string, others: readonly string[]): string {
  const texts = new Map<string, string[]>()
  const paths = new Set([...closure(root, room), ...others.map((name) => `node_modules/${name}`)])
  for (const path of paths) {
    const { name, version, license }: PackageFile = JSON.parse(readFileSync(join(root, path, 'package.json'), 'utf8')) // npm has read it
    const text = licenceText(join(root, path))
    texts.set(text, [...(texts.get(text) ?? []), `${name} ${version} (${license})`])
  }
  const sections = Array.from(texts, ([text, names]) => `${names.sort().join('\n')}\n\n${text.trim()}\n`)
  const introduction =
    "The console's pages and documentation (dist/web) contain work of others, under the licences below.\n"
  return [introduction, ...sections.sort()].join(`\n${'-'.repeat(80)}\n\n`)
}

function licenceText(folder: string): string {
  const files = globSync(['LICEN[CS]E*', 'licen[cs]e*', 'NOTICE*'], { cwd: folder }).sort()
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
  return texts.length > 0 ? texts.join('\n\n') : 'Its package has no text of its licence beside its name.'
}

/** The folders of all packages of npm that a room depends on, directly and through others. */
function closure(root: string, room: string): readonly string[] {
  const { packages }: Lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) // npm writes it
  const found = new Set<string>()
  const visit = (from: string) => {
    for (const name of Object.keys(packages[from]?.dependencies ?? {})) {
      const path = folderOf(packages, from, name)
      if (path === undefined || found.has(path)) continue
      found.add(path)
      visit(path)
    }
  }
  visit(room)
  return [...found].filter((path) => path.includes('node_modules/')).sort()
}

/** As Node finds it: in the nearest `node_modules`. A room of the house is a link there. */
function folderOf(packages: Lock['packages'], from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`
    const entry = packages[path]
    if (entry) return entry.link ? entry.resolved : path
    if (folder === '') return undefined
    if (!folder.includes('node_modules/')) folder = ''
  }
}
