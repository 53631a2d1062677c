import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import MiniSearch from 'minisearch'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildDocumentation } from './docs-site/build.ts'
import { followLink } from './docs-site/links.ts'
import { readMarkdown } from './docs-site/markdown.ts'
import { documentationPages, type Page } from './docs-site/pages.ts'
import { type Found, SEARCH_OPTIONS } from './docs-site/search-options.ts'

const root = join(import.meta.dirname, '..')
const out = mkdtempSync(join(tmpdir(), 'thingdeck-docs-'))
let pages: readonly Page[]
/** Pages of the site by their addresses. */
const site = new Map<string, string>()

beforeAll(async () => {
  pages = (await buildDocumentation(root, out)).pages
  for (const { address } of pages) {
    site.set(address, readFileSync(join(out, address.slice('/docs/'.length), 'index.html'), 'utf8'))
  }
})
afterAll(() => rmSync(out, { recursive: true }))

test('what there is to read is in the site, each at an address of its own', () => {
  const files = globSync(['*.md', 'docs/**/*.md'], { cwd: root }).sort()
  expect(pages.map(({ file }) => file).sort()).toEqual(files)
  expect(site.size).toBe(files.length)
})

test('every link between files leads somewhere, READMEs of packages too', () => {
  const others = globSync(['packages/*/README.md', 'apps/*/README.md', 'deploy/**/*.md'], { cwd: root })
  const asPages = others.map((file): Page => {
    const markdown = readMarkdown(readFileSync(join(root, file), 'utf8'))
    return { file, address: '', section: 'Inside', ...markdown }
  })
  const all = [...documentationPages(root), ...asPages]
  const links = all.flatMap((page) => page.links.map((target) => ({ page, target })))
  expect(links.length).toBeGreaterThan(100)
  const broken = links.flatMap(({ page, target }) => {
    const link = followLink(root, all, page, target)
    return link.kind === 'broken' ? [`${page.file}: (${target}) ${link.why}`] : []
  })
  expect(broken).toEqual([])
})

/** Where a page of the site, or a part of it, is; `undefined`: it is there. */
function whatIsMissing(address: string): string | undefined {
  const [path = '', anchor] = address.split('#')
  const html = site.get(path)
  if (html === undefined) return globSync(path.slice('/docs/'.length), { cwd: out }).length > 0 ? undefined : path
  return anchor === undefined || html.includes(` id="${anchor}"`) ? undefined : address
}

test.each([
  ['modules', 'apps/bff/src'],
  ['services', 'apps/local/src'],
  ['features', 'apps/web/src'],
  ['shared', 'apps/web/src'],
])('the map in docs/architecture.md has every folder of %s', (room, app) => {
  const architecture = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
  const [, map = ''] = new RegExp(`\\n  ${room}/ (.*?)\\n(?:  \\w|\`\`\`)`, 's').exec(architecture) ?? []
  const named = new Set(map.match(/[\w-]+/g))
  const folders = readdirSync(join(root, app, room), { withFileTypes: true })
  expect(folders.flatMap((entry) => (entry.isDirectory() && !named.has(entry.name) ? [entry.name] : []))).toEqual([])
})

test('every link within the site leads somewhere, and nothing is fetched from elsewhere', () => {
  const missing: string[] = []
  for (const [address, html] of site) {
    const targets = [...html.matchAll(/<(\w+)[^>]* (?:href|src|srcset)="([^"]+)"/g)]
    for (const [, element, target = ''] of targets) {
      if (/^https?:/.test(target) && element === 'a') continue
      const own = target.startsWith('#') ? address + target : target
      if (own === '/') continue // the console
      const why = own.startsWith('/docs/') ? whatIsMissing(own) : own
      if (why !== undefined) missing.push(`${address}: ${why}`)
    }
    expect(html, address).not.toMatch(/<style|<script(?! type="module" src="\/docs\/site\.js")| on\w+="/)
  }
  expect(missing).toEqual([])
})

test.each([
  ['rotate certificate', '/docs/guides/rotate-a-certificate/'],
  ['AWS_API_RATES', '/docs/reference/configuration/'],
  ['sparkplug', '/docs/reference/payloads/'],
])('the search finds %s', (text, address) => {
  const search = MiniSearch.loadJSON<Found>(readFileSync(join(out, 'search.json'), 'utf8'), SEARCH_OPTIONS)
  const found = search.search(text).map(({ address: each }) => String(each))
  expect(found.some((each) => each.startsWith(address))).toBe(true)
})

test('pictures are light enough for a README, each in light and dark', () => {
  const pictures = globSync('docs/pictures/*', { cwd: root }).sort()
  expect(pictures.filter((path) => statSync(join(root, path)).size > 200_000)).toEqual([])
  const shown = readFileSync(join(root, 'README.md'), 'utf8').match(/docs\/pictures\/[\w.-]+/g) ?? []
  expect([...new Set(shown)].sort()).toEqual(pictures)
  expect(pictures.filter((path) => path.includes('-dark.')).length).toBe(pictures.length / 2)
})
