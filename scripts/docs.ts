/** `npm run docs`: makes the documentation static files, in `apps/web/dist/docs` or in the folder that is named. */
import { join, resolve } from 'node:path'
import { buildDocumentation } from './docs-site/build.ts'

const root = join(import.meta.dirname, '..')
const [folder = join(root, 'apps/web/dist/docs'), ...rest] = process.argv.slice(2)
if (rest.length > 0 || folder.startsWith('-')) {
  console.error('Usage: npm run docs [-- FOLDER]')
  process.exit(2)
}

const out = resolve(folder)
const { pages, broken } = await buildDocumentation(root, out)
console.log(`${pages.length} pages in ${out}`)
if (broken.length > 0) {
  console.error(`Links that lead nowhere:\n${broken.join('\n')}`)
  process.exit(1)
}
