import GithubSlugger from 'github-slugger'
import MarkdownIt, { type Token } from 'markdown-it'

/** A heading with what stands under it, up to the next one. */
export interface MarkdownSection {
  /** As GitHub makes it, so that links are the same there. */
  readonly anchor: string
  readonly level: number
  readonly title: string
  /** Its words without marks, for the search. */
  readonly text: string
}

export interface Markdown {
  /** Its first heading. */
  readonly title: string
  readonly sections: readonly MarkdownSection[]
  /** Targets of links and pictures as they are written. */
  readonly links: readonly string[]
  /** Where links that lead somewhere else lead is said by `resolve`; `undefined` leaves the text without a link. */
  readonly render: (resolve: (target: string) => string | undefined) => string
}

/** Raw HTML is let through: it is our own, and the pictures of the README for light and dark are made of it. */
const markdownIt = new MarkdownIt({ html: true, linkify: false })

const RAW_TARGET = /\b(src|srcset|href)="([^"]+)"/g

const rawTargets = ({ content }: Token): string[] =>
  [...content.matchAll(RAW_TARGET)].map(([, , target = '']) => target)

/** A copy, as a page may be rendered more than once. */
const changed = (token: Token, change: Partial<Token>): Token =>
  Object.assign(Object.create(Object.getPrototypeOf(token)), token, change)

const plain = (token: Token | undefined): string =>
  (token?.children ?? [])
    .map(({ type, content }) => (type === 'softbreak' ? ' ' : type === 'html_inline' ? '' : content))
    .join('')

/** Reads a Markdown text in GitHub's dialect, as far as the project uses it. */
export function readMarkdown(text: string): Markdown {
  const tokens = markdownIt.parse(text, {})
  const slugger = new GithubSlugger()
  const sections: { anchor: string; level: number; title: string; text: string }[] = []
  const links: string[] = []
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const title = plain(tokens[index + 1])
      const anchor = slugger.slug(title)
      token.attrSet('id', anchor)
      sections.push({ anchor, level: Number(token.tag.slice(1)), title, text: '' })
    } else if (token.type === 'fence' || token.type === 'inline') {
      const section = sections.at(-1)
      const isTitle = tokens[index - 1]?.type === 'heading_open'
      const words = token.type === 'fence' ? token.content : plain(token)
      if (section && !isTitle) section.text += `${words}\n`
    } else if (token.type === 'html_block') links.push(...rawTargets(token))
    for (const child of token.children ?? []) {
      if (child.type === 'html_inline') links.push(...rawTargets(child))
      const target = child.attrGet('href') ?? child.attrGet('src')
      if (target) links.push(String(target))
    }
  }
  return { title: sections[0]?.title ?? '', sections, links, render: (resolve) => render(tokens, resolve) }
}

function render(tokens: readonly Token[], resolve: (target: string) => string | undefined): string {
  const resolved = tokens.map((token) => {
    if (token.type === 'html_block') return resolveRaw(token, resolve)
    return token.children ? changed(token, { children: resolveLinks(token.children, resolve) }) : token
  })
  return markdownIt.renderer
    .render(resolved, { ...markdownIt.options }, {})
    .replaceAll('<table>', '<div class="table" tabindex="0"><table>')
    .replaceAll('</table>', '</table></div>')
    .replaceAll('<pre>', '<pre tabindex="0">')
    .replace(
      /<h([2-6]) id="([^"]+)">(.*?)<\/h\1>/g,
      (_, level, id, words) =>
        `<h${level} id="${id}">${words} <a class="anchor" href="#${id}" aria-label="Link to this section">#</a></h${level}>`,
    )
}

function resolveRaw(token: Token, resolve: (target: string) => string | undefined): Token {
  const content = token.content.replace(RAW_TARGET, (_, name, target) => `${name}="${resolve(target) ?? target}"`)
  return changed(token, { content })
}

/** Links that lead nowhere in the site, to a source file say, become their text alone. */
function resolveLinks(children: readonly Token[], resolve: (target: string) => string | undefined): Token[] {
  const open: boolean[] = []
  return children.flatMap((child) => {
    if (child.type === 'html_inline') return [resolveRaw(child, resolve)]
    if (child.type === 'link_close') return open.pop() ? [child] : []
    if (child.type !== 'link_open' && child.type !== 'image') return [child]
    const name = child.type === 'image' ? 'src' : 'href'
    const target = resolve(String(child.attrGet(name)))
    if (child.type === 'link_open') open.push(target !== undefined)
    if (target === undefined) return []
    return [changed(child, { attrs: (child.attrs ?? []).map(([key, value]) => [key, key === name ? target : value]) })]
  })
}
