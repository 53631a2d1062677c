import type { Page, Section } from './pages.ts'

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** Links to every page, by section; the decisions are behind a fold. */
function navigation(pages: readonly Page[], current: Page | undefined): string {
  const sections = Map.groupBy(pages, ({ section }) => section)
  const list = (of: readonly Page[]) =>
    `<ul>${of
      .map((page) => {
        const here = page === current ? ' aria-current="page"' : ''
        return `<li><a class="to" href="${page.address}"${here}>${escapeHtml(page.title)}</a></li>`
      })
      .join('')}</ul>`
  return [...sections]
    .map(([section, of]: [Section, readonly Page[]]) =>
      section === 'Decisions'
        ? `<details${current?.section === section ? ' open' : ''}><summary>${section}</summary>${list(of)}</details>`
        : `<h2>${section}</h2>${list(of)}`,
    )
    .join('')
}

/** Headings of a page to go to; a page with one or none has no need of it. */
function contents({ sections }: Page): string {
  const headings = sections.filter(({ level }) => level === 2)
  if (headings.length < 2) return ''
  const items = headings.map(({ anchor, title }) => `<li><a class="to" href="#${anchor}">${escapeHtml(title)}</a></li>`)
  return `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav>`
}

/** One page as HTML: no script in it, nothing of another origin, so that the console's content security policy holds. */
export function pageHtml(pages: readonly Page[], page: Page | undefined, title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" type="image/svg+xml" href="/docs/favicon.svg">
<link rel="stylesheet" href="/docs/site.css">
<script type="module" src="/docs/site.js"></script>
<title>${escapeHtml(title)} – Thingdeck</title>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="home" href="/docs/">Thingdeck <span>documentation</span></a>
<search role="search">
<input type="search" id="search" placeholder="Search ( / )" aria-label="Search the documentation" autocomplete="off" hidden>
<div id="found" aria-live="polite" hidden></div>
</search>
<a class="to-pages" href="#pages">Pages</a>
<a href="/">Console</a>
</header>
<div class="columns">
<nav class="pages" id="pages" aria-label="Pages">${navigation(pages, page)}</nav>
<main id="content">${body}</main>
${page ? contents(page) : ''}
</div>
</body>
</html>
`
}
