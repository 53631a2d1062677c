import { join } from 'node:path'
import { type OutputChunk, rolldown } from 'rolldown'
import { bundleTypes } from './bundle-types.ts'
import { resolver } from './declarations.ts'
import { ownFiles } from './own-files.ts'
import type { PublishedPackage } from './packages.ts'

/** Where a bundle ends: what it imports of other packages, by the names of these, in order. */
export type Dependencies = readonly string[]

/** What is asked for by name at run time, where no import says it. */
const ASKED_FOR = /(?:require\.resolve|import\.meta\.resolve)\(["']([^"'.][^"']*)["']\)/g

/**
 * Makes the bundles of a package in its `dist`, with types where something is to be imported. What comes from npm stays
 * outside: it is loaded when it is first needed, has its own updates, and its licence lies with it.
 * @returns what of npm it needs
 */
export async function bundle(root: string, folder: string, published: PublishedPackage): Promise<Dependencies> {
  const { entries, platform, replaced = {}, places = {}, commands = {}, library } = published
  const dist = join(folder, 'dist')
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]))
  const code = await rolldown({
    cwd: root,
    input,
    platform,
    external: isExternal(published),
    plugins: [ownFiles({ root, places, replaced, commands })],
    checks: { bundlerTimings: false }, // it is no fault of the bundle that the machine has much to do
    onLog: failOnWarning,
  })
  const { output } = await code.write({
    dir: dist,
    format: 'esm',
    entryFileNames: '[name].js',
    chunkFileNames: 'part-[hash].js',
  })
  await code.close()
  const chunks = output.filter((file) => file.type === 'chunk')
  const found = chunks.flatMap(importedPackages)
  if (library !== undefined) {
    const resolve = resolver(root, (name) => name.startsWith('@thingdeck/') && !isExternal(published)(name, dist))
    found.push(...bundleTypes(input[library] ?? '', dist, library, resolve))
  }
  return [...new Set(found)].sort()
}

function isExternal({ rooms }: PublishedPackage) {
  return (specifier: string, importer: string | undefined): boolean => {
    if (importer === undefined || /^[./]/.test(specifier)) return false
    return rooms === 'depended on' || specifier === '@thingdeck/local' || !specifier.startsWith('@thingdeck/')
  }
}

function importedPackages({ imports, dynamicImports, code }: OutputChunk): string[] {
  const askedFor = Array.from(code.matchAll(ASKED_FOR), ([, specifier = '']) => specifier)
  return [...imports, ...dynamicImports, ...askedFor]
    .filter((specifier) => !/^(?:node:|\.|part-)/.test(specifier))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier)
}

function failOnWarning(level: string, log: { readonly message: string }): void {
  if (level === 'warn') throw new Error(`The bundle would not be right: ${log.message}`)
}
