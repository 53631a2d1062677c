import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { PEOPLE } from './people.ts'

const STYLE = `
:root { color-scheme: light dark; --edge: #8c8c94; --quiet: #5b5b66; --accent: #0053a6; --page: #f6f6f9; --card: #fff; --text: #0f141a }
@media (prefers-color-scheme: dark) {
  :root { --edge: #656871; --quiet: #b4b4bb; --accent: #75b5ff; --page: #0f141a; --card: #161d26; --text: #ebebf0 }
}
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif }
main { width: min(30rem, 100vw); padding: 1.5rem }
h1 { margin: 0 0 .25rem; font-size: 1.5rem }
p { margin: 0 0 1.25rem; color: var(--quiet) }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .75rem }
button { display: block; width: 100%; padding: .875rem 1rem; border: 1px solid var(--edge); border-radius: .5rem;
  background: var(--card); color: inherit; font: inherit; text-align: start; cursor: pointer }
button:hover { border-color: var(--accent) }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
button strong { font-size: 1.125rem }
button small { display: block; font-size: .875rem; color: var(--quiet) }
.cancel { margin-top: 1.5rem; padding-inline: 0; width: auto; border: 0; background: none; color: var(--accent); text-decoration: underline }
`

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** The choice between the people. No script, no foreign resource. */
export function loginPage(action: string): string {
  const people = PEOPLE.map(
    ({ username, name, group, may }) => `
      <li><button type="submit" name="person" value="${username}">
        <strong>${name}</strong> <span>(${group})</span> <small>${may}</small>
      </button></li>`,
  ).join('')
  return page(
    'Sign in',
    `<p>This is the sign-in page of the embedded server. Its people need no password.</p>
    <form method="post" action="${escapeHtml(action)}">
      <ul>${people}
      </ul>
      <button class="cancel" type="submit" name="cancel" value="yes">Cancel</button>
    </form>`,
  )
}

/** A page that only says something. */
export function messagePage(title: string, message: string): string {
  return page(title, `<p>${escapeHtml(message)}</p>`)
}

/**
 * Headers of every page of the issuer.
 * @param formTargets origins to which an answered form may lead; browsers hold redirects against `form-action` too
 */
export function pageHeaders(formTargets: readonly string[] = []): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_HASH}'`,
    `form-action ${["'self'", ...formTargets].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  }
}

export function sendPage(
  response: ServerResponse,
  status: number,
  html: string,
  formTargets?: readonly string[],
): void {
  response.writeHead(status, pageHeaders(formTargets)).end(html)
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)} · Thingdeck</title>
  <style>${STYLE}</style>
</head>
<body>
  <main>
    <h1>${escapeHtml(title)}</h1>
    ${body}
  </main>
</body>
</html>
`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
