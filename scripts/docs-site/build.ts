import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import MiniSearch from 'minisearch'
import { rolldown } from 'rolldown'
import { addressInSite, followLink } from './links.ts'
import { documentationPages, type Page } from './pages.ts'
import { type Found, SEARCH_OPTIONS } from './search-options.ts'
import { pageHtml } from './template.ts'

const HERE = import.meta.dirname

/** One entry a section, so that what is found leads to its heading. */
function searchIndex(pages: readonly Page[]): string {
  const search = new MiniSearch<Found & { id: number }>(SEARCH_OPTIONS)
  const found = pages.flatMap(({ address, title: page, sections }) =>
    sections.map(({ anchor, level, title, text }) => ({
      address: level === 1 ? address : `${address}#${anchor}`,
      page,
      title,
      text,
    })),
  )
  search.addAll(found.map((each, id) => ({ id, ...each })))
  return JSON.stringify(search)
}

export interface Documentation {
  readonly pages: readonly Page[]
  /** Links that lead nowhere, each with the file that has it; they are text in the site. */
  readonly broken: readonly string[]
}

/**
 * Makes the documentation a folder of static files, which asks nobody but its own origin for anything.
 * @param root the project's folder
 * @param out the folder that becomes `/docs/`; what was in it is deleted
 */
export async function buildDocumentation(root: string, out: string): Promise<Documentation> {
  const pages = documentationPages(root)
  const broken: string[] = []
  rmSync(out, { recursive: true, force: true })
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(out, path)), { recursive: true })
    writeFileSync(join(out, path), text)
  }
  for (const page of pages) {
    const body = page.render((target) => {
      const link = followLink(root, pages, page, target)
      if (link.kind === 'broken') broken.push(`${page.file}: (${target}) ${link.why}`)
      return addressInSite(link)
    })
    write(`${page.address.slice('/docs/'.length)}index.html`, pageHtml(pages, page, page.title, body))
  }
  const missing = '<h1>There is no such page</h1><p>The search above, or the list beside, has what there is.</p>'
  write('404.html', pageHtml(pages, undefined, 'No such page', missing))
  write('search.json', searchIndex(pages))
  const bundle = await rolldown({ input: join(HERE, 'browser/site.ts'), platform: 'browser' })
  await bundle.write({ file: join(out, 'site.js'), format: 'esm', minify: true })
  await bundle.close()
  cpSync(join(HERE, 'browser/site.css'), join(out, 'site.css'))
  cpSync(join(root, 'apps/web/public/favicon.svg'), join(out, 'favicon.svg'))
  const pictures = join(root, 'docs/pictures')
  if (existsSync(pictures)) cpSync(pictures, join(out, 'pictures'), { recursive: true })
  return { pages, broken }
}
