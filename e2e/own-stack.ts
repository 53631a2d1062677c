import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { freePort } from '../scripts/run/free-port.ts'
import { stack } from './stack.ts'

const bff = fileURLToPath(new URL('../apps/bff/src/main.ts', import.meta.url))

/** A console on an embedded server of its own, for what the shared one cannot have. */
export interface OwnStack extends AsyncDisposable {
  readonly console: string
  /** Where the embedded server answers. */
  readonly http: string
}

async function ready(child: ChildProcess): Promise<void> {
  for await (const line of createInterface({ input: child.stdout as NodeJS.ReadableStream })) {
    if (line.includes('"ready":true')) return
  }
  throw new Error('The console did not start')
}

/** @param limits of the broker that differ from AWS's, as the option `--limit` takes them: `queuedMessages=off` */
export async function startOwnStack(limits: readonly string[]): Promise<OwnStack> {
  const port = await freePort()
  const console = `http://localhost:${port}`
  const server = await startEmbeddedServer(console, limits)
  const child = spawn(process.execPath, [bff], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: server.http,
      AWS_REGION: server.region,
      AWS_ACCOUNT_ID: server.account,
      AWS_ACCESS_KEY_ID: stack.sdk.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: stack.sdk.credentials.secretAccessKey,
      PORT: String(port),
      PUBLIC_URL: console,
      OIDC_ISSUER: server.oidcIssuer,
      OIDC_CLIENT_ID: server.oidcClientId,
      COGNITO_IDENTITY_POOL_ID: server.identityPoolId,
      THINGDECK_ENVIRONMENT: 'e2e',
      LOG_LEVEL: 'error',
    },
  })
  await ready(child)
  child.stdout?.resume()
  return {
    console,
    http: server.http,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'close')
      child.kill()
      await ended
      await server[Symbol.asyncDispose]()
    },
  }
}
