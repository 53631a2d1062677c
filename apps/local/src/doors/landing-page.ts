import type { IncomingMessage } from 'node:http'
import type { HttpRoute } from './http-front.ts'

/** Whether a browser, and not an AWS client, asks for `/`. */
function isLandingPage(request: IncomingMessage): boolean {
  const { method, url, headers } = request
  return (method === 'GET' || method === 'HEAD') && url === '/' && headers.authorization === undefined
}

/** Says to a person what this is. */
export function landingPage(facts: Readonly<Record<string, string>>): HttpRoute {
  const rows = Object.entries(facts).map(
    ([name, value]) => `<tr><th scope="row">${escapeHtml(name)}</th><td><code>${escapeHtml(value)}</code></td></tr>`,
  )
  const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Thingdeck: embedded AWS IoT Core</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:3rem auto;padding:0 1rem}th{text-align:left;
padding-right:2rem;font-weight:600}td,th{padding-block:.25rem;vertical-align:top}</style></head>
<body>
<h1>Embedded AWS IoT Core</h1>
<p>This port answers AWS SDKs and the AWS CLI: set <code>AWS_ENDPOINT_URL</code> to this address. It has no pages of its
own; the console runs on a port of its own.</p>
<table>${rows.join('\n')}</table>
<p><a href="/_local/coverage">Operations that are there</a> · <a href="/_local/root-ca.pem">Root CA</a></p>
</body>
</html>
`
  return {
    matches: isLandingPage,
    handle: (_request, response) => {
      response
        .writeHead(200, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        })
        .end(page)
    },
  }
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
