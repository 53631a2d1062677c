/**
 * The embedded server with a million things on disk, and with 10,000 idle connections over mutual TLS.
 *
 * Things: from the start of the process to its ready line; DescribeThing by the server's own clock (from a request's
 * head to its answer, as its log says); resident memory after that. Beside a bare node:http server that does one SELECT
 * on the same file, and an empty program.
 * Searches: from the call of the SDK to the first page, of what is rare and stored last, the median of twenty and the
 * longest. Beside SQLite that looks through all names of the same file.
 * Connections: resident memory of the server over that of the server without them, once it has settled. The clients
 * are in a process of their own. Beside a bare tls.createServer of the same Node with as many.
 *
 * `npm run bench scale -- --things 100000 --connections 1000`; 0 leaves one out. With `--data DIRECTORY` the things are
 * stored there, and used again by the next run; with `--only searches` nothing else is measured. A million takes minutes to
 * store and to index: `--seconds 200` ends a run after so long, and the next one goes on.
 */
import { type ChildProcess, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { forkProgram } from '../scripts/run/fork-program.ts'
import { sendAll } from './api/http-load.ts'
import { signedRequest } from './api/signed-request.ts'
import { type CertificateFiles, makeCertificates } from './broker/certificates.ts'
import { startLocalPeer } from './broker/local.ts'
import { seedThings, thingNameOf } from './measure/fleet.ts'
import { residentBytesOf } from './measure/processes.ts'
import { median, percentile } from './measure/statistics.ts'
import type { IdleLoad } from './scale/idle-clients.ts'
import { measureSearches, scanNames } from './scale/searches.ts'

const { values } = parseArgs({
  options: {
    things: { type: 'string', default: '1000000' },
    connections: { type: 'string', default: '10000' },
    starts: { type: 'string', default: '3' },
    requests: { type: 'string', default: '5000' },
    data: { type: 'string' },
    only: { type: 'string' },
    seconds: { type: 'string', default: '3600' },
  },
})

function row(name: string, figure: number, unit: string, reference?: { name: string; figure: number }): void {
  const digits = unit === 'ms' ? 3 : 1
  const ratio = reference
    ? `×${(figure / reference.figure).toFixed(2)} of ${reference.name} (${reference.figure.toFixed(digits)} ${unit})`
    : ''
  console.log(`${name.padEnd(52)}${figure.toFixed(digits).padStart(11)} ${unit.padEnd(4)} ${ratio}`)
}

const megabytes = (bytes: number) => bytes / 1e6

function forked(file: string, argument: string): ChildProcess {
  return forkProgram(new URL(`scale/${file}`, import.meta.url), [argument])
}

async function answerOf<Message>(child: ChildProcess): Promise<Message> {
  const [message] = await once(child, 'message')
  return message
}

async function measureThings(directory: string): Promise<void> {
  const count = Number(values.things)
  const empty: number[] = []
  const ready: number[] = []
  for (let index = 0; index < Number(values.starts); index++) {
    const startMs = performance.now()
    execFileSync(process.execPath, ['-e', ''])
    empty.push(performance.now() - startMs)
    const server = await startEmbeddedServer({ data: directory })
    ready.push(server.readyMs)
    await server.service.stop()
  }
  row('start to ready line', median(ready), 'ms', { name: 'an empty program', figure: median(empty) })

  const durations: number[] = []
  const server = await startEmbeddedServer(
    { data: directory, args: ['--log-level', 'debug'] },
    {
      onError: (line) => {
        const { operation, durationMs }: Readonly<Record<string, unknown>> = JSON.parse(line)
        if (operation === 'DescribeThing') durations.push(Number(durationMs))
      },
    },
  )
  const serverPort = Number(new URL(server.http).port)
  const requests = (port: number) =>
    Array.from({ length: Number(values.requests) }, (_, index) => {
      const path = `/things/${thingNameOf((index * 7919) % count)}`
      return signedRequest({ service: 'iot', method: 'GET', path }, port)
    })
  const one = { connections: 1, maxMs: 30_000 }
  const { perSecond } = await sendAll(serverPort, requests(serverPort), one)
  const memory = residentBytesOf(server.service.pid)
  await server.service.stop()
  const bare = forked('bare-select.ts', directory)
  const { port } = await answerOf<{ port: number }>(bare)
  const bareOutcome = await sendAll(port, requests(port), one)
  const bareMemory = residentBytesOf(bare.pid ?? 0)
  bare.kill()
  row('DescribeThing, the server’s own time, median', median(durations), 'ms')
  row('DescribeThing, the server’s own time, p99', percentile(durations, 0.99), 'ms')
  row('DescribeThing, round trip, one connection', 1000 / perSecond, 'ms', {
    name: 'a bare SELECT',
    figure: 1000 / bareOutcome.perSecond,
  })
  const reference = { name: 'a bare SELECT', figure: megabytes(bareMemory) }
  row(`resident memory after ${values.requests} of them`, megabytes(memory), 'MB', reference)
}

async function measureSearching(directory: string): Promise<void> {
  const count = Number(values.things)
  const server = await startEmbeddedServer({ data: directory })
  const figures = await measureSearches(server.sdk, count)
  await server.service.stop()
  const peer = { name: 'a scan of all names', figure: scanNames(directory, count) }
  for (const { queryString, ms, worstMs, found } of figures) {
    row(`${queryString}: ${found} of its first page, at most ${worstMs.toFixed(1)} ms`, ms, 'ms', peer)
  }
}

/** Resident memory once it no longer moves by more than a hundredth within five seconds, after a minute at most. */
async function settled(pid: number): Promise<number> {
  let before = residentBytesOf(pid)
  for (let round = 0; round < 12; round++) {
    await setTimeout(5000)
    const now = residentBytesOf(pid)
    if (Math.abs(now - before) < before / 100) return now
    before = now
  }
  return before
}

/** What so many idle connections add to a server's resident memory, in bytes. */
async function costOf(pid: number, load: IdleLoad): Promise<number> {
  const before = residentBytesOf(pid)
  const startMs = performance.now()
  const clients = forked('idle-clients.ts', JSON.stringify(load))
  const { open } = await answerOf<{ open: number }>(clients)
  if (open !== load.count) throw new Error(`Only ${open} of ${load.count} connections are open`)
  const name = load.mqtt ? 'the server' : 'a bare TLS server'
  row(`connecting ${open} clients to ${name}`, (performance.now() - startMs) / 1000, 's')
  const cost = (await settled(pid)) - before
  clients.kill()
  return cost
}

async function measureConnections(files: CertificateFiles): Promise<void> {
  const count = Number(values.connections)
  const bare = forked('bare-tls.ts', JSON.stringify(files))
  const { port } = await answerOf<{ port: number }>(bare)
  const client = { count, cert: files.clientCert, key: files.clientKey }
  const reference = await costOf(bare.pid ?? 0, { ...client, port, mqtt: false, ca: files.ca })
  bare.kill()
  const server = await startLocalPeer(files)
  const cost = await costOf(server.pid, { ...client, port: server.ports.tls ?? 0, mqtt: true, ca: server.ca ?? '' })
  server.stop()
  const bareMegabytes = megabytes(reference)
  row(`${count} idle connections`, megabytes(cost), 'MB', { name: 'a bare TLS server', figure: bareMegabytes })
  const perBare = { name: 'a bare TLS server', figure: reference / count / 1e3 }
  row('one idle connection', cost / count / 1e3, 'kB', perBare)
}

/** Whether all things are there. */
function storeThings(directory: string): boolean {
  const count = Number(values.things)
  const startMs = performance.now()
  const isWhole = seedThings(directory, count, Number(values.seconds) * 1000)
  row(`storing and indexing ${count} things beforehand`, (performance.now() - startMs) / 1000, 's')
  if (!isWhole) console.log('There is more to store: run this again with the same --data.')
  return isWhole
}

if (values.only !== undefined && values.only !== 'searches') {
  throw new Error(`--only takes searches, and not ${values.only}`)
}
const directory = values.data ?? mkdtempSync(join(tmpdir(), 'bench-scale-'))
try {
  if (values.things !== '0' && storeThings(directory)) {
    if (values.only === undefined) await measureThings(directory)
    await measureSearching(directory)
  }
  if (values.only !== undefined) values.connections = '0'
  const files = values.connections === '0' ? undefined : makeCertificates(directory)
  if (files) await measureConnections(files)
  else if (values.connections !== '0') console.log('Without connections: there is no openssl to make certificates.')
} finally {
  if (values.data === undefined) rmSync(directory, { recursive: true })
}
