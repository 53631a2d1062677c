/**
 * `npm start`: the embedded AWS IoT Core, a fleet of simulated devices, and the console. Ends with one line that names
 * the address to open; Ctrl+C stops everything.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { turnOnFleetIndex } from './fleet-index.ts'
import { Service } from './run/service.ts'
import { buildWebApp } from './web-build.ts'

const { values } = parseArgs({
  options: {
    'console-port': { type: 'string', default: '7300' },
    port: { type: 'string', default: '7400' },
    'mqtt-port': { type: 'string', default: '8883' },
    'https-port': { type: 'string', default: '8443' },
    data: { type: 'string', default: '.thingdeck' },
    devices: { type: 'string', default: '12' },
    seed: { type: 'string', default: '1' },
    'drop-every': { type: 'string', default: '300' },
    'fleet-index': { type: 'string', default: 'on' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(`Usage: npm start -- [options]
  --console-port N  address of the console (7300)
  --port N          AWS HTTP APIs, MQTT over WebSocket, sign-in (7400)
  --mqtt-port N     MQTT over TLS (8883)
  --https-port N    HTTPS and MQTT by ALPN (8443)
  --data DIR        where everything is kept (.thingdeck)
  --devices N       how many simulated devices (12; 0 for none)
  --seed N          the same seed gives the same devices (1)
  --drop-every N    mean seconds between lost connections of a device (300; 0 for never)
  --fleet-index S   on or off: whether a new data folder begins with fleet indexing (on)`)
  process.exit(0)
}

if (values['fleet-index'] !== 'on' && values['fleet-index'] !== 'off') {
  console.error(`--fleet-index is on or off, not ${values['fleet-index']}`)
  process.exit(1)
}

/** What the embedded server says once its ports answer. */
interface LocalReady {
  readonly account: string
  readonly region: string
  readonly http: string
  readonly oidcIssuer: string
  readonly oidcClientId: string
  readonly identityPoolId: string
  readonly rootCaPath: string
}

const { data } = values
/** An account that was there before keeps what its administrator chose. */
const isNewAccount = !existsSync(join(data, 'account.db'))
const services: Service[] = []
let stopping = false

function start(name: string, program: string, args: string[], env: Record<string, string> = {}): Service {
  const service = new Service({ name, program, args, env, logFile: join(data, 'logs', `${program.split('/')[1]}.log`) })
  services.push(service)
  void service.ended.then((code) => {
    if (!stopping && ready)
      void stop(1, `The ${name} ended unexpectedly (exit code ${code}); its log is in ${join(data, 'logs')}.`)
  })
  return service
}

async function stop(code: number, why?: string): Promise<never> {
  if (why) console.error(why)
  stopping = true
  // Devices first, so that they can say goodbye to a broker that is still there.
  for (const service of services.toReversed()) await service.stop()
  process.exit(code)
}

let ready = false
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop(0))

try {
  const webApp = buildWebApp()
  webApp.catch(() => {}) // reported below, when it is awaited
  const local = await start('embedded server', 'apps/local/src/main.ts', [
    ...['--port', values.port, '--mqtt-port', values['mqtt-port'], '--https-port', values['https-port']],
    ...['--data', data, '--console-url', `http://localhost:${values['console-port']}`],
  ]).ready<LocalReady>()

  // From here on everything is as it would be against AWS: the standard variables, and nothing else, say where.
  const aws = {
    AWS_ENDPOINT_URL: local.http,
    AWS_REGION: local.region,
    AWS_ACCOUNT_ID: local.account,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    NODE_EXTRA_CA_CERTS: local.rootCaPath,
  }
  if (isNewAccount && values['fleet-index'] === 'on') await turnOnFleetIndex(aws)
  const bff = start('console', 'apps/bff/src/main.ts', [], {
    ...aws,
    PORT: values['console-port'],
    PUBLIC_URL: `http://localhost:${values['console-port']}`,
    OIDC_ISSUER: local.oidcIssuer,
    OIDC_CLIENT_ID: local.oidcClientId,
    COGNITO_IDENTITY_POOL_ID: local.identityPoolId,
    THINGDECK_ENVIRONMENT: 'embedded',
    AUDIT_FILE: join(data, 'audit.jsonl'),
    WEB_ROOT: await webApp,
  })
  const fleet =
    Number(values.devices) === 0
      ? undefined
      : start(
          'fleet',
          'apps/fleet/src/main.ts',
          [
            ...['--devices', values.devices, '--seed', values.seed, '--state', join(data, 'fleet')],
            ...['--mqtt-port', values['mqtt-port'], '--drop-every', values['drop-every'], '--log-level', 'info'],
          ],
          aws,
        )
  await Promise.all([bff.ready(), fleet?.ready()])
  ready = true
  console.log(`Thingdeck is ready: http://localhost:${values['console-port']}`)
} catch (error) {
  if (!stopping) await stop(1, (error as Error).message)
}
