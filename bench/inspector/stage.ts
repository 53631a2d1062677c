import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { presignMqttUrl } from '../../packages/sigv4/src/index.ts'
import { freePort } from '../../scripts/run/free-port.ts'
import { Chromium } from './chromium.ts'

interface ServerReady {
  readonly urls: { readonly http: string; readonly ws: string; readonly oidcIssuer: string }
  readonly identityPoolId: string
  readonly oidcClientId: string
}

/** What the load was asked for: messages a second, over so many topics, for so long. */
export interface LoadRequest {
  readonly rate: number
  readonly topics: number
  readonly seconds: number
}

interface StageOptions {
  /** Path of the browser. */
  readonly chromium: string
  /** Folder of the built console. Left out: no console is started. */
  readonly webRoot?: string
  /** Of other pages that are measured: the server refuses pages that it was not told of. */
  readonly origins?: readonly string[]
}

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What stands on the machine while something is measured: broker, load, browser, control page and console. */
export class Stage {
  readonly consoleUrl: string
  #browser: Chromium
  readonly #chromium: string
  readonly #server: ServerReady
  readonly #controlUrl: string
  readonly #load: ChildProcess
  readonly #children: readonly ChildProcess[]

  private constructor(
    server: ServerReady,
    urls: { readonly console: string; readonly control: string },
    parts: {
      readonly chromium: string
      readonly browser: Chromium
      readonly load: ChildProcess
      readonly children: readonly ChildProcess[]
    },
  ) {
    this.#server = server
    this.consoleUrl = urls.console
    this.#controlUrl = urls.control
    this.#chromium = parts.chromium
    this.#browser = parts.browser
    this.#load = parts.load
    this.#children = parts.children
  }

  /** @throws {Error} when one of the processes does not start; those that did are stopped */
  static async open({ chromium, webRoot, origins = [] }: StageOptions): Promise<Stage> {
    const children: ChildProcess[] = []
    try {
      const consolePort = await freePort()
      const controlUrl = await serveControl()
      const serverProcess = forkHelper(
        './server.ts',
        [`http://localhost:${consolePort}`, controlUrl, ...origins],
        children,
      )
      const server = await message<ServerReady>(serverProcess)
      const consoleUrl = webRoot === undefined ? '' : await startConsole(server, consolePort, webRoot, children)
      const load = forkHelper('./load.ts', [await presigned(server)], children)
      await message(load)
      const urls = { console: consoleUrl, control: controlUrl }
      const browser = await Chromium.launch(chromium)
      return new Stage(server, urls, { chromium, browser, load, children })
    } catch (error) {
      stop(children)
      throw error
    }
  }

  get browser(): Chromium {
    return this.#browser
  }

  /** Another browser in the place of one in which a page does not answer any more. */
  async replaceBrowser(): Promise<void> {
    await this.#browser.kill()
    this.#browser = await Chromium.launch(this.#chromium)
  }

  /** A WebSocket URL of the broker that anything which speaks MQTT may connect to, for an hour. */
  brokerUrl(): Promise<string> {
    return presigned(this.#server)
  }

  async controlUrl(): Promise<string> {
    return `${this.#controlUrl}/?url=${encodeURIComponent(await this.brokerUrl())}`
  }

  /** Signs in to the console, for all pages to come. */
  async signIn(): Promise<void> {
    const page = await this.browser.page()
    await page.goTo(`${this.consoleUrl}/auth/login`)
    await page.until(`document.querySelector('button[name=person][value=ada]')`)
    await page.evaluate(`document.querySelector('button[name=person][value=ada]').click()`)
    await page.until(`location.origin === '${this.consoleUrl}' && document.querySelector('nav, header')`)
    await page.close()
  }

  /** Publishes; fulfilled with the number of messages once all are sent. */
  async publish(request: LoadRequest): Promise<number> {
    const sending = message<{ sent: number }>(this.#load)
    this.#load.send(request)
    return (await sending).sent
  }

  async close(): Promise<void> {
    await this.#browser.close()
    stop(this.#children)
  }
}

function stop(children: readonly ChildProcess[]): void {
  for (const child of children.toReversed()) {
    if (child.connected) child.disconnect()
    else child.kill('SIGTERM')
  }
}

async function message<Message>(child: ChildProcess): Promise<Message> {
  const waiting = new AbortController()
  try {
    const [first] = await Promise.race([
      once(child, 'message', waiting),
      once(child, 'exit', waiting).then(([code]) => Promise.reject(new Error(`A helper ended with ${code}`))),
    ])
    return first
  } finally {
    waiting.abort()
  }
}

function forkHelper(file: string, args: readonly string[], children: ChildProcess[]): ChildProcess {
  const child = fork(here(file), args, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  children.push(child)
  return child
}

async function startConsole(
  server: ServerReady,
  port: number,
  webRoot: string,
  children: ChildProcess[],
): Promise<string> {
  const url = `http://localhost:${port}`
  const child = spawn(process.execPath, [here('../../apps/bff/src/main.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: server.urls.http,
      AWS_REGION: 'us-east-1',
      AWS_ACCOUNT_ID: '123456789012',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      PORT: String(port),
      PUBLIC_URL: url,
      OIDC_ISSUER: server.urls.oidcIssuer,
      OIDC_CLIENT_ID: server.oidcClientId,
      COGNITO_IDENTITY_POOL_ID: server.identityPoolId,
      THINGDECK_ENVIRONMENT: 'bench',
      WEB_ROOT: resolve(webRoot),
      LOG_LEVEL: 'error',
    },
  })
  children.push(child)
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('"ready":true')) break
  return url
}

/** The control page has an origin of its own, without the console's security policy. */
async function serveControl(): Promise<string> {
  const files = new Map([
    ['/control.js', ['text/javascript', readFileSync(here('./control.js'))]],
    ['/', ['text/html', readFileSync(here('./control.html'))]],
  ] as const)
  const server = createServer((request, response) => {
    const file = files.get((request.url?.split('?', 1)[0] ?? '/') as '/')
    response.writeHead(file ? 200 : 404, { 'content-type': String(file?.[0] ?? 'text/plain') }).end(file?.[1])
  })
  server.listen(0, 'localhost').unref()
  await once(server, 'listening')
  return `http://localhost:${(server.address() as AddressInfo).port}`
}

const presigned = (server: ServerReady) =>
  presignMqttUrl({
    url: server.urls.ws,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    expiresSeconds: 3_600, // a page that lost its connection may come back
  })
