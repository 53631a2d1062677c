/**
 * The console's server beside the SDK calls underneath, in turn and in the same run: a list of 25 things, and a thing's
 * page, whose calls the SDK makes side by side. Once with so many milliseconds put before the endpoint, as AWS has, and
 * once with nothing before it; the first three thousand calls of each side are not measured. The bare server makes the same
 * calls and does nothing else: what one more process between browser and AWS costs on this machine, whatever is in it.
 *
 * `npm run bench bff -- --samples 400 --delay 30`
 */
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import { CreateThingCommand, IoTClient } from '@aws-sdk/client-iot'
import { signIn } from '../e2e/signed-in.ts'
import { startConsole } from '../scripts/run/console.ts'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { forkProgram } from '../scripts/run/fork-program.ts'
import { freePort } from '../scripts/run/free-port.ts'
import { callsOf } from './bff/calls.ts'
import { startFarEndpoint } from './bff/far-endpoint.ts'
import { percentile } from './measure/statistics.ts'

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '400' }, delay: { type: 'string', default: '30' } },
})
const samples = Number(values.samples)
/**
 * Of each side: V8 compiles a function for the last time once it was called 3,000 times, and the SDK in this process was
 * called more often by then than the console, which is started anew.
 */
const WARM_UP = 3_000
/** The console takes 1,200 a minute from one: it is asked as by people behind a proxy. */
const REQUESTS_PER_ADDRESS = 1_000
const THINGS = 100
const thingName = 'pump-0001'

await using stack = new AsyncDisposableStack()
const port = await freePort()
const near = { consoleUrl: `http://localhost:${port}`, delayMs: 0 }
const server = stack.use(await startEmbeddedServer({ consoleUrl: near.consoleUrl }))
const setUp = new IoTClient(server.sdk)
for (let index = 0; index < THINGS; index++) {
  const attributePayload = { attributes: { site: `hall-${index % 7}`, serial: String(index) } }
  await setUp.send(new CreateThingCommand({ thingName: `pump-${String(index).padStart(4, '0')}`, attributePayload }))
}
setUp.destroy()

const row = (cells: readonly string[]) => cells.map((cell, index) => cell.padEnd(index === 0 ? 34 : 12)).join('')
console.log(
  row(['', 'SDK p50', 'p99', 'bare p50', 'p99', 'console p50', 'p99', '× p50', '× p99', 'bare × p50', '× p99']),
)
for (const delayMs of [Number(values.delay), 0]) await compare(delayMs)

async function compare(delayMs: number): Promise<void> {
  await using used = new AsyncDisposableStack()
  const far = delayMs > 0 ? used.use(await startFarEndpoint(server.http)) : undefined
  const endpoint = far?.url ?? server.http
  // Where people sign in is the server itself: only AWS is far.
  const environment = { AWS_ENDPOINT_URL: endpoint, TRUSTED_PROXIES: '1' }
  const bff = used.use(await startConsole({ server, url: near.consoleUrl, environment }))
  const cookies = await signIn(near.consoleUrl, 'Vera')
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  used.defer(() => agent.destroy())
  const iot = new IoTClient({ ...server.sdk, endpoint })
  used.defer(() => iot.destroy())
  const bare = forkProgram(new URL('bff/bare-server.ts', import.meta.url), [
    JSON.stringify({ config: { ...server.sdk, endpoint }, thingName }),
  ])
  used.defer(() => void bare.kill())
  const [barePort] = await once(bare, 'message')
  let asked = 0
  const ask = (url: string) =>
    new Promise<void>((resolve, reject) => {
      const headers = { cookie, 'x-forwarded-for': `10.0.0.${Math.floor(asked++ / REQUESTS_PER_ADDRESS)}` }
      const sent = request(url, { agent, headers }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`${url} was answered ${response.statusCode}`))
        })
      })
      sent.on('error', reject).end()
    })
  const calls = callsOf(iot, thingName)
  const ofConsole = (path: string) => () => ask(`${near.consoleUrl}${path}`)
  const ofBare = (path: string) => () => ask(`http://localhost:${barePort}${path}`)
  const compared: [name: string, ...sides: (() => Promise<unknown>)[]][] = [
    ['list of 25 things', calls.list, ofBare('/list'), ofConsole('/api/things?maxResults=25')],
    ['thing’s page', calls.thing, ofBare('/thing'), ofConsole(`/api/things/${thingName}`)],
  ]
  for (const [name, ...sides] of compared) {
    const times: number[][] = sides.map(() => [])
    if (far) far.delayMs = 0 // so many calls would take minutes
    for (let index = -WARM_UP; index < samples; index++) {
      if (far && index === 0) far.delayMs = delayMs
      for (const [side, call] of sides.entries()) {
        const startMs = performance.now()
        await call()
        if (index >= 0) times[side]?.push(performance.now() - startMs)
      }
    }
    const figures = times.map((each) => [percentile(each, 0.5), percentile(each, 0.99)] as const)
    const [sdk = fail(), between = fail(), ours = fail()] = figures
    const ms = [sdk, between, ours].flat().map((each) => `${each.toFixed(2)} ms`)
    const ratios = [ours, between].flatMap((each) =>
      each.map((value, index) => `×${(value / (sdk[index] ?? 1)).toFixed(2)}`),
    )
    console.log(row([`${name}, ${delayMs} ms before`, ...ms, ...ratios]))
  }
  await bff.stop()
}

function fail(): never {
  throw new TypeError('Each side has its figures')
}
