import { type Logger, pino } from 'pino'
import { type Config, DEFAULTS } from '../../src/config.ts'
import type { MakeService } from '../../src/foundation/service.ts'
import { startServer } from '../../src/start.ts'

/** A server on free ports, in memory unless said otherwise, with services beside its own. */
export async function startWithServices(
  services: readonly MakeService[],
  config: Partial<Config> = {},
  log: Logger = pino({ level: 'silent' }),
) {
  const complete: Config = {
    ...DEFAULTS,
    ...{ port: 0, mqttPort: 0, httpsPort: 0, data: ':memory:', logLevel: 'silent' },
    ...config,
  }
  const server = await startServer(complete, log, { services })
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
