import { type Logger, pino } from 'pino'
import { type Config, DEFAULTS } from '../../src/config.ts'
import type { MakeService } from '../../src/foundation/service.ts'
import { type ServerParts, startServer } from '../../src/start.ts'

/** A server on free ports, in memory unless said otherwise, with services beside its own. */
export function startWithServices(services: readonly MakeService[], config?: Partial<Config>, log?: Logger) {
  return startWithParts({ services }, config, log)
}

/** The same with whatever a server can be given. */
export async function startWithParts(
  parts: ServerParts,
  config: Partial<Config> = {},
  log: Logger = pino({ level: 'silent' }),
) {
  const complete: Config = {
    ...DEFAULTS,
    ...{ port: 0, mqttPort: 0, httpsPort: 0, data: ':memory:', logLevel: 'silent' },
    ...config,
  }
  const server = await startServer(complete, log, parts)
  return {
    sdk: {
      endpoint: server.urls.http,
      region: complete.region,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    },
    urls: server.urls,
    rootCa: server.rootCaPem,
    server,
    [Symbol.asyncDispose]: () => server.close(),
  }
}
