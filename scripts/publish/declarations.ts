import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isolatedDeclarationSync } from 'rolldown/experimental'
import { parseSync } from 'rolldown/utils'

/** What a file declares for others, statement by statement. */
export interface Declarations {
  readonly file: string
  readonly statements: readonly Statement[]
}

/** One statement of a declaration file, with the comment before it. */
export interface Statement {
  readonly text: string
  /** What it declares; empty where it hands on what another file declares. */
  readonly names: readonly string[]
  /** Where it imports or hands on from; undefined of a declaration. */
  readonly source: string | undefined
  readonly isExport: boolean
  /** What it imports or hands on: as what it is known here, and there. */
  readonly bindings: readonly { readonly local: string; readonly imported: string }[]
}

/**
 * Reads what a file declares, from that file alone: so whatever it exports has its type written beside it.
 * @throws {Error} with the place where a type is not written
 */
export function declarationsOf(file: string): Declarations {
  const { code, errors } = isolatedDeclarationSync(file, readFileSync(file, 'utf8'), { sourcemap: false })
  const [error] = errors
  if (error)
    throw new Error(`What is published has to say its types: ${error.codeframe ?? `${file}: ${error.message}`}`)
  const { program } = parseSync(`${file.slice(0, -'.ts'.length)}.d.ts`, code)
  let end = 0
  const statements = program.body.map((node): Statement => {
    const text = code.slice(end, node.end).trim()
    end = node.end
    const source = 'source' in node ? node.source?.value : undefined
    if (node.type === 'ImportDeclaration') {
      const bindings = node.specifiers.map((specifier) => {
        if (specifier.type !== 'ImportSpecifier') throw new Error(`${file} imports ${source} as a whole`)
        return { local: specifier.local.name, imported: nameOf(specifier.imported) }
      })
      return { text, names: [], source, isExport: false, bindings }
    }
    if (node.type === 'ExportNamedDeclaration' && !node.declaration) {
      const bindings = node.specifiers.map(({ local, exported }) => ({
        local: nameOf(exported),
        imported: nameOf(local),
      }))
      return { text, names: [], source, isExport: true, bindings }
    }
    const isExport = node.type === 'ExportNamedDeclaration'
    const declaration = isExport ? node.declaration : node
    return { text, names: declaredNames(declaration), source: undefined, isExport, bindings: [] }
  })
  return { file, statements }
}

interface Named {
  readonly type: string
  readonly id?: { readonly name?: string } | null
  readonly declarations?: readonly { readonly id: { readonly name?: string } }[]
}

function declaredNames(node: unknown): string[] {
  const { id, declarations = [] } = node as Named // of the few kinds that a declaration file has
  return [id, ...declarations.map((each) => each.id)].flatMap((each) => each?.name ?? [])
}

const nameOf = (node: { readonly type: string; readonly name?: string; readonly value?: unknown }): string =>
  node.name ?? String(node.value)

/** Where a specifier of a file leads; undefined where to another package. */
export type Resolve = (specifier: string, from: string) => string | undefined

/** The rooms of the house that are a part of the package, by name, lead to the file that they export. */
export function resolver(root: string, isOwnRoom: (name: string) => boolean): Resolve {
  return (specifier, from) => {
    if (specifier.startsWith('.')) return join(dirname(from), specifier)
    if (!isOwnRoom(specifier)) return undefined
    return join(root, specifier.replace('@thingdeck/', 'packages/'), 'src/index.ts')
  }
}
