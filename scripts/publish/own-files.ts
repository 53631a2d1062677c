import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Plugin } from 'rolldown'

export interface OwnFilesOptions {
  readonly root: string
  /** By the path that stands in the source, where it leads out of its folder: where that is in the package. */
  readonly places: Readonly<Record<string, string>>
  /** What takes the place of a file, both below the root: it imports nothing but types. */
  readonly replaced: Readonly<Record<string, string>>
  /** What stands in texts for what. */
  readonly commands: Readonly<Record<string, string>>
}

const OWN_URL = /new URL\('(\.[^']*)', import\.meta\.url\)/g

/**
 * Programs and threads that the code starts by `new URL('./x.ts', import.meta.url)` become bundles of their own, other
 * files are taken along; and all of them lie in one folder, so that they find each other.
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
        return told.replace(OWN_URL, (_, path: string) => {
          const file = join(dirname(id), path)
          let place = places[path]
          if (place === undefined) {
            if (!path.startsWith('./')) throw new Error(`${id} leads to ${path}, which is in no package`)
            const name = basename(path)
            const isProgram = name.endsWith('.ts')
            place = isProgram ? `./${name.slice(0, -'.ts'.length)}.js` : `./${name}`
            const fileName = place.slice('./'.length)
            if (isProgram) this.emitFile({ type: 'chunk', id: file, fileName })
            else this.emitFile({ type: 'asset', fileName, source: readFileSync(file) })
          }
          return `new URL('${place}', import.meta.url)`
        })
      },
    },
  }
}
