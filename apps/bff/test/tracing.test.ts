import { once } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { expect, onTestFinished, test } from 'vitest'
import { consoleService } from '../../../scripts/run/console.ts'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { Service } from '../../../scripts/run/service.ts'
import { readTracing } from '../src/tracing-config.ts'
import { Browser, signIn } from './browser.ts'

/** As OTLP has it in JSON. @see opentelemetry-proto, trace.proto */
interface SentSpan {
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
  readonly name: string
  readonly kind: number
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, string>> }[]
  readonly status: { readonly code?: number }
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await once(server.listen(0, 'localhost'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

/** A collector of OpenTelemetry, as far as it is sent traces. */
async function startCollector() {
  const bodies: string[] = []
  const asked: IncomingMessage['headers'][] = []
  const url = await serve(async (incoming, response) => {
    bodies.push(Buffer.concat(await incoming.toArray()).toString('latin1'))
    asked.push(incoming.headers)
    response.writeHead(incoming.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/json' }).end('{}')
  })
  const spans = () =>
    bodies.flatMap((body) => {
      const { resourceSpans } = JSON.parse(body) as {
        resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[]
      }
      return resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    })
  return { url, bodies, asked, spans }
}

/** AWS, which takes the first `ListThings` for one too many. */
const throttlingOnce = (behind: string) => {
  let isThrottled = false
  return serve(async (incoming, response) => {
    const body = Buffer.concat(await incoming.toArray())
    const { url = '/', method, headers } = incoming
    if (!isThrottled && /^\/things(?:\?|$)/.test(url)) {
      isThrottled = true
      response.writeHead(400, { 'x-amzn-errortype': 'ThrottlingException' }).end('{"message":"Rate exceeded"}')
      return
    }
    request(new URL(url, behind), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    }).end(body)
  })
}

const attributesOf = ({ attributes }: SentSpan) =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

/** From an address that is no proxy's, or is. */
const ask = (url: string, localAddress: string, headers: Record<string, string>) =>
  new Promise<string>((resolve, reject) => {
    request(url, { localAddress, headers, family: 4 }, (answer) => {
      answer.resume().once('end', () => resolve(String(answer.headers['x-trace-id'])))
    })
      .once('error', reject)
      .end()
  })

test('a request and its calls to AWS are one trace; neither it nor log and trail tell codes, cookies, keys and tokens', async () => {
  const collector = await startCollector()
  const url = `http://localhost:${await freePort()}`
  await using server = await startEmbeddedServer({ consoleUrl: url })
  await new IoTClient(server.sdk).send(new CreateThingCommand({ thingName: 'hidden-pump' }))
  const lines: string[] = []
  const environment = {
    LOG_LEVEL: 'trace',
    AWS_ENDPOINT_URL: await throttlingOnce(server.http),
    TRUSTED_PROXIES: '127.0.0.1',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-collector-key=hidden-key',
  }
  const service = consoleService({ server, url, environment })
  await using console = new Service({ ...service, onError: (line) => lines.push(line) })
  await console.ready()
  const browser = new Browser()
  await signIn(browser, url, 'grace')
  const listed = await browser.fetch(`${url}/api/things?attributeName=site&attributeValue=hidden-filter`)
  const missing = await browser.fetch(`${url}/api/things/hidden-lamp`)
  expect([listed.status, missing.status]).toEqual([200, 404])
  const problem = (await missing.json()) as { requestId: string; traceId: string }
  expect(missing.headers.get('x-trace-id')).toBe(problem.traceId)

  // What is handed to the person alone: keys, credentials; and codes that are none of ours.
  const post = { method: 'POST', headers: { origin: url, 'content-type': 'application/json' } }
  const keys = await browser.fetch(`${url}/api/certificates/keys`, { ...post, body: '{"setAsActive":true}' })
  const { privateKey } = (await keys.json()) as { privateKey: string }
  const mqtt = await browser.fetch(`${url}/api/session/mqtt`)
  const { credentials } = (await mqtt.json()) as { credentials: Readonly<Record<string, string>> }
  const { secretAccessKey, sessionToken } = credentials
  await new Browser().fetch(`${url}/auth/callback?code=hidden-code&state=hidden-state`)
  await browser.fetch(`${url}/api/things/hidden-lamp/shadow`, { ...post, body: '{"state":{"hidden-member":1' })
  const trail = await (await browser.fetch(`${url}/api/audit`)).text()
  const secrets = [privateKey.split('\n')[2], secretAccessKey, sessionToken, browser.cookieOf(url).split('=')[1]]
  for (const secret of secrets) expect(secret?.length).toBeGreaterThan(20)

  // A trace that began elsewhere goes on here where a trusted proxy says so.
  const traceId = 'c0ffee'.padEnd(32, '0')
  const headers = { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-forwarded-for': '192.0.2.1' }
  const page = url.replace('localhost', '127.0.0.1')
  expect(await ask(`${page}/api/session`, '127.0.0.1', headers)).toBe(traceId)
  expect(await ask(`${page}/api/session`, '127.0.0.1', { traceparent: headers.traceparent })).not.toBe(traceId)
  expect(await ask(`${page}/api/session`, '127.0.0.2', headers)).not.toBe(traceId)
  console.signal('SIGTERM')
  expect(await console.ended).toBe(0) // what was not sent yet is sent then

  expect(collector.asked[0]).toMatchObject({ 'x-collector-key': 'hidden-key' })
  const spans = collector.spans()
  const ofTrace = (id: string | null) => spans.filter((span) => span.traceId === id)
  const [failed, ...more] = ofTrace(problem.traceId).toSorted((one, other) => one.kind - other.kind)
  if (failed === undefined) throw new Error('The trace was not sent')
  expect([failed.name, failed.kind, attributesOf(failed)]).toEqual([
    'GET /api/things/:thingName',
    2,
    {
      'http.request.method': 'GET',
      'http.route': '/api/things/:thingName',
      'http.response.status_code': 404,
      'url.scheme': 'http',
      'thingdeck.request_id': problem.requestId,
    },
  ])
  const call = more.find(({ name }) => name === 'IoT/DescribeThing')
  expect(call).toMatchObject({ kind: 3, parentSpanId: failed.spanId, status: { code: 2 } })
  expect(attributesOf(call as SentSpan)).toEqual({
    'rpc.system.name': 'aws-api',
    'rpc.method': 'IoT/DescribeThing',
    'aws.request_id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'http.response.status_code': 404,
    'error.type': 'ResourceNotFoundException',
  })
  const list = ofTrace(listed.headers.get('x-trace-id')).find(({ name }) => name === 'IoT/ListThings')
  expect(attributesOf(list as SentSpan)).toMatchObject({ 'http.request.resend_count': 1 })
  expect(ofTrace(traceId)).toMatchObject([{ name: 'GET /api/session', parentSpanId: '00f067aa0ba902b7' }])
  expect(spans.map(({ name }) => name)).toContain('GET /auth/callback')

  expect(lines.filter((line) => line.includes(problem.requestId)).length).toBeGreaterThan(0)
  for (const line of lines.filter((each) => each.includes(problem.requestId))) expect(line).toContain(problem.traceId)
  for (const text of [...collector.bodies, ...lines, trail]) {
    expect(text).not.toMatch(/hidden-(?:filter|key|code|state|member)|code=|eyJ/)
    expect(secrets.filter((secret) => secret !== undefined && text.includes(secret))).toEqual([])
  }
  for (const text of collector.bodies) expect(text).not.toMatch(/hidden|grace|192\.0\.2\.1|127\.0\.0/i)
})

test.each([
  [{}, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, undefined],
  [{ OTEL_TRACES_EXPORTER: 'otlp' }, { protocol: 'http/protobuf' }],
  [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://c:4318/v1/traces' }, { protocol: 'http/protobuf' }],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' },
    { protocol: 'http/json' },
  ],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_EXPORTER: 'none' }, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }, undefined],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'c:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is not an http(s) URL'],
  [{ OTEL_TRACES_EXPORTER: 'zipkin' }, "OTEL_TRACES_EXPORTER is neither otlp nor none: 'zipkin'"],
  [
    { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' },
    "OTEL_EXPORTER_OTLP_PROTOCOL is neither http/protobuf nor http/json: 'grpc'",
  ],
])('%j means %j', (environment, expected) => {
  expect(readTracing(environment)).toEqual(expected)
})

test('without traces nothing of OpenTelemetry is loaded: one folder imports it, and that is imported on demand', () => {
  const sources = join(import.meta.dirname, '../src')
  const files = globSync('**/*.ts', { cwd: sources }).map((file) => ({
    file,
    text: readFileSync(join(sources, file), 'utf8'),
  }))
  const importing = files.filter(({ text }) => text.includes("'@opentelemetry/")).map(({ file }) => file)
  expect(importing.length).toBeGreaterThan(1)
  expect(importing.filter((file) => !file.startsWith('plugins/tracing/'))).toEqual([])
  const using = files.filter(({ file, text }) => !file.startsWith('plugins/tracing/') && text.includes('/tracing/'))
  expect(using.map(({ file, text }) => [file, /^import .*\/tracing\//m.test(text)])).toEqual([['app.ts', false]])
})
