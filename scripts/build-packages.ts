/**
 * `npm run build:packages -- --out DIR`: what is published, each package in a folder below DIR. Prints these folders, those
 * first that others depend on.
 */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildPackages } from './publish/build-packages.ts'

try {
  const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } })
  for (const folder of await buildPackages(resolve(import.meta.dirname, '..'), resolve(values.out))) console.log(folder)
} catch (error) {
  console.error((error as Error).message)
  process.exit(1)
}
