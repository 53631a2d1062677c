import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { type Declarations, declarationsOf, type Resolve, type Statement } from './declarations.ts'

interface Kept {
  readonly declarations: Declarations
  readonly statements: Set<Statement>
  /** By what it is known as there. */
  readonly imports: Map<string, Place>
}

/** Where a name is declared. */
interface Place {
  /** A file of ours, or another package. */
  readonly from: string
  readonly isOwn: boolean
  /** What it is called there. */
  readonly name: string
}

/**
 * Writes the types of a package: what its entry exports, what that stands on, and nothing else, in files like those of the
 * source.
 * @returns the names of the other packages that they stand on
 */
export function bundleTypes(entry: string, dist: string, name: string, resolve: Resolve): readonly string[] {
  const kept = new Map<string, Kept>()
  const placeOf = (file: string) => {
    if (file === entry) return `${name}.d.ts`
    const inside = relative(dirname(entry), file)
    const path = inside.startsWith('..') ? file.replace(/^.*\/packages\/([^/]+)\/src\//, '$1/') : inside
    return `types/${path.replace(/\.ts$/, '.d.ts')}`
  }

  function fileOf(file: string): Kept {
    const found = kept.get(file) ?? { declarations: declarationsOf(file), statements: new Set(), imports: new Map() }
    kept.set(file, found)
    return found
  }

  /** Keeps all that declares the name: a function has as many statements as ways to call it. */
  function keep(file: string, wanted: string): Place {
    const { declarations, statements } = fileOf(file)
    const own = declarations.statements.filter(({ names }) => names.includes(wanted))
    for (const statement of own) {
      if (statements.has(statement)) continue
      statements.add(statement)
      keepWhatItUses(file, statement)
    }
    if (own.length > 0) return { from: file, isOwn: true, name: wanted }
    for (const { bindings, source } of declarations.statements) {
      const binding = bindings.find(({ local }) => local === wanted)
      if (binding) return source === undefined ? keep(file, binding.imported) : keepFrom(source, file, binding.imported)
    }
    throw new Error(`${file} does not declare ${wanted}`)
  }

  function keepFrom(source: string, from: string, wanted: string): Place {
    const target = resolve(source, from)
    return target === undefined ? { from: source, isOwn: false, name: wanted } : keep(target, wanted)
  }

  function keepWhatItUses(file: string, statement: Statement): void {
    const { declarations, imports } = fileOf(file)
    for (const word of words(statement.text)) {
      if (statement.names.includes(word) || imports.has(word)) continue
      const other = declarations.statements.find(
        ({ names, bindings, isExport, source }) =>
          names.includes(word) || (!(isExport && source !== undefined) && bindings.some(({ local }) => local === word)),
      )
      if (!other) continue
      const place = keep(file, word)
      if (place.from !== file) imports.set(word, place)
    }
  }

  const entryFile = fileOf(entry)
  const exported = new Map<string, Place>()
  for (const { isExport, names, bindings } of entryFile.declarations.statements) {
    if (!isExport) continue
    for (const each of [...names, ...bindings.map(({ local }) => local)]) exported.set(each, keep(entry, each))
  }

  const packages = new Set<string>()
  for (const [file, { declarations, statements, imports }] of kept) {
    const place = placeOf(file)
    const specifierOf = ({ from, isOwn }: Place) => {
      if (!isOwn) packages.add(from)
      return isOwn ? toSpecifier(place, placeOf(from)) : from
    }
    const lines = Array.from(
      imports,
      ([word, of]) => `import type { ${renamed(of.name, word)} } from '${specifierOf(of)}'`,
    )
    if (file === entry) {
      for (const [word, of] of exported) {
        if (of.from !== file) lines.push(`export { ${renamed(of.name, word)} } from '${specifierOf(of)}'`)
      }
    }
    for (const statement of declarations.statements) if (statements.has(statement)) lines.push(asExport(statement))
    if (lines.length === 0) continue
    mkdirSync(dirname(join(dist, place)), { recursive: true })
    writeFileSync(join(dist, place), `${LIBRARY}${lines.join('\n')}\n`)
  }
  return [...packages]
}

/** `Disposable` and the like, whatever library the importing project has. */
const LIBRARY = '/// <reference lib="esnext.disposable" />\n'

const renamed = (name: string, as: string): string => (name === as ? name : `${name} as ${as}`)

/** In a file that names its exports one by one; what was for this file alone is not to be imported, and does no harm. */
const asExport = ({ text, isExport }: Statement): string =>
  isExport ? text : text.replace(/^((?:\/\*[\s\S]*?\*\/\s*)*)(?=declare|interface|type)/, '$1export ')

function toSpecifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.d\.ts$/, '.js')
  return path.startsWith('.') ? path : `./${path}`
}

/** The words of a declaration, without those of its comments and texts. */
function words(text: string): Set<string> {
  return new Set(text.replace(/\/\*[\s\S]*?\*\/|"(?:[^"\\]|\\.)*"/g, ' ').match(/[A-Za-z_$][\w$]*/g))
}
