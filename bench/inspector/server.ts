/** Started by `bench/inspector.ts`: the embedded server without the broker's limits. Says over IPC where it answers. */
// biome-ignore lint/correctness/noUndeclaredDependencies: a dependency of the server that is started here
import { pino } from 'pino'
import { DEFAULTS } from '../../apps/local/src/config.ts'
import { startServer } from '../../apps/local/src/start.ts'

const [consoleUrl = DEFAULTS.consoleUrl, ...allowedOrigins] = process.argv.slice(2)
const NONE = Number.POSITIVE_INFINITY
const limits = {
  inboundPublishesPerSecond: NONE,
  outboundPublishesPerSecond: NONE,
  inboundBytesPerSecond: NONE,
  outboundBufferBytes: NONE,
  queuedMessages: NONE,
  queuedBytes: NONE,
  pendingMessages: 100_000,
}
const ports = { port: 0, mqttPort: 0, httpsPort: 0 }
const log = pino({ level: 'silent' })
const server = await startServer(
  { ...DEFAULTS, ...ports, data: ':memory:', consoleUrl, allowedOrigins, limits, logLevel: 'silent' },
  log,
)
process.once('disconnect', () => server.close().then(() => process.exit(0)))
process.send?.({ urls: server.urls, identityPoolId: server.identityPoolId, oidcClientId: server.oidcClientId })
