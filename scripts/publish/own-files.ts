import { readFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import type { Plugin, PluginContext } from 'rolldown'

export interface OwnFilesOptions {
  readonly root: string
  /** By the path that stands in the source, where it leads out of its folder: where that is in the package. */
  readonly places: Readonly<Record<string, string>>
  /** What takes the place of a file, both below the root: it imports nothing but types. */
  readonly replaced: Readonly<Record<string, string>>
  /** What stands in texts for what. */
  readonly commands: Readonly<Record<string, string>>
}

const OWN_URL = /new URL\(([^()]*), import\.meta\.url\)/g

/**
 * Programs and threads that the code starts by `new URL('./x.ts', import.meta.url)` become bundles of their own, other
 * files are taken along; and all of them lie in one folder, so that they find each other. An address that no literal says,
 * or that leads out of the package, fails the build.
 */
export function ownFiles({ root, places, replaced, commands }: OwnFilesOptions): Plugin {
  const standIns = new Map(Object.entries(replaced).map(([file, by]) => [join(root, file), join(root, by)]))
  return {
    name: 'own-files',
    load: {
      order: 'pre',
      handler: (id) => {
        const standIn = standIns.get(id)
        return standIn === undefined ? undefined : readFileSync(standIn, 'utf8')
      },
    },
    transform: {
      filter: { id: { exclude: /node_modules/ }, code: { include: ['import.meta.url', ...Object.keys(commands)] } },
      handler(code, id) {
        const told = Object.entries(commands).reduce((text, [from, to]) => text.replaceAll(from, to), code)
        return told.replace(OWN_URL, (_, address: string) => {
          const [, path] = /^'(\.[^']*)'$/.exec(address) ?? []
          if (path === undefined) throw new Error(`${id} has to name a file by a literal, not by ${address}`)
          const place = places[path] ?? `./${takeAlong(this, join(dirname(id), path), path)}`
          return `new URL('${place}', import.meta.url)`
        })
      },
    },
  }
}

/** @returns the name of the file in the package */
function takeAlong(build: PluginContext, file: string, path: string): string {
  if (!path.startsWith('./')) throw new Error(`${file} is in no package`)
  const { name, ext, base } = parse(file)
  if (ext === '.ts') {
    const fileName = `${name}.js`
    build.emitFile({ type: 'chunk', id: file, fileName })
    return fileName
  }
  build.emitFile({ type: 'asset', fileName: base, source: readFileSync(file) })
  return base
}
