/**
 * The AWS API server made from the SDK's schemas, against a handler written by hand on node:http.
 *
 * Both answer the same `CreateThing` with three attributes, check the same patterns and verify no signature. Each is
 * driven in turn over kept-alive connections; the best of the rounds counts. `npm run bench aws-api -- --seconds 2`
 */
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { parseArgs } from 'node:util'
import { forkProgram } from '../scripts/run/fork-program.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '16' },
  },
})
const BODY = JSON.stringify({ attributePayload: { attributes: { room: 'hall-3', floor: '1', model: 'pump/7' } } })
const HEADERS = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20250101/eu-west-1/iot/aws4_request, SignedHeaders=host, Signature=0',
  'content-type': 'application/json',
  'content-length': String(BODY.length),
}

const server = forkProgram(new URL('../packages/aws-api/test/bench-server.ts', import.meta.url))
const ports = await reply<{ byHand: number; fromSchemas: number }>()

async function reply<Message>(): Promise<Message> {
  const [message] = await once(server, 'message')
  return message
}

function createThing(agent: Agent, port: number, thingName: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ agent, port, method: 'POST', path: `/things/${thingName}`, headers: HEADERS })
    outgoing.on('error', reject)
    outgoing.on('response', (response) => {
      response.resume()
      response.on('end', () => {
        if (response.statusCode === 200) resolve()
        else reject(new Error(`CreateThing was answered ${response.statusCode}`))
      })
    })
    outgoing.end(BODY)
  })
}

/** Processor time of the servers' process so far, in microseconds. */
async function serverCpuMicros(): Promise<number> {
  const answer = reply<{ user: number; system: number }>()
  server.send('cpu')
  const { user, system } = await answer
  return user + system
}

interface Round {
  readonly perSecond: number
  /** Of the server, per request. */
  readonly cpuMicros: number
}

async function measure(port: number): Promise<Round> {
  const connections = Number(values.connections)
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const cpuBefore = await serverCpuMicros()
  const startMs = performance.now()
  const endMs = startMs + Number(values.seconds) * 1000
  let answered = 0
  const work = async (worker: number) => {
    for (let index = 0; performance.now() < endMs; index += 1) {
      await createThing(agent, port, `pump-${worker}-${index}`)
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: connections }, (_, worker) => work(worker)))
  agent.destroy()
  const perSecond = (answered * 1000) / (performance.now() - startMs)
  return { perSecond, cpuMicros: ((await serverCpuMicros()) - cpuBefore) / answered }
}

const better = (a: Round | undefined, b: Round): Round => (a && a.cpuMicros < b.cpuMicros ? a : b)

function row(name: string, { perSecond, cpuMicros }: Round): string {
  return `${name.padEnd(20)} ${perSecond.toFixed(0).padStart(8)} requests/s ${cpuMicros.toFixed(1).padStart(8)} µs of CPU each`
}

try {
  let byHand: Round | undefined
  let fromSchemas: Round | undefined
  for (let round = 0; round < Number(values.rounds); round += 1) {
    byHand = better(byHand, await measure(ports.byHand))
    fromSchemas = better(fromSchemas, await measure(ports.fromSchemas))
  }
  if (byHand && fromSchemas) {
    console.log(row('node:http by hand', byHand))
    console.log(row('from SDK schemas', fromSchemas))
    console.log(`CPU ratio ${(fromSchemas.cpuMicros / byHand.cpuMicros).toFixed(2)}`)
  }
} finally {
  server.kill()
}
