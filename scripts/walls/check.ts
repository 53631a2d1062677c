/** Part of `npm test -- lint`: names every import that goes through a wall of the house, and ends with 1 where there is one. */
import { fileURLToPath } from 'node:url'
import { readImports } from './imports.ts'
import { findBreaches } from './walls.ts'

const imports = readImports(fileURLToPath(new URL('../..', import.meta.url)))
const breaches = findBreaches(imports)
for (const { file, specifier, rule } of breaches) {
  console.error(specifier ? `${file} imports ${specifier}\n  ${rule}\n` : `${rule}\n`)
}
console.log(`Walls: ${imports.size} files, ${breaches.length === 0 ? 'no breach' : `${breaches.length} breaches`}.`)
process.exit(breaches.length === 0 ? 0 : 1)
