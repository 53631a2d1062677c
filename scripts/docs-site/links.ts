import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import type { Page } from './pages.ts'

/** A link of a page, judged. */
export type Link =
  | { readonly kind: 'elsewhere'; readonly url: string }
  | { readonly kind: 'page'; readonly page: Page; readonly anchor: string | undefined }
  | { readonly kind: 'picture'; readonly file: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'broken'; readonly why: string }

/** Where a link leads: to an address of the internet, to a page of the documentation, or to a file of the project. */
export function followLink(root: string, pages: readonly Page[], from: Page, target: string): Link {
  if (/^[a-z]+:/i.test(target)) return { kind: 'elsewhere', url: target }
  const [path = '', anchor] = target.split('#')
  const file = path === '' ? from.file : posix.normalize(posix.join(posix.dirname(from.file), path)).replace(/\/$/, '')
  const page = pages.find((each) => each.file === file)
  if (page) {
    const isThere = anchor === undefined || page.sections.some((section) => section.anchor === anchor)
    return isThere ? { kind: 'page', page, anchor } : { kind: 'broken', why: `${file} has no heading #${anchor}` }
  }
  if (!existsSync(join(root, file))) return { kind: 'broken', why: `there is no ${file}` }
  return file.startsWith('docs/pictures/') ? { kind: 'picture', file } : { kind: 'file', file }
}

/** The address of a link in the site; undefined where the site has no such thing, as of a source file. */
export function addressInSite(link: Link): string | undefined {
  switch (link.kind) {
    case 'elsewhere':
      return link.url
    case 'page':
      return link.page.address + (link.anchor === undefined ? '' : `#${link.anchor}`)
    case 'picture':
      return `/${link.file}`
    default:
      return undefined
  }
}
