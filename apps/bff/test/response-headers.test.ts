import { mkdtempSync, rmSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import { addressOf, type Endpoint, endpoints } from '@thingdeck/contract'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type EmbeddedServer, startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { Browser } from './browser.ts'
import { startBff, type TestBff } from './console.ts'
import { sampleOf } from './sample.ts'

/** As a page may be made to misbehave, this is what it may do at most. `MQTT` stands for the message broker's origin. */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self' MQTT",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join(';')

/** What every answer has, whoever asked for what. */
const EVERY_ANSWER = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'permissions-policy': expect.stringMatching(/^(?:[a-z-]+=\(\), )*clipboard-write=\(self\)/),
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'x-request-id': expect.stringMatching(/^[\w-]{36}$/),
}

/** What says more than anybody needs to know. */
const NO_ANSWER = ['server', 'x-powered-by', 'access-control-allow-origin', 'access-control-allow-credentials']

const SCRIPT = 'export {}'

const ALL: readonly Endpoint[] = Object.values(endpoints)

const textsOf = (members: unknown): Record<string, string> =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, value]) => [name, String(value)]))

/** The address of an endpoint with the least that it takes. */
const sampleAddress = ({ path, params, query }: Endpoint): string =>
  addressOf({ path }, { params: textsOf(params && sampleOf(params)), query: textsOf(query && sampleOf(query)) })

