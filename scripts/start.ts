/**
 * `npm start`: the embedded AWS IoT Core, a fleet of simulated devices, and the console. Ends with one line that names
 * the address to open; Ctrl+C stops everything.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { turnOnFleetIndex } from './fleet-index.ts'
import { turnOnLogging } from './iot-logging.ts'
import { consoleService } from './run/console.ts'
import { awsEnvironment, type EmbeddedServerReady, embeddedServer, sdkOf } from './run/embedded-server.ts'
import { layout } from './run/layout.ts'
import { LogFile } from './run/log-file.ts'
import { Service, type ServiceOptions } from './run/service.ts'
import { makeSampleRules } from './sample-rules.ts'

const OPTIONS = {
  'console-port': { type: 'string', default: '7300' },
  port: { type: 'string', default: '7400' },
  'mqtt-port': { type: 'string', default: '8883' },
  'https-port': { type: 'string', default: '8443' },
  data: { type: 'string', default: '.thingdeck' },
  devices: { type: 'string', default: '12' },
  seed: { type: 'string', default: '1' },
  'by-claim': { type: 'boolean', default: false },
  'drop-every': { type: 'string', default: '300' },
  'fleet-index': { type: 'string', default: 'on' },
  logging: { type: 'string', default: 'on' },
  rules: { type: 'string', default: 'on' },
  functions: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** Ends with one sentence where an option is none of ours, or has no value. */
function readOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('ERR_PARSE_ARGS_')) throw error
    const [, given = ''] = /'([^\s']+)/.exec(message) ?? []
    const isOurs = code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
    const why = isOurs ? `${given} cannot be given like this` : `There is no ${given}`
    console.error(`${why}: ${layout.command} --help lists the options.`)
    process.exit(2)
  }
}

const values = readOptions()

if (values.help) {
  console.log(
    `Usage: ${layout.command} [options]
  --console-port N  address of the console (7300)
  --port N          AWS HTTP APIs, MQTT over WebSocket, sign-in (7400)
  --mqtt-port N     MQTT over TLS (8883)
  --https-port N    HTTPS and MQTT by ALPN (8443)
  --data DIR        where everything is kept (.thingdeck)
  --devices N       how many simulated devices (12; 0 for none)
  --seed N          the same seed gives the same devices (1)
  --by-claim        devices register themselves with a claim, as those of a factory do (fleet provisioning)
  --drop-every N    mean seconds between lost connections of a device (300; 0 for never)
  --fleet-index S   on or off: whether a new data folder begins with fleet indexing (on)
  --logging S       on or off: whether a new data folder begins with AWS IoT's own log, at INFO (on)
  --rules S         on or off: whether a new data folder begins with three rules on what the devices say (on)
  --functions DIR   modules that are Lambda functions (${layout.functionsTold})
${layout.furtherHelp}`.trimEnd(),
  )
  process.exit(0)
}

for (const name of ['fleet-index', 'logging', 'rules'] as const) {
  if (values[name] === 'on' || values[name] === 'off') continue
  console.error(`--${name} is on or off, not ${values[name]}`)
  process.exit(1)
}

const { data } = values
/** An account that was there before keeps what its administrator chose. */
const isNewAccount = !existsSync(join(data, 'account.db'))
const services: Service[] = []
let stopping = false

/** What it says on standard error goes to a log of its own. */
function start(options: ServiceOptions): Service {
  const logs = join(data, 'logs')
  const path = join(logs, `${options.program.split('/')[1]}.log`)
  const log = new LogFile(path, { onFault: (sentence) => console.error(sentence) })
  const service = new Service({ ...options, onError: (line) => log.write(line) })
  services.push(service)
  void service.ended.then((code) => {
    if (!stopping && ready)
      void stop(1, `The ${options.name} ended unexpectedly (exit code ${code}); its log is in ${logs}.`)
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
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // It may come twice, to a whole group and passed on by whoever started this: dying of it would leave services behind.
  process.on(signal, () => {
    if (!stopping) void stop(0)
  })
}

try {
  const webApp = layout.webApp()
  webApp.catch(() => {}) // reported below, when it is awaited
  const url = `http://localhost:${values['console-port']}`
  const ports = { http: values.port, mqtt: values['mqtt-port'], https: values['https-port'] }
  const server = await start(
    embeddedServer({ ports, data, consoleUrl: url, args: ['--functions', values.functions ?? layout.functions(data)] }),
  ).ready<EmbeddedServerReady>()

  // From here on everything is as it would be against AWS: the standard variables, and nothing else, say where.
  const aws = awsEnvironment(server)
  if (isNewAccount && values['fleet-index'] === 'on') await turnOnFleetIndex(sdkOf(server))
  if (isNewAccount && values.logging === 'on') await turnOnLogging(sdkOf(server))
  const environment = {
    THINGDECK_ENVIRONMENT: 'embedded',
    AUDIT_FILE: join(data, 'audit.jsonl'),
    SHARED_FILE: join(data, 'shared.json'),
    WEB_ROOT: await webApp,
  }
  const bff = start(consoleService({ server, url, environment }))
  const fleet =
    Number(values.devices) === 0
      ? undefined
      : start({
          name: 'fleet',
          program: 'apps/fleet/src/main.ts',
          args: [
            ...['--devices', values.devices, '--seed', values.seed, '--state', join(data, 'fleet')],
            ...['--mqtt-port', values['mqtt-port'], '--drop-every', values['drop-every'], '--log-level', 'info'],
            ...(values['by-claim'] ? ['--by-claim'] : []),
          ],
          environment: { ...process.env, ...aws },
        })
  await Promise.all([bff.ready(), fleet?.ready()])
  ready = true
  console.log(`Thingdeck is ready: ${url}`)
  if (isNewAccount && fleet && values.rules === 'on') {
    // Behind the line that people wait for: it starts three more processes.
    await makeSampleRules(sdkOf(server), server.account, server.region).catch((error: Error) => {
      if (!stopping) console.error(`The sample rules could not be made: ${error.message}`)
    })
  }
} catch (error) {
  if (!stopping) await stop(1, (error as Error).message)
}
