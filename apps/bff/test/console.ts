import { createServer } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { type EmbeddedServer, startEmbeddedServer } from '../../../e2e/embedded-server.ts'
import { buildApp } from '../src/app.ts'
import { createAws } from '../src/aws/aws.ts'
import { readConfig } from '../src/config.ts'
import { createLogger } from '../src/logger.ts'
import { openStores } from '../src/stores/stores.ts'

export interface TestConsole extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly url: string
  readonly server: EmbeddedServer
  /** Everything that was logged so far, as text. */
  readonly logged: () => string
  /** Of an AWS SDK client that is the account's administrator. */
  readonly sdk: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } }
}

/** The console's address has to be known before it listens: the issuer is told where people come back to. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('No port was given')
  return address.port
}

/** The console's own process. */
export interface TestBff extends AsyncDisposable {
  readonly app: FastifyInstance
  /** Everything that was logged so far, as text. */
  readonly logged: () => string
}

export interface TestBffOptions {
  readonly server: EmbeddedServer
  /** Where it listens, and where browsers find it. */
  readonly port: number
  readonly publicUrl: string
  /** Variables of the BFF to set otherwise. */
  readonly environment?: Readonly<Record<string, string>>
}

/** The BFF as it runs in production, before an embedded server. */
export async function startBff({ server, port, publicUrl, environment }: TestBffOptions): Promise<TestBff> {
  const config = readConfig(
    {
      PORT: String(port),
      PUBLIC_URL: publicUrl,
      AWS_ACCOUNT_ID: server.account,
      AWS_REGION: server.region,
      AWS_ENDPOINT_URL: server.http,
      OIDC_ISSUER: server.oidcIssuer,
      OIDC_CLIENT_ID: server.oidcClientId,
      COGNITO_IDENTITY_POOL_ID: server.identityPoolId,
      ...environment,
    },
    { webRoot: '/nonexistent' },
  )
  const log: string[] = []
  const logger = createLogger('info', { write: (line) => log.push(line) })
  const aws = createAws(config, sdkOf(server))
  const app = await buildApp({ config, logger, aws, stores: await openStores(config, logger) })
  await app.listen({ host: 'localhost', port })
  return { app, logged: () => log.join(''), [Symbol.asyncDispose]: () => app.close() }
}

/** Of an AWS SDK client that is the account's administrator. */
export const sdkOf = (server: EmbeddedServer) => ({
  endpoint: server.http,
  region: server.region,
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
})

/**
 * The BFF before an embedded server of its own.
 * @param environment variables of the BFF to set otherwise
 */
export async function startConsole(environment: Readonly<Record<string, string>> = {}): Promise<TestConsole> {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const server = await startEmbeddedServer(url)
  const bff = await startBff({ server, port, publicUrl: url, environment })
  return {
    app: bff.app,
    url,
    server,
    sdk: sdkOf(server),
    logged: bff.logged,
    async [Symbol.asyncDispose]() {
      await bff[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
