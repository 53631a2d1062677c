/**
 * `npm start`: the embedded AWS IoT Core, a fleet of simulated devices, and the console; with `--aws` the console alone, on
 * the AWS account of whoever starts it. Ends with one line that names the address to open; Ctrl+C stops everything.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { turnOnFleetIndex } from './fleet-index.ts'
import { turnOnLogging } from './iot-logging.ts'
import { consoleService } from './run/console.ts'
import { awsEnvironment, type EmbeddedServerReady, embeddedServer, sdkOf } from './run/embedded-server.ts'
import { layout } from './run/layout.ts'
import { Services } from './run/services.ts'
import { makeSampleRules } from './sample-rules.ts'
import { startOnAws } from './start-on-aws.ts'

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
  aws: { type: 'boolean', default: false },
  'read-only': { type: 'boolean', default: false },
  'live-role': { type: 'string' },
  region: { type: 'string' },
  environment: { type: 'string' },
  'environment-kind': { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

const OF_BOTH: readonly string[] = ['console-port', 'data', 'help']
const OF_AWS: readonly string[] = ['aws', 'read-only', 'live-role', 'region', 'environment', 'environment-kind']

/** Ends with one sentence where an option is none of ours, or has no value. */
function readOptions() {
  try {
    const { values, tokens } = parseArgs({ options: OPTIONS, tokens: true })
    const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
    return { values, given }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (!code?.startsWith('ERR_PARSE_ARGS_')) throw error
    const [, given = ''] = /'([^\s']+)/.exec(message) ?? []
    const isOurs = code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE'
    const why = isOurs ? `${given} cannot be given like this` : `There is no ${given}`
    console.error(`${why}: npm start -- --help lists the options.`)
    process.exit(2)
  }
}

const { values, given } = readOptions()

if (values.help) {
  console.log(
    `Usage: npm start -- [options]
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

On your own AWS account, with the credentials of your profile (AWS_PROFILE=NAME npm start -- --aws), and without the
embedded server and its devices; --console-port and --data as above:
  --aws             the console alone, on your own AWS account
  --read-only       nothing can be changed
  --live-role ARN   a role that can do MQTT, where your credentials are those of a role (IAM Identity Center)
  --region R        the region, where the profile names none or another
  --environment N   what pages call the account (its alias or number)
  --environment-kind K   development, staging or production (production)
${layout.furtherHelp}`.trimEnd(),
  )
  process.exit(0)
}

const strange = given.find((name) => !OF_BOTH.includes(name) && OF_AWS.includes(name) !== values.aws)
if (strange !== undefined) {
  console.error(
    `--${strange} ${values.aws ? 'is for the embedded server, which --aws does not start' : 'is for --aws alone'}`,
  )
  process.exit(2)
}

for (const name of ['fleet-index', 'logging', 'rules'] as const) {
  if (values[name] === 'on' || values[name] === 'off') continue
  console.error(`--${name} is on or off, not ${values[name]}`)
  process.exit(1)
}

if (values.aws) {
  await startOnAws({
    consolePort: values['console-port'],
    data: values.data,
    isReadOnly: values['read-only'],
    liveRole: values['live-role'],
    region: values.region,
    environment: values.environment,
    environmentKind: values['environment-kind'],
  })
} else await startEmbedded()

async function startEmbedded(): Promise<void> {
  const { data } = values
  /** An account that was there before keeps what its administrator chose. */
  const isNewAccount = !existsSync(join(data, 'account.db'))
  const services = new Services(data)
  try {
    const webApp = layout.webApp()
    webApp.catch(() => {}) // reported below, when it is awaited
    const url = `http://localhost:${values['console-port']}`
    const ports = { http: values.port, mqtt: values['mqtt-port'], https: values['https-port'] }
    const server = await services
      .start(
        embeddedServer({
          ports,
          data,
          consoleUrl: url,
          args: ['--functions', values.functions ?? layout.functions(data)],
        }),
      )
      .ready<EmbeddedServerReady>()

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
    const bff = services.start(consoleService({ server, url, environment }))
    const fleet =
      Number(values.devices) === 0
        ? undefined
        : services.start({
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
    services.allReady()
    console.log(`Thingdeck is ready: ${url}`)
    if (isNewAccount && fleet && values.rules === 'on') {
      // Behind the line that people wait for: it starts three more processes.
      await makeSampleRules(sdkOf(server), server.account, server.region).catch((error: Error) => {
        if (!services.isStopping) console.error(`The sample rules could not be made: ${error.message}`)
      })
    }
  } catch (error) {
    if (!services.isStopping) await services.stop(1, (error as Error).message)
  }
}
