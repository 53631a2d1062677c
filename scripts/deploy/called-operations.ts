import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'rolldown/utils'

/** Files by operations that they name, `iot:ListThings`: the client's package, without `client-`, and the operation. */
export type CalledOperations = ReadonlyMap<string, readonly string[]>

const CLIENT = /^@aws-sdk\/client-([a-z0-9-]+)$/
/** What calls something: commands, and the SDK's loops over pages of one. */
const CALL = /^(?:(\w+)Command|paginate(\w+))$/
/** What is a value and calls nothing: clients themselves, errors, and lists of constants such as `JobStatus`. */
const CALLS_NOTHING = /^(?:\w+Client|\w+Exception|\w+(?:Status|Type|Level|Result))$/

/**
 * Operations of AWS that sources may call. Whatever calls one imports the command or the paginator of it by name, as
 * nothing that is imported stays unused, and so the imports tell all, whatever the calls look like.
 * @param sources of a program: its tests are left out
 * @param except beginnings of paths that are left out, too
 * @throws {Error} for an import that hides which operations it brings, or is of a kind that was not seen before
 */
export function calledOperations(root: string, sources: string, except: readonly string[] = []): CalledOperations {
  const called = new Map<string, string[]>()
  for (const file of globSync(sources, { cwd: root }).sort()) {
    if (/\.(?:test|test-support)\.tsx?$/.test(file) || except.some((path) => file.startsWith(path))) continue
    const text = readFileSync(join(root, file), 'utf8')
    if (!text.includes('@aws-sdk/')) continue
    for (const operation of operationsOf(file, text)) called.set(operation, [...(called.get(operation) ?? []), file])
  }
  return called
}

/** The operations that one file names. */
export function operationsOf(file: string, text: string): string[] {
  const { module, errors } = parseSync(file, text)
  if (errors[0]) throw new Error(`${file} cannot be parsed: ${errors[0].message}`)
  if (
    module.dynamicImports.some(({ moduleRequest }) =>
      text.slice(moduleRequest.start, moduleRequest.end).includes('@aws-sdk/'),
    )
  ) {
    throw new Error(`${file} imports a client of the SDK while it runs: import it by name, so that its calls are known`)
  }
  const found = new Set<string>()
  for (const { moduleRequest, entries } of module.staticImports) {
    const client = CLIENT.exec(moduleRequest.value)?.[1]
    if (client === undefined) continue
    for (const { importName, isType } of entries) {
      if (isType) continue
      const name = importName.name
      if (importName.kind !== 'Name' || name == null) {
        throw new Error(
          `${file} imports all of ${moduleRequest.value}: import commands by name, so that they are known`,
        )
      }
      const [, command, pages] = CALL.exec(name) ?? []
      const operation = command ?? pages
      if (operation !== undefined) found.add(`${client}:${operation}`)
      else if (!CALLS_NOTHING.test(name)) throw new Error(`${file} imports ${name}: say here whether it calls AWS`)
    }
  }
  return [...found]
}
