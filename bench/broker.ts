/**
 * The broker, with policies enforced, against aedes and mosquitto without: messages a second and delays.
 *
 * Fan-in (n publishers, one subscriber), fan-out (one publisher, n subscribers) and pairs, at QoS 0 and 1, over TCP and
 * mutual TLS; each peer in turn on the same load, which runs in a process of its own. A message counts when a subscriber
 * has it. CPU is that of the broker's process per delivered message: where other work shares the machine, it tells more
 * than the rate. `--window` is how many messages are on their way at a time; as many as there are clients, and each
 * publisher waits for its message before it sends the next.
 *
 * `npm run bench broker -- --seconds 2 --patterns pairs --qos 0 --transports tcp --peers ours,mosquitto`
 */
import { fork } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type CertificateFiles, makeCertificates } from './broker/certificates.ts'
import type { Load, Outcome } from './broker/load.ts'
import { PEERS, type Peer, type PeerName, startPeer } from './broker/peers.ts'

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1.5' },
    peers: { type: 'string', default: PEERS.join(',') },
    patterns: { type: 'string', default: 'fan-in,fan-out,pairs' },
    qos: { type: 'string', default: '0,1' },
    transports: { type: 'string', default: 'tcp,mtls' },
    payload: { type: 'string', default: '64' },
    clients: { type: 'string', default: '50' },
    window: { type: 'string', default: '1000' },
  },
})

interface Result extends Outcome {
  /** Of the broker's process, per delivered message. */
  cpuMicros: number
}

async function run(peer: Peer, load: Load): Promise<Result | undefined> {
  const child = fork(fileURLToPath(new URL('broker/load.ts', import.meta.url)), [JSON.stringify(load)])
  return new Promise((resolve) => {
    let cpuAtStart = 0
    child.on('message', (message: 'start' | Outcome) => {
      if (message === 'start') {
        cpuAtStart = cpuMicrosOf(peer.pid)
        return
      }
      const messages = (message.perSecond * load.measureMs) / 1000
      resolve({ ...message, cpuMicros: (cpuMicrosOf(peer.pid) - cpuAtStart) / messages })
    })
    child.on('exit', () => resolve(undefined))
  })
}

/** Processor time of a process so far, in microseconds, from Linux's `/proc`; NaN elsewhere. */
function cpuMicrosOf(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * 10_000
  } catch {
    return Number.NaN
  }
}

function cell(value: number, digits = 0): string {
  return Number.isNaN(value) ? '-' : value.toFixed(digits)
}

function row(columns: readonly string[]): string {
  const [first = '', ...rest] = columns
  return first.padEnd(24) + rest.map((column) => column.padStart(12)).join('')
}

function report(name: string, results: ReadonlyMap<PeerName, Result>): void {
  const ours = results.get('ours')
  for (const [peer, { perSecond, p50Ms, p99Ms, cpuMicros }] of results) {
    const ratio = ours && peer !== 'ours' ? `ours ×${(ours.perSecond / perSecond).toFixed(2)}` : ''
    console.log(row([name, peer, cell(perSecond), cell(p50Ms, 2), cell(p99Ms, 2), cell(cpuMicros, 2), ratio]))
  }
}

async function startPeers(directory: string, certificates: CertificateFiles | undefined): Promise<Map<PeerName, Peer>> {
  const peers = new Map<PeerName, Peer>()
  for (const name of PEERS) {
    if (!values.peers.split(',').includes(name)) continue
    const peer = await startPeer(name, directory, certificates)
    if (typeof peer === 'string') console.log(`Without ${name}: ${peer}.`)
    else peers.set(name, peer)
  }
  return peers
}

const directory = mkdtempSync(join(tmpdir(), 'bench-broker-'))
const certificates = values.transports.includes('mtls') ? makeCertificates(directory) : undefined
if (values.transports.includes('mtls') && !certificates)
  console.log('Without mtls: there is no openssl to make certificates.')
const peers = await startPeers(directory, certificates)
try {
  console.log(row(['', 'broker', 'messages/s', 'p50 ms', 'p99 ms', 'CPU µs each', '']))
  for (const transport of values.transports.split(',')) {
    for (const pattern of values.patterns.split(',') as Load['pattern'][]) {
      for (const qos of values.qos.split(',').map(Number) as Load['qos'][]) {
        const results = new Map<PeerName, Result>()
        for (const [name, peer] of peers) {
          const port = transport === 'tcp' ? peer.ports.tcp : peer.ports.tls
          if (port === undefined) continue
          const load: Load = {
            port,
            certificates: transport === 'tcp' ? undefined : certificates,
            pattern,
            qos,
            warmupMs: 500,
            measureMs: Number(values.seconds) * 1000,
            payloadBytes: Number(values.payload),
            clients: Number(values.clients),
            window: Number(values.window),
          }
          const result = await run(peer, load)
          if (result) results.set(name, result)
          else console.log(`${name} failed at ${transport} ${pattern} QoS ${qos}`)
        }
        report(`${transport} ${pattern} QoS ${qos}`, results)
      }
    }
  }
} finally {
  for (const peer of peers.values()) peer.stop()
  rmSync(directory, { recursive: true })
}
