/**
 * The embedded server's AWS APIs: requests a second of the ten commonest operations, with 100,000 things stored.
 *
 * The server is a process as its users start it, on a data directory; requests are signed, and were so before the load
 * began. Beside it: moto's server, where it is installed, with as many things; and a program on node:http and
 * node:sqlite that does the same with one statement each and checks nothing, as a lower bound. They take turns; the
 * median of the rounds counts. CPU is that of the server's process per request.
 *
 * `npm run bench api -- --things 1000 --rounds 5 --requests 2000 --operations DescribeThing,ListThings`
 */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { forkProgram } from '../scripts/run/fork-program.ts'
import { sendAll, sendOne } from './api/http-load.ts'
import { startMoto } from './api/moto.ts'
import { OPERATIONS, type Operation, type Prepared } from './api/operations.ts'
import { type RequestParts, signedRequest } from './api/signed-request.ts'
import { seedThings, thingNameOf } from './measure/fleet.ts'
import { cpuMicrosOf } from './measure/processes.ts'
import { median } from './measure/statistics.ts'

const { values } = parseArgs({
  options: {
    things: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    requests: { type: 'string', default: '1000' },
    connections: { type: 'string', default: '16' },
    operations: { type: 'string', default: OPERATIONS.map(({ name }) => name).join(',') },
  },
})
const things = Number(values.things)

interface Contender {
  readonly name: string
  readonly pid: number
  readonly port: number
  /** Of the requests, this many are sent: who is slow is not asked as often. */
  readonly share: number
  stop(): void
}

interface Figures {
  readonly perSecond: number
  readonly cpuMicros: number
}

const CERTIFICATES = 10
const POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iot:*', Resource: '*' }],
})

/** Makes what some operations need, by the API itself. */
async function prepare({ port }: Contender): Promise<Prepared> {
  const send = async (parts: Omit<RequestParts, 'service'> & Partial<RequestParts>, header = '') => {
    const request = signedRequest({ service: 'iot', ...parts }, port).toString('utf8')
    return JSON.parse((await sendOne(port, Buffer.from(request.replace('\r\n', `\r\n${header}`)))) || '{}')
  }
  const policyNames = Array.from({ length: 10 }, (_, index) => `policy-${index}`)
  for (const name of policyNames) {
    await send({ method: 'POST', path: `/policies/${name}`, body: JSON.stringify({ policyDocument: POLICY }) })
  }
  const certificateArns: string[] = []
  const attachedThings: string[] = []
  for (let index = 0; index < CERTIFICATES; index++) {
    const made = await send({ method: 'POST', path: '/keys-and-certificate', query: 'setAsActive=true' })
    const thing = thingNameOf(index)
    await send({ method: 'PUT', path: `/things/${thing}/principals` }, `x-amzn-principal: ${made.certificateArn}\r\n`)
    const shadow = JSON.stringify({ state: { reported: { temperature: index } } })
    await send({ service: 'iotdata', method: 'POST', path: `/things/${thing}/shadow`, body: shadow })
    certificateArns.push(made.certificateArn)
    attachedThings.push(thing)
  }
  return { things, certificateArns, attachedThings, policyNames }
}

let used = 0

async function measure(contender: Contender, operation: Operation, prepared: Prepared): Promise<Figures> {
  const { pid, port, share } = contender
  const count = Math.max(10, Math.floor((Number(values.requests) * share) / (operation.weight ?? 1)))
  const requests = Array.from({ length: count }, () => signedRequest(operation.request(used++, prepared), port))
  const cpuBefore = cpuMicrosOf(pid)
  const options = { connections: Number(values.connections), maxMs: 4000 }
  const { answered, perSecond } = await sendAll(port, requests, options)
  return { perSecond, cpuMicros: (cpuMicrosOf(pid) - cpuBefore) / answered }
}

function row(columns: readonly string[]): string {
  const [first = '', ...rest] = columns
  return first.padEnd(28) + rest.map((column) => column.padStart(13)).join('')
}

function killed(child: ChildProcess): () => void {
  return () => void child.kill('SIGKILL')
}

async function start(directory: string): Promise<Contender[]> {
  seedThings(directory, things)
  const server = await startEmbeddedServer({ data: directory })
  const contenders: Contender[] = [
    {
      name: 'ours',
      pid: server.service.pid,
      port: Number(new URL(server.http).port),
      share: 1,
      stop: () => server.service.kill(),
    },
  ]
  const byHand = forkProgram(new URL('api/by-hand.ts', import.meta.url), [directory, values.things])
  const [{ port }] = (await once(byHand, 'message')) as [{ port: number }]
  contenders.push({ name: 'by hand', pid: byHand.pid ?? 0, port, share: 1, stop: killed(byHand) })
  const moto = await startMoto(things)
  if (typeof moto === 'string') console.log(`Without moto: ${moto}.`)
  else {
    contenders.push({
      name: 'moto',
      pid: moto.child.pid ?? 0,
      port: moto.port,
      share: 0.1,
      stop: killed(moto.child),
    })
  }
  return contenders
}

const directory = mkdtempSync(join(tmpdir(), 'bench-api-'))
const contenders = await start(directory)
try {
  console.log(`${values.things} things, ${values.connections} connections, ${values.rounds} rounds in turn.`)
  console.log('× is how much ours does better: in requests, and in CPU per request.')
  console.log(row(['', 'server', 'requests/s', 'CPU µs each', '× requests', '× CPU']))
  const prepared = new Map<Contender, Prepared>()
  for (const contender of contenders) prepared.set(contender, await prepare(contender))
  for (const operation of OPERATIONS.filter(({ name }) => values.operations.split(',').includes(name))) {
    const rounds = new Map<Contender, Figures[]>(contenders.map((contender) => [contender, []]))
    for (let round = 0; round <= Number(values.rounds); round++) {
      for (const [contender, figures] of rounds) {
        const found = prepared.get(contender)
        if (!found) continue
        const measured = await measure(contender, operation, found)
        if (round > 0) figures.push(measured) // the first is to warm up
      }
    }
    let own: Figures | undefined
    for (const [{ name }, figures] of rounds) {
      const perSecond = median(figures.map((each) => each.perSecond))
      const cpuMicros = median(figures.map((each) => each.cpuMicros))
      own ??= { perSecond, cpuMicros }
      const ratios =
        name === 'ours'
          ? []
          : [`×${(own.perSecond / perSecond).toFixed(2)}`, `×${(cpuMicros / own.cpuMicros).toFixed(2)}`]
      console.log(row([operation.name, name, perSecond.toFixed(0), cpuMicros.toFixed(0), ...ratios]))
    }
  }
} finally {
  for (const contender of contenders) contender.stop()
  rmSync(directory, { recursive: true, force: true })
}