describe.each([
  { what: 'over http', publicUrl: undefined, isSecure: false },
  { what: 'behind https', publicUrl: 'https://console.example.com', isSecure: true },
])('$what', ({ publicUrl: givenUrl, isSecure }) => {
  let server: EmbeddedServer
  let bff: TestBff
  let publicUrl = ''
  let port = 0
  let callback: LightMyRequestResponse
  let login: LightMyRequestResponse
  let cookies: Record<string, string> = {}
  const webRoot = mkdtempSync(join(tmpdir(), 'thingdeck-web-'))

  beforeAll(async () => {
    await mkdir(join(webRoot, 'assets'))
    await writeFile(join(webRoot, 'index.html'), '<!doctype html><title>Thingdeck</title>')
    await writeFile(join(webRoot, 'assets', 'index-x7.js'), SCRIPT)
    await writeFile(join(webRoot, 'assets', 'index-x7.js.br'), brotliCompressSync(SCRIPT))
    await mkdir(join(webRoot, 'docs', 'guides'), { recursive: true })
    await writeFile(join(webRoot, 'docs', '.hidden.json'), '{}')
    await writeFile(join(webRoot, 'docs', 'guides', 'index.html'), '<!doctype html><title>Guides</title>')
    await writeFile(join(webRoot, 'docs', '404.html'), '<!doctype html><title>No such page</title>')
    port = await freePort()
    publicUrl = givenUrl ?? `http://localhost:${port}`
    server = await startEmbeddedServer({ consoleUrl: publicUrl })
    bff = await startBff({ server, port, publicUrl, environment: { WEB_ROOT: webRoot } })
    await signInAsGrace()
  })
  afterAll(async () => {
    await bff[Symbol.asyncDispose]()
    await server[Symbol.asyncDispose]()
    rmSync(webRoot, { recursive: true })
  })

  let asked = 0
  /** From another address each time: how many requests one may send is not what is asked here. */
  const ask = (options: InjectOptions) => {
    asked += 1
    return bff.app.inject({ remoteAddress: `10.0.${asked >> 8}.${asked & 255}`, ...options })
  }

  /** The issuer is a server of its own; what the console is asked is asked here, where it has no port with TLS. */
  async function signInAsGrace(): Promise<void> {
    const browser = new Browser()
    login = await ask({ url: '/auth/login?returnTo=/things' })
    const { page, response } = await browser.open(login.headers.location ?? '')
    const [, action = ''] = /<form method="post" action="([^"]+)"/.exec(await response.text()) ?? []
    const sent = await browser.fetch(new URL(action, page), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: page.origin },
      body: 'person=grace',
    })
    const resumed = await browser.fetch(new URL(sent.headers.get('location') ?? '', page))
    const back = new URL(resumed.headers.get('location') ?? '')
    expect(back.origin).toBe(publicUrl)
    callback = await ask({ url: `${back.pathname}${back.search}`, cookies: cookiesOf(login) })
    cookies = cookiesOf(callback)
    expect((await ask({ url: '/api/session', cookies })).statusCode).toBe(200)
  }

  const cookiesOf = (response: LightMyRequestResponse) =>
    Object.fromEntries(response.cookies.filter(({ value }) => value !== '').map(({ name, value }) => [name, value]))

  /** Each Set-Cookie with the value and times left out. */
  const attributesOf = (response: LightMyRequestResponse): readonly string[] =>
    [response.headers['set-cookie'] ?? []]
      .flat()
      .map((cookie) => cookie.replace(/=[^;]*/, '').replace(/; (?:Max-Age|Expires)=[^;]*/g, ''))
      .sort()

  function expectHeaders({ headers }: Pick<LightMyRequestResponse, 'headers'>, caching: string): void {
    expect(headers).toMatchObject({ ...EVERY_ANSWER, 'cache-control': caching })
    expect(headers['strict-transport-security']).toBe(isSecure ? 'max-age=31536000; includeSubDomains' : undefined)
    for (const name of NO_ANSWER) expect(headers, name).not.toHaveProperty(name)
  }

  function expectPagePolicy({ headers }: LightMyRequestResponse): void {
    const policy = PAGE_POLICY.replace('MQTT', new URL(server.ws).origin)
    expect(headers['content-security-policy']).toBe(isSecure ? `${policy};upgrade-insecure-requests` : policy)
  }

  test('cookies are out of reach for scripts and for other sites, and for this host alone', () => {
    const rest = isSecure ? 'Path=/; HttpOnly; Secure; SameSite=Lax' : 'Path=/; HttpOnly; SameSite=Lax'
    const prefix = isSecure ? '__Host-' : ''
    expect(attributesOf(login)).toEqual([`${prefix}thingdeck-sign-in; ${rest}`])
    expect(attributesOf(callback)).toEqual([`${prefix}thingdeck-sign-in; ${rest}`, `${prefix}thingdeck; ${rest}`])
  })

  test('who signs out has no cookie left', async () => {
    const signOut = await ask({ method: 'POST', url: '/auth/logout', headers: { origin: publicUrl }, cookies })
    expect(signOut.statusCode).toBe(200)
    expect(signOut.cookies).toEqual([
      expect.objectContaining({ name: isSecure ? '__Host-thingdeck' : 'thingdeck', value: '', path: '/' }),
    ])
    await signInAsGrace()
  })

  test.each(ALL)('$name, to whom nobody is', async (endpoint) => {
    const { method } = endpoint
    const answer = await ask({ method, url: sampleAddress(endpoint), headers: { origin: publicUrl } })
    expectHeaders(answer, 'no-store')
    expectPagePolicy(answer)
  })

  test.each(ALL.filter(({ method, access }) => method === 'GET' && access !== 'anyone'))(
    '$name, to an admin',
    async (endpoint) => {
      const answer = await ask({ url: sampleAddress(endpoint), cookies })
      expect(answer.statusCode).not.toBe(401)
      expectHeaders(answer, 'no-store')
      expectPagePolicy(answer)
    },
  )

  test.each<[what: string, options: InjectOptions, status: number, caching: string]>([
    ['the front page', { url: '/' }, 200, 'no-cache'],
    ['a page', { url: '/things/pump-1', headers: { accept: 'text/html' } }, 200, 'no-cache'],
    ['a script', { url: '/assets/index-x7.js' }, 200, 'public, max-age=31536000, immutable'],
    ['a script that is not there', { url: '/assets/index-x8.js' }, 404, 'no-store'],
    ['a file outside', { url: '/assets/..%2f..%2f..%2fetc/passwd' }, 404, 'no-store'],
    ['the documentation', { url: '/docs/guides/' }, 200, 'no-cache'],
    ['the documentation without its slash', { url: '/docs/guides?x' }, 302, 'no-store'],
    ['no page of the documentation', { url: '/docs/none/' }, 404, 'no-cache'],
    ['no file of the documentation', { url: '/docs/none.json' }, 404, 'no-store'],
    ['a hidden file of the documentation', { url: '/docs/.hidden.json' }, 404, 'no-store'],
    ['a file outside the documentation', { url: '/docs/..%2findex.html' }, 404, 'no-store'],
    ['its health', { url: '/-/healthy' }, 200, 'no-store'],
    ['whether it is ready', { url: '/-/ready' }, 200, 'no-store'],
    ['no endpoint', { url: '/api/nothing' }, 404, 'no-store'],
    ['an address that nothing decodes', { url: '/api/%zz' }, 404, 'no-store'],
    ['an address of other bytes', { url: '/api/things/%ff' }, 401, 'no-store'],
    ['a method that is none here', { url: '/api/session', method: 'PUT' }, 404, 'no-store'],
    ['a question for methods', { url: '/api/session', method: 'OPTIONS' }, 404, 'no-store'],
    ['a sign-in without its beginning', { url: '/auth/callback?code=x&state=y' }, 302, 'no-store'],
  ])('%s', async (_what, options, status, caching) => {
    const answer = await ask({ headers: {}, ...options })
    expect(answer.statusCode).toBe(status)
    expectHeaders(answer, caching)
    expectPagePolicy(answer)
  })

  test('a script is compressed for who takes it so', async () => {
    const answer = await ask({ url: '/assets/index-x7.js', headers: { 'accept-encoding': 'gzip, br' } })
    expectHeaders(answer, 'public, max-age=31536000, immutable')
    expectPagePolicy(answer)
    expect(answer.headers).toMatchObject({
      'content-encoding': 'br',
      'content-type': expect.stringMatching(/^(?:text|application)\/javascript/),
      vary: 'accept-encoding',
    })
    expect(brotliDecompressSync(answer.rawPayload).toString()).toBe(SCRIPT)
    const { headers, body } = await ask({ url: '/assets/index-x7.js', headers: { 'accept-encoding': 'gzip' } })
    expect([headers['content-encoding'], body]).toEqual([undefined, SCRIPT])
  })

  test.each(['/api/docs', '/api/docs/', '/api/docs/json', '/api/docs/static/swagger-ui.css'])(
    'the description of the API, %s',
    async (url) => {
      const answer = await ask({ url, cookies })
      expect([200, 302]).toContain(answer.statusCode)
      // What a library brings is nobody's secret.
      expectHeaders(answer, url.includes('/static/') ? 'public, max-age=0' : 'no-store')
      const policy = String(answer.headers['content-security-policy'])
      for (const directive of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(directive)
      }
    },
  )

  test.each([
    ['a body that is too large', { 'content-type': 'application/json' }, JSON.stringify({ x: 'x'.repeat(300_000) })],
    ['a body of another kind', { 'content-type': 'text/plain' }, 'x'],
    ['a body that is no JSON', { 'content-type': 'application/json' }, '{'],
  ])('%s', async (_what, headers, payload) => {
    const url = endpoints.shareView.path
    const answer = await ask({ method: 'POST', url, headers: { ...headers, origin: publicUrl }, cookies, payload })
    expect(answer.statusCode).toBe(400)
    expectHeaders(answer, 'no-store')
  })

  test('who asks too often', async () => {
    const remoteAddress = '10.9.9.9'
    const answers = await Promise.all(
      Array.from({ length: 31 }, () => bff.app.inject({ url: '/auth/login', remoteAddress })),
    )
    const refused = answers.find(({ statusCode }) => statusCode === 429)
    expectHeaders(refused ?? (answers[0] as LightMyRequestResponse), 'no-store')
    expect(refused).toBeDefined()
  })

  test.each([
    ['no HTTP', 'nonsense\r\n\r\n', /^HTTP\/1\.1 400 /],
    [
      'headers of more than 16 KiB',
      `GET / HTTP/1.1\r\nHost: x\r\nCookie: ${'x'.repeat(17_000)}\r\n\r\n`,
      /^HTTP\/1\.1 431 /,
    ],
  ])('%s is answered with nothing but that', async (_what, bytes, expected) => {
    const socket = createConnection(port, 'localhost')
    socket.end(bytes)
    const answer = await text(socket)
    expect(answer).toMatch(expected)
    expect(answer).not.toMatch(/^(?:server|x-powered-by|set-cookie):/im)
  })
})
