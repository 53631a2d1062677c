import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startConsole as startConsoleProcess } from '../../../scripts/run/console.ts'
import { startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { Browser, signIn } from './browser.ts'
import { startConsole } from './console.ts'
import { startRedis } from './redis.ts'

/** A machine that is busy needs its time. */
const PATIENCE = { timeout: 20_000 }

test('a console is healthy while it answers, and ready while its store does', async () => {
  const redis = await startRedis()
  await using console = await startConsole({ REDIS_URL: redis.url, SESSION_SECRET: 'x'.repeat(32) })
  const statusOf = async (path: string) => (await fetch(`${console.url}${path}`)).status
  await vi.waitFor(async () => expect(await statusOf('/-/ready')).toBe(200), PATIENCE)
  expect(await statusOf('/-/healthy')).toBe(200)

  await redis[Symbol.asyncDispose]()
  await vi.waitFor(async () => expect(await statusOf('/-/ready')).toBe(503), PATIENCE)
  expect(await statusOf('/-/healthy')).toBe(200)
  expect(await (await fetch(`${console.url}/-/ready`)).json()).toEqual({
    status: 'not ready',
    detail: 'The store of sessions does not answer.',
  })
})

/** In place of AWS: it passes on what it is asked, and holds up answers about things from when it is told to. */
async function holdingAws(behind: string) {
  const held: (() => void)[] = []
  let isHolding = false
  const pass = ({ url, method, headers }: IncomingMessage, body: Buffer, response: ServerResponse) => {
    const asked = request(new URL(url ?? '/', behind), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    asked.end(body)
  }
  const server = createServer(async (asked, response) => {
    const body = Buffer.concat(await asked.toArray())
    const answer = () => pass(asked, body, response)
    if (isHolding && asked.url?.startsWith('/things')) held.push(answer)
    else answer()
  })
  await once(server.listen(0, 'localhost'), 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    held,
    hold: () => {
      isHolding = true
    },
  }
}

test('a console that is asked to end is not ready, then takes no more requests, and answers those under way', async () => {
  const url = `http://localhost:${await freePort()}`
  await using server = await startEmbeddedServer({ consoleUrl: url })
  const aws = await holdingAws(server.http)
  await using process = await startConsoleProcess({
    server,
    url,
    environment: { AWS_ENDPOINT_URL: aws.url, DRAIN_SECONDS: '300' },
  })
  const browser = new Browser()
  await signIn(browser, url, 'vera')
  expect((await fetch(`${url}/-/ready`)).status).toBe(200)
  aws.hold()
  const underWay = browser.fetch(`${url}/api/things`)
  await vi.waitFor(() => expect(aws.held).toHaveLength(1), PATIENCE)

  process.signal('SIGTERM')
  await vi.waitFor(async () => expect((await fetch(`${url}/-/ready`)).status).toBe(503), PATIENCE)
  expect((await browser.fetch(`${url}/api/session`)).status).toBe(200) // for whoever is sent here meanwhile

  process.signal('SIGTERM') // does not wait for a load balancer
  await vi.waitFor(() => expect(fetch(`${url}/-/healthy`)).rejects.toThrow(), PATIENCE)
  for (const answer of aws.held) answer()
  const answer = await underWay
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']) // else it would be waited for
  expect(await process.ended).toBe(0)
})

test('what a console counts of itself is told to whoever has the token, without names of things and people', async () => {
  await using console = await startConsole({ METRICS_TOKEN: 'token-of-prometheus' })
  const browser = new Browser()
  await signIn(browser, console.url, 'vera')
  await browser.fetch(`${console.url}/api/things/secret-thing`)
  await browser.fetch(`${console.url}/api/things`)
  const ask = (authorization?: string) =>
    fetch(`${console.url}/-/metrics`, authorization === undefined ? {} : { headers: { authorization } })

  for (const wrong of [undefined, 'Bearer token-of-nobody', 'token-of-prometheus', 'Bearer token-of-prometheus ?']) {
    const refused = await ask(wrong)
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  }
  expect((await browser.fetch(`${console.url}/-/metrics`)).status).toBe(401) // a session is no token
  const answer = await ask('Bearer token-of-prometheus')
  expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4')
  const text = await answer.text()
  expect(text).toMatch(/^thingdeck_http_request_duration_seconds_count\{endpoint="describeThing",status="4xx"\} 1$/m)
  expect(text).toMatch(/^thingdeck_http_request_duration_seconds_count\{endpoint="listThings",status="2xx"\} 1$/m)
  expect(text).toMatch(/^thingdeck_aws_call_attempts_total\{api="IoT",operation="ListThings",outcome="answered"\} 1$/m)
  expect(text).toMatch(
    /^thingdeck_aws_call_attempts_total\{api="IoT",operation="DescribeThing",outcome="refused"\} 1$/m,
  )
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m)
  expect(text).not.toMatch(/secret-thing|vera/i)
  expect(console.logged()).not.toContain('token-of-prometheus')
})

test('without a token there are no metrics', async () => {
  await using console = await startConsole()
  for (const authorization of ['Bearer ', 'Bearer undefined', '']) {
    expect((await fetch(`${console.url}/-/metrics`, { headers: { authorization } })).status).toBe(404)
  }
})
