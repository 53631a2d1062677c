import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { type ConsolePolicy, makeConsoleRole } from '../../../scripts/deploy/console-role.ts'
import { consoleEnvironment } from '../../../scripts/run/console.ts'
import { type EmbeddedServer, startEmbeddedServer } from '../../../scripts/run/embedded-server.ts'
import { freePort } from '../../../scripts/run/free-port.ts'
import { buildApp } from '../src/app.ts'
import { createAws } from '../src/aws/aws.ts'
import { openOwnAccount } from '../src/aws/own-account/open-own-account.ts'
import type { AwsKeys } from '../src/aws/own-account/own-credentials.ts'
import { readConfig } from '../src/config.ts'
import { listen } from '../src/listen.ts'
import { createLogger } from '../src/logger.ts'
import { makeOwnConsole } from '../src/own-console.ts'
import { openStores, type Stores } from '../src/stores/stores.ts'

export interface TestConsole extends AsyncDisposable {
  readonly app: FastifyInstance
  readonly url: string
  readonly server: EmbeddedServer
  /** Everything that was logged so far, as text. */
  readonly logged: () => string
  readonly sdk: EmbeddedServer['sdk']
  /** The name of the role that it calls AWS with. */
  readonly roleName: string
}

/** The console's own process. */
export interface TestBff extends AsyncDisposable {
  readonly app: FastifyInstance
  /** Everything that was logged so far, as text. */
  readonly logged: () => string
}

/** One with a role of its own, as in production. */
export interface TestBffWithRole extends TestBff {
  /** The name of the role that it calls AWS with. */
  readonly roleName: string
}

export interface TestBffOptions {
  readonly server: EmbeddedServer
  /** Where it listens, and where browsers find it. */
  readonly port: number
  readonly publicUrl: string
  /** Variables of the BFF to set otherwise. */
  readonly environment?: Readonly<Record<string, string>>
  /** Stores that the test looks into. */
  readonly stores?: Partial<Stores>
  /** What its role may, of the documents in `deploy/policies`. Left out, all of them. */
  readonly policies?: readonly ConsolePolicy[]
}

/** The BFF as it runs in production, before an embedded server: also with the role of production, and no other right. */
export async function startBff(options: TestBffOptions): Promise<TestBffWithRole> {
  const { server, port, publicUrl, environment, stores, policies } = options
  const config = readConfig(
    { ...consoleEnvironment({ server, url: publicUrl }), PORT: String(port), ...environment },
    { webRoot: '/nonexistent' },
  )
  const log: string[] = []
  const logger = createLogger('info', { write: (line) => log.push(line) })
  const opened = { ...(await openStores(config, logger)), ...stores }
  const roleName = `console-${randomUUID()}` // a console that is started again may come to the same server
  const { credentials } = await makeConsoleRole(server, { name: roleName, ...(policies && { policies }) })
  const aws = createAws(config, { ...server.sdk, credentials }, opened.apiRates)
  const app = await buildApp({ config, logger, aws, stores: opened })
  await app.listen({ host: 'localhost', port })
  return { app, logged: () => log.join(''), roleName, [Symbol.asyncDispose]: () => app.close() }
}

/** A console of one person. */
export interface TestOwnConsole extends TestBff {
  readonly url: string
  /** A new address that opens it, once. */
  readonly open: () => string
}

export interface TestOwnConsoleOptions {
  readonly server: EmbeddedServer
  /** Where the person's credentials come from. */
  readonly find: () => Promise<AwsKeys>
  readonly environment?: Readonly<Record<string, string>>
}

/** The BFF as `npm start -- --aws` runs it, before an embedded server. */
export async function startOwnConsole({
  server,
  find,
  environment: more,
}: TestOwnConsoleOptions): Promise<TestOwnConsole> {
  const port = await freePort()
  const env = { SIGN_IN: 'aws', AWS_REGION: server.region, AWS_ENDPOINT_URL: server.http, PORT: String(port), ...more }
  const own = await openOwnAccount(env, { endpoint: server.http, find })
  const config = readConfig({ ...env, ...own.environment }, { webRoot: '/nonexistent' })
  const log: string[] = []
  const logger = createLogger('info', { write: (line) => log.push(line) })
  const { parts, ready } = makeOwnConsole(own, config)
  const stores = await openStores(config, logger)
  const app = await buildApp({ config, logger, aws: createAws(config, own.sdk), stores, ...parts })
  await listen(app, config)
  const url = config.publicUrl.origin
  return { app, url, open: () => ready().open, logged: () => log.join(''), [Symbol.asyncDispose]: () => app.close() }
}

/**
 * The BFF before an embedded server of its own.
 * @param environment variables of the BFF to set otherwise
 */
export async function startConsole(
  environment: Readonly<Record<string, string>> = {},
  stores: Partial<Stores> = {},
): Promise<TestConsole> {
  const port = await freePort() // the issuer is told where people come back to, before the console listens
  const url = `http://localhost:${port}`
  const server = await startEmbeddedServer({ consoleUrl: url })
  const bff = await startBff({ server, port, publicUrl: url, environment, stores })
  return {
    app: bff.app,
    url,
    server,
    sdk: server.sdk,
    roleName: bff.roleName,
    logged: bff.logged,
    async [Symbol.asyncDispose]() {
      await bff[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}
