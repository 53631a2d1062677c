import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { hostname } from 'node:os'
import { text } from 'node:stream/consumers'
import { Sha256 } from '@aws-crypto/sha256-js'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { IoTClient, ListThingsCommand } from '@aws-sdk/client-iot'
import { SignatureV4 } from '@smithy/signature-v4'
import { presignMqttUrl } from '@thingdeck/sigv4'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { type Local, StartupError, startLocal } from '../src/index.ts'
import { signIn } from './support/sign-in.ts'

// The administrator's key is no secret, so what a web page could make an operator's browser send must be told apart.

const CONSOLE = 'http://localhost:7300' // the default of --console-url
const ALLOWED = 'http://app.example:5173'
const EVIL = 'https://evil.example'

let local: Local

beforeAll(async () => {
  local = await startLocal({ allowedOrigins: [`${ALLOWED}/`, 'file://'] })
})
afterAll(() => local.close())

type Headers = Readonly<Record<string, string>>

interface Answer {
  readonly status: number | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** As a browser would send it: `fetch` of Node does not let the test say where it comes from. */
async function send(url: string, headers: Headers = {}, method = 'GET', body = ''): Promise<Answer> {
  const send = url.startsWith('https:') ? requestHttps : requestHttp
  const sent = send(url, { method, headers, ca: local.rootCa, agent: false, servername: 'localhost' })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  return { status: response.statusCode, headers: response.headers, body: await text(response) }
}

/** ListThings as the administrator, signed for the name by which the server is addressed. */
async function listThings(headers: Headers = {}, base = local.urls.http): Promise<Answer> {
  const url = new URL('/things', base)
  const signer = new SignatureV4({ ...local.sdk, service: 'iot', sha256: Sha256 })
  const host = headers.host ?? url.host
  const parts = { method: 'GET', protocol: url.protocol, hostname: url.hostname, path: '/things', headers: { host } }
  const signed = await signer.sign(parts)
  return send(url.href, { ...signed.headers, ...headers })
}

const DENIED = { status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException', connection: 'close' } }

describe('a request that names the page it comes from', () => {
  const own = () => new URL(local.urls.http)

  test.each([
    ['the console', () => CONSOLE],
    ['an allowed page', () => ALLOWED],
    ['an allowed desktop program', () => 'file://'],
    ['the server itself', () => own().origin],
  ])('%s: answered', async (_, origin) => {
    expect(await listThings({ origin: origin() })).toMatchObject({ status: 200 })
  })

  test.each([
    ['another site', () => EVIL],
    ['the console over TLS, which it does not speak', () => 'https://localhost:7300'],
    ['another program on this machine', () => 'http://localhost:8000'],
    ['the server itself over TLS, on this port', () => own().origin.replace('http:', 'https:')],
    ['a sandboxed frame', () => 'null'],
    ['the console with something behind it', () => `${CONSOLE}.evil.example`],
  ])('%s: refused', async (_, from) => {
    const origin = from()
    const answer = await listThings({ origin })
    expect(answer).toMatchObject(DENIED)
    expect(JSON.parse(answer.body).message).toContain(`--allow-origin ${origin}`)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  test.each(['/_local/reset', '/_local/refusals', '/topics/a', '/', '/oidc/token', '/role-aliases/a/credentials'])(
    'POST %s of another site: refused',
    async (path) => {
      expect(await send(local.urls.http + path, { origin: EVIL }, 'POST', 'x=y')).toMatchObject(DENIED)
    },
  )

  test('over TLS as well', async () => {
    expect(await listThings({ origin: EVIL }, local.urls.https)).toMatchObject(DENIED)
    expect(await listThings({ origin: new URL(local.urls.https).origin }, local.urls.https)).toMatchObject({
      status: 200,
    })
  })

  test('a person is told in plain text', async () => {
    const answer = await send(`${local.urls.oidcIssuer}/auth`, { origin: EVIL, accept: 'text/html,*/*;q=0.8' })
    expect(answer).toMatchObject({ status: 403, headers: { 'content-type': 'text/plain; charset=utf-8' } })
    expect(answer.body).toBe(
      `Pages of ${EVIL} may not call this server. Start it with --allow-origin ${EVIL} to let them.\n`,
    )
  })
})

describe('CORS', () => {
  const preflight = (origin: string) =>
    send(
      `${local.urls.http}/things`,
      {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,x-amz-date',
      },
      'OPTIONS',
    )

  test.each([CONSOLE, ALLOWED])('%s may read what is answered', async (origin) => {
    const expected = { status: 200, headers: { 'access-control-allow-origin': origin } }
    expect(await preflight(origin)).toMatchObject(expected)
    expect(await listThings({ origin })).toMatchObject(expected)
  })

  test('the preflight of another site is refused', async () => {
    const answer = await preflight(EVIL)
    expect(answer).toMatchObject(DENIED)
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('a request that names no page', () => {
  test('of an SDK, and of a person who signs in: answered', async () => {
    await using other = await startLocal()
    const iot = new IoTClient(other.sdk)
    expect((await iot.send(new ListThingsCommand())).things).toEqual([])
    iot.destroy()
    expect((await signIn(other, 'vera')).identityId).toMatch(/^us-east-1:/)
  })

  test.each([
    ['a picture of another site', 'cross-site', 'image', 403],
    ['a script of a page on this machine', 'same-site', 'script', 403],
    ['a link of another site', 'cross-site', 'document', 200],
    ['the sign-in that the console begins', 'same-site', 'document', 200],
    ['an address typed by a person', 'none', 'document', 200],
    ['a fetch of Node, which says no more', undefined, undefined, 200],
  ])('%s: %s, %s → %i', async (_, site, destination, status) => {
    const headers = {
      ...(site !== undefined && { 'sec-fetch-site': site }),
      ...(destination !== undefined && { 'sec-fetch-dest': destination }),
      'sec-fetch-mode': 'cors',
    }
    expect(await listThings(headers)).toMatchObject({ status })
  })
})

// What IAM and STS do they do by GET as well: a link would be enough.
describe('an address that is signed itself', () => {
  const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

  /** DeleteRole as the administrator, all of it in the address. */
  async function signedDeletion(RoleName: string, base: string): Promise<string> {
    const url = new URL(base)
    const signer = new SignatureV4({ ...local.sdk, service: 'iam', sha256: Sha256, applyChecksum: false })
    const query = { Action: 'DeleteRole', Version: '2010-05-08', RoleName }
    const { protocol, hostname, port, host } = url
    const request = { method: 'GET', protocol, hostname, port: Number(port), path: '/', headers: { host }, query }
    const signed = await signer.presign(request, { unhoistableHeaders: new Set(), signableHeaders: new Set(['host']) })
    const parameters = Object.entries(signed.query ?? {}).map(([name, value]) => [name, String(value)])
    return `${base}/?${new URLSearchParams(parameters).toString().replaceAll('+', '%20')}`
  }

  test.each([
    ['a link of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': 'document' }],
    ['a window of a page on this machine', { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' }],
    ['a browser that does not say where it comes from', { 'user-agent': BROWSER }],
  ])('%s: refused, and nothing is done', async (_, headers) => {
    for (const base of [local.urls.http, local.urls.https]) {
      expect(await send(await signedDeletion('led-astray', base), headers)).toMatchObject(DENIED)
    }
  })

  test.each([
    ['typed by a person', { 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document', 'user-agent': BROWSER }],
    ['of a program', {}],
  ])('%s: done', async (_, headers) => {
    const iam = new IAMClient(local.sdk)
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' }],
    })
    await iam.send(new CreateRoleCommand({ RoleName: 'done-with', AssumeRolePolicyDocument }))
    iam.destroy()
    expect(await send(await signedDeletion('done-with', local.urls.http), headers)).toMatchObject({ status: 200 })
  })
})

// A page of evil.example whose name is then said to be 127.0.0.1 reads from "its own" server: GET without an Origin.
describe('the name by which the server is addressed', () => {
  test.each([
    ['localhost:1', 200],
    ['LocalHost', 200],
    ['localhost.', 200],
    ['data.iot.localhost:7400', 200],
    ['127.0.0.1:7400', 200],
    ['[::1]:7400', 200],
    ['192.168.1.20', 200],
    [hostname(), 200],
    ['evil.example:7400', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['evillocalhost', 403],
  ])('%s → %i', async (host, status) => {
    expect(await listThings({ host })).toMatchObject({ status })
  })

  test('a strange name is not made good by the same origin', async () => {
    const host = 'evil.example:7400'
    expect(await listThings({ host, origin: `http://${host}` })).toMatchObject(DENIED)
    expect(JSON.parse((await listThings({ host })).body).message).toContain('--host evil.example')
  })

  test('over TLS the certificate names the server, and devices may address it as they like', async () => {
    expect(await listThings({ host: 'prefix-ats.iot.us-east-1.amazonaws.com' }, local.urls.https)).toMatchObject({
      status: 200,
    })
  })
})

describe('MQTT over WebSocket', () => {
  /** @returns 101, or the status with which the upgrade was refused and the error's name */
  async function upgrade(headers: Headers, url = local.urls.ws): Promise<unknown> {
    const signed = await presignMqttUrl({ url, region: 'us-east-1', credentials: local.sdk.credentials })
    const socket = new WebSocket(signed, 'mqtt', { headers, ca: local.rootCa })
    socket.on('error', () => {}) // ws says so too when the test ends a handshake that was refused
    const [kind, response] = await Promise.race([
      once(socket, 'open').then(() => ['open'] as const),
      once(socket, 'unexpected-response').then(([, answer]) => ['refused', answer as IncomingMessage] as const),
    ])
    socket.terminate()
    return kind === 'open' ? 101 : [response.statusCode, response.headers['x-amzn-errortype']]
  }

  test.each([
    ['a device, without an origin', {}],
    ['the console', { origin: CONSOLE }],
    ['an allowed page', { origin: ALLOWED }],
  ])('%s: opened', async (_, headers) => {
    expect(await upgrade(headers)).toBe(101)
    expect(await upgrade(headers, local.urls.wss)).toBe(101)
  })

  test.each([EVIL, 'null', 'http://localhost:8000'])('%s: refused', async (origin) => {
    expect(await upgrade({ origin })).toEqual([403, 'AccessDeniedException'])
    expect(await upgrade({ origin }, local.urls.wss)).toEqual([403, 'AccessDeniedException'])
  })

  test('under a strange name: refused', async () => {
    const strange = { host: 'evil.example:7400', origin: 'http://evil.example:7400' }
    expect(await upgrade(strange)).toEqual([403, 'AccessDeniedException'])
  })
})

test.each(['localhost:5173', '*', 'null', 'https://', 'chrome-extension://a/b', ''])(
  '"%s" is no origin',
  async (origin) => {
    await expect(startLocal({ allowedOrigins: [origin] })).rejects.toThrow(StartupError)
  },
)
