import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { buildWebApp } from '../web-build.ts'
import { bundle } from './bundle.ts'
import { manifest } from './manifest.ts'
import { thirdPartyNotices } from './notices.ts'
import { PUBLISHED, packageFolder } from './packages.ts'

/** What of npm is in the documentation's pages, which lie in the console's. */
const OF_DOCUMENTATION = ['minisearch']

/**
 * Makes all packages, each in a folder of its own below `out`, as they are published.
 * @returns the folders, those first that others depend on
 * @throws {Error} with what is wrong; a package that is not whole has no package.json
 */
export async function buildPackages(root: string, out: string): Promise<readonly string[]> {
  const webApp = await buildWebApp()
  const folders: string[] = []
  for (const published of PUBLISHED) {
    const folder = packageFolder(out, published)
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const dependencies = await bundle(root, folder, published)
    for (const [to, from] of Object.entries(published.files ?? {})) {
      cpSync(join(root, from), join(folder, to), { recursive: true })
    }
    if (published.hasWebApp) {
      copyWebApp(webApp, join(folder, 'dist/web'))
      writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(root, 'apps/web', OF_DOCUMENTATION))
    }
    cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'))
    writeFileSync(join(folder, 'README.md'), readme(root, published.readme))
    const content = manifest(root, published, dependencies)
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(content, undefined, 2)}\n`)
    folders.push(folder)
  }
  return folders
}

/**
 * Without its source maps, which are three times as large, and without compressed copies: a package serves the machine that
 * it is on, and would be two thirds larger for everybody who fetches it.
 */
function copyWebApp(webApp: string, to: string): void {
  const files = globSync('**/*', { cwd: webApp, withFileTypes: true }).filter((entry) => entry.isFile())
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name)
    if (/\.(?:map|br)$/.test(name)) continue
    const copy = join(to, path.slice(webApp.length))
    mkdirSync(dirname(copy), { recursive: true })
    if (/\.(?:js|css)$/.test(name)) {
      const text = readFileSync(path, 'utf8').replace(/\n?(?:\/\/|\/\*)# sourceMappingURL=\S+(?: \*\/)?\s*$/, '\n')
      writeFileSync(copy, text)
    } else cpSync(path, copy)
  }
}

/** Links into the project lead nowhere from a package: their words stay. */
function readme(root: string, folder: string): string {
  return readFileSync(join(root, folder, 'README.md'), 'utf8').replace(/\[([^\]]+)\]\(\.[^)]*\)/g, '$1')
}
