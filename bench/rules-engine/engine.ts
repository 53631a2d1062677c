/** The engine of an embedded server, in this process: see `bench/rules-engine.ts`. */
import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { CreateTopicRuleCommand, IoTClient } from '@aws-sdk/client-iot'
// biome-ignore lint/correctness/noUndeclaredDependencies: the server's own, and of its version
import { pino } from 'pino'
import { DEFAULTS } from '../../apps/local/src/config.ts'
import type { ServiceContext } from '../../apps/local/src/foundation/service.ts'
import { startServer } from '../../apps/local/src/start.ts'
import { median } from '../measure/statistics.ts'

const { values } = parseArgs({
  options: {
    rules: { type: 'string', default: '1000' },
    rounds: { type: 'string', default: '15' },
    seconds: { type: 'string', default: '15' },
  },
})
const MESSAGES = 20_000
const PER_SECOND = 5_000
const MAX_MICROSECONDS = 5
const ROLE = 'arn:aws:iam::123456789012:role/rules'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void // what the flag makes

const sockets = new Set<Socket>()
const dead = createServer((socket) => sockets.add(socket.on('error', () => undefined)))
dead.listen(0, '127.0.0.1')
await once(dead, 'listening')
process.env.AWS_ENDPOINT_URL_SQS = `http://127.0.0.1:${(dead.address() as AddressInfo).port}`
process.env.AWS_ACCESS_KEY_ID ??= 'bench'
process.env.AWS_SECRET_ACCESS_KEY ??= 'bench'

const quiet = await serverWithContext()
const busy = await serverWithContext()
await makeRules(busy.sdk, Number(values.rules), (index) => `plant/${index}/+/data`)

const times = { quiet: [] as number[], busy: [] as number[] }
for (let round = 0; round < Number(values.rounds) + 2; round += 1) {
  const [without, withRules] = [microsecondsEach(quiet.context), microsecondsEach(busy.context)]
  if (round < 2) continue // they are still being compiled
  times.quiet.push(without)
  times.busy.push(withRules)
}
const cost = median(times.busy) - median(times.quiet)
console.log(
  `${values.rules} rules, none matches: ${cost.toFixed(2)} µs a message (at most ${MAX_MICROSECONDS}); ` +
    `without rules ${median(times.quiet).toFixed(2)} µs`,
)

await makeRules(quiet.sdk, 1, () => 'dead', [{ sqs: { queueUrl: 'http://127.0.0.1/123456789012/q', roleArn: ROLE } }])
const heap: number[] = []
const payload = Buffer.alloc(1_000, 'a')
for (let second = 0; second < Number(values.seconds); second += 1) {
  for (let slice = 0; slice < 10; slice += 1) {
    for (let count = 0; count < PER_SECOND / 10; count += 1) tell(quiet.context, 'dead', payload)
    await wait(100)
  }
  collect()
  heap.push(process.memoryUsage().heapUsed / 2 ** 20)
}
const half = Math.floor(heap.length / 2)
const growth = median(heap.slice(half)) / median(heap.slice(0, half))
console.log(
  `a dead destination, ${PER_SECOND} messages of 1 kB a second: heap ${heap[0]?.toFixed(0)} → ${heap.at(-1)?.toFixed(0)} MB, ` +
    `second half of the time ×${growth.toFixed(2)} the first`,
)
for (const socket of sockets) socket.destroy()
dead.close()
await Promise.all([quiet, busy].map((server) => server.close()))

async function serverWithContext() {
  const contexts: ServiceContext[] = []
  const config = { ...DEFAULTS, port: 0, mqttPort: 0, httpsPort: 0, data: ':memory:', logLevel: 'silent' } as const
  const server = await startServer(config, pino({ level: 'silent' }), {
    services: [
      (context) => {
        contexts.push(context)
        return { name: 'bench' }
      },
    ],
  })
  const [context] = contexts
  if (!context) throw new Error('no service was made')
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  return {
    context,
    sdk: { endpoint: server.urls.http, region: config.region, credentials },
    close: () => server.close(),
  }
}

async function makeRules(
  sdk: Awaited<ReturnType<typeof serverWithContext>>['sdk'],
  count: number,
  filterOf: (index: number) => string,
  actions: NonNullable<ConstructorParameters<typeof CreateTopicRuleCommand>[0]['topicRulePayload']>['actions'] = [],
): Promise<void> {
  const iot = new IoTClient(sdk)
  for (let index = 0; index < count; index += 1) {
    const sql = `SELECT * FROM '${filterOf(index)}'`
    await iot.send(new CreateTopicRuleCommand({ ruleName: `rule_${index}`, topicRulePayload: { sql, actions } }))
  }
  iot.destroy()
}

function tell({ traffic, clock }: ServiceContext, topic: string, bytes: Uint8Array): void {
  const message = { topic, payload: bytes, qos: 1, retain: false, properties: {}, receivedAtMs: clock() } as const
  traffic.accepted.tell({ message, publisher: undefined })
}

function microsecondsEach(context: ServiceContext): number {
  const bytes = Buffer.from('{"temperature":21.5}')
  const before = process.threadCpuUsage()
  for (let count = 0; count < MESSAGES; count += 1) tell(context, `plant/${count % 2_000}/pump-7/status`, bytes)
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / MESSAGES
}
