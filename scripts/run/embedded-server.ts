import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** What the embedded server says of itself once it answers. */
export interface EmbeddedServer extends AsyncDisposable {
  readonly http: string
  /** `mqtts://HOST:PORT` */
  readonly mqtts: string
  readonly rootCaPath: string
  readonly account: string
  readonly region: string
  readonly oidcIssuer: string
  readonly oidcClientId: string
  readonly identityPoolId: string
}

const program = fileURLToPath(new URL('../../apps/local/src/main.ts', import.meta.url))

async function firstLine(child: ChildProcess): Promise<string> {
  const errors: string[] = []
  child.stderr?.on('data', (chunk) => errors.push(String(chunk)))
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).once('line', resolve)
    child.once('close', () => reject(new Error(`The embedded server did not start: ${errors.join('')}`)))
  })
}

/**
 * The embedded server as a process of its own, on free ports, with nothing kept: the apps and it meet over HTTP and MQTT only.
 * @param consoleUrl where its sign-in page may send people back to, where that matters
 * @param limits of the broker that differ from AWS's, each as `NAME=NUMBER` or `NAME=off`
 */
export async function startEmbeddedServer(
  consoleUrl = 'http://localhost:7300',
  limits: readonly string[] = [],
): Promise<EmbeddedServer> {
  const ports = ['--port', '0', '--mqtt-port', '0', '--https-port', '0']
  const child = spawn(
    process.execPath,
    [
      program,
      ...ports,
      '--data',
      ':memory:',
      '--console-url',
      consoleUrl,
      '--log-level',
      'error',
      ...limits.flatMap((limit) => ['--limit', limit]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const ready = JSON.parse(await firstLine(child))
  return {
    ...ready,
    async [Symbol.asyncDispose]() {
      const ended = new Promise((resolve) => child.once('close', resolve))
      child.kill()
      await ended
    },
  }
}
