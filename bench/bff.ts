/**
 * The console's server beside the SDK calls underneath, in turn and in the same run: a list of 25 things, and a thing's
 * page, whose calls the SDK makes side by side. Once with so many milliseconds put before the endpoint, as AWS has, and
 * once with nothing before it.
 *
 * `npm run bench bff -- --samples 400 --delay 30`
 */
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import {
  CreateThingCommand,
  DescribeThingCommand,
  IoTClient,
  ListThingGroupsForThingCommand,
  ListThingPrincipalsCommand,
  ListThingsCommand,
} from '@aws-sdk/client-iot'
import { signIn } from '../e2e/signed-in.ts'
import { startConsole } from '../scripts/run/console.ts'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { freePort } from '../scripts/run/free-port.ts'
import { startFarEndpoint } from './bff/far-endpoint.ts'
import { percentile } from './measure/statistics.ts'

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '400' }, delay: { type: 'string', default: '30' } },
})
/** The console takes 1,200 requests a minute from one address. */
const MOST_SAMPLES = 500
const samples = Math.min(MOST_SAMPLES, Number(values.samples))
const WARM_UP = 80
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
console.log(row(['', 'SDK p50', 'p99', 'console p50', 'p99', '× p50', '× p99']))
for (const delayMs of [Number(values.delay), 0]) await compare(delayMs)

async function compare(delayMs: number): Promise<void> {
  await using used = new AsyncDisposableStack()
  const far = delayMs > 0 ? used.use(await startFarEndpoint(server.http, delayMs)) : undefined
  const endpoint = far?.url ?? server.http
  // Where people sign in is the server itself: only AWS is far.
  const environment = { AWS_ENDPOINT_URL: endpoint }
  const bff = used.use(await startConsole({ server, url: near.consoleUrl, environment }))
  const cookies = await signIn(near.consoleUrl, 'Vera')
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  used.defer(() => agent.destroy())
  const iot = new IoTClient({ ...server.sdk, endpoint })
  used.defer(() => iot.destroy())
  const ask = (path: string) =>
    new Promise<void>((resolve, reject) => {
      const sent = request(`${near.consoleUrl}${path}`, { agent, headers: { cookie } }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) resolve()
          else reject(new Error(`${path} was answered ${response.statusCode}`))
        })
      })
      sent.on('error', reject).end()
    })
  const pairs: [name: string, sdk: () => Promise<unknown>, console: () => Promise<unknown>][] = [
    [
      'list of 25 things',
      () => iot.send(new ListThingsCommand({ maxResults: 25 })),
      () => ask('/api/things?maxResults=25'),
    ],
    [
      'thing’s page',
      () =>
        Promise.all([
          iot.send(new DescribeThingCommand({ thingName })),
          iot.send(new ListThingPrincipalsCommand({ thingName })),
          iot.send(new ListThingGroupsForThingCommand({ thingName })),
        ]),
      () => ask(`/api/things/${thingName}`),
    ],
  ]
  for (const [name, sdk, ofConsole] of pairs) {
    const times: [sdk: number[], console: number[]] = [[], []]
    for (let index = -WARM_UP; index < samples; index++) {
      for (const [side, call] of [sdk, ofConsole].entries()) {
        const startMs = performance.now()
        await call()
        if (index >= 0) times[side]?.push(performance.now() - startMs)
      }
    }
    const figures = times.map((each) => [percentile(each, 0.5), percentile(each, 0.99)])
    const [[sdk50 = 0, sdk99 = 0] = [], [ours50 = 0, ours99 = 0] = []] = figures
    const ms = [sdk50, sdk99, ours50, ours99].map((each) => `${each.toFixed(2)} ms`)
    const ratios = [ours50 / sdk50, ours99 / sdk99].map((each) => `×${each.toFixed(2)}`)
    console.log(row([`${name}, ${delayMs} ms before`, ...ms, ...ratios]))
  }
  await bff.stop()
}
