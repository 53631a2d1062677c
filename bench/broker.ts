/**
 * The broker, with policies enforced, against aedes and mosquitto without: messages a second and delays.
 *
 * Fan-in (n publishers, one subscriber), fan-out (one publisher, n subscribers) and pairs, at QoS 0 and 1, over TCP and
 * mutual TLS. The load comes from a process of its own, over kept connections, in a closed loop. The brokers take turns
 * of a fraction of a second on the same load. A message counts when a subscriber has it. CPU is that of the broker's
 * process per delivered message: where other work shares the machine, it tells more than the rate.
 *
 * Window: how many messages are on their way at a time, over all publishers. With 20 per client the rate is that of
 * brokers that find several messages whenever they read. With one per client each message costs a read and a write of
 * its own on both sides, and most of what is measured is the operating system's loopback and the load itself.
 *
 * `npm run bench broker -- --patterns pairs --qos 0 --transports tcp --windows 1000 --peers ours,mosquitto --rounds 9`
 * The last row is of another kind: what clients that behave notice of hostile neighbours (`--hostile-rounds 0`: nothing).
 * `--peers local,mosquitto --transports mtls` takes the whole embedded server instead of its broker alone, and
 * `--peers logged,local --transports mtls` the same with its log at INFO against itself without: ×0.85 is wanted;
 * `--peers ruled,local --transports mtls` with 100 topic rules, of which one is for every message: ×0.7 is wanted
 * (`republishing`: and publishes each to another topic, which makes twice as many messages).
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { forkProgram } from '../scripts/run/fork-program.ts'
import { type CertificateFiles, makeCertificates } from './broker/certificates.ts'
import { measureHostile } from './broker/hostile.ts'
import type { Load, Outcome, Target } from './broker/load.ts'
import type { Peer } from './broker/peer.ts'
import { PEERS, type PeerName, startPeer } from './broker/peers.ts'
import type { Pattern } from './broker/traffic.ts'
import { median } from './measure/statistics.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    'round-ms': { type: 'string' },
    'warmup-ms': { type: 'string', default: '300' },
    peers: { type: 'string', default: 'ours,aedes,mosquitto' },
    patterns: { type: 'string', default: 'fan-in,fan-out,pairs' },
    qos: { type: 'string', default: '0,1' },
    transports: { type: 'string', default: 'tcp,mtls' },
    payload: { type: 'string', default: '64' },
    clients: { type: 'string', default: '50' },
    windows: { type: 'string', default: '1000,50' },
    'hostile-rounds': { type: 'string', default: '3' },
    'hostile-round-ms': { type: 'string', default: '3000' },
  },
})
const [subject = 'ours', ...others] = values.peers.split(',') as PeerName[]
/** The log takes a second's entries at once: only what it does for longer tells. */
const roundMs = Number(values['round-ms'] ?? (subject === 'logged' ? 3000 : 200))

function run(load: Load): Promise<Outcome[]> {
  const child = forkProgram(new URL('broker/load.ts', import.meta.url), [JSON.stringify(load)])
  return new Promise((resolve) => {
    child.on('message', (outcomes: Outcome[]) => resolve(outcomes))
    child.on('exit', () => resolve([]))
  })
}

function cell(value: number, digits = 0): string {
  return Number.isNaN(value) ? '-' : value.toFixed(digits)
}

function row(columns: readonly string[]): string {
  const [first = '', ...rest] = columns
  return first.padEnd(28) + rest.map((column) => column.padStart(12)).join('')
}

/** Rates of the subject as multiples of each other peer's, over all rows. */
const ratios = new Map<string, number[]>()

function report(name: string, window: number, outcomes: readonly Outcome[]): void {
  const own = outcomes.find((outcome) => outcome.name === subject)
  for (const { name: peer, perSecond, p50Ms, p99Ms, cpuMicros, lost, error } of outcomes) {
    if (error !== undefined) {
      console.log(row([name, peer, error]))
      continue
    }
    const rates: string[] = []
    if (own && peer !== subject) {
      const ratio = own.perSecond / perSecond
      rates.push(`×${ratio.toFixed(2)}`, `×${(cpuMicros / own.cpuMicros).toFixed(2)}`)
      const key = `${peer}, window ${window}`
      ratios.set(key, [...(ratios.get(key) ?? []), ratio])
    }
    const figures = [cell(perSecond), cell(p50Ms, 2), cell(p99Ms, 2), cell(cpuMicros, 2)]
    console.log(row([name, peer, ...figures, ...rates]) + (lost > 0 ? ` ${lost} lost` : ''))
  }
}

async function startPeers(directory: string, certificates: CertificateFiles | undefined): Promise<Map<string, Peer>> {
  const peers = new Map<string, Peer>()
  for (const name of [subject, ...others]) {
    if (!PEERS.includes(name)) throw new Error(`There is no peer ${name}, only ${PEERS.join(', ')}`)
    const peer = await startPeer(name, directory, certificates)
    if (typeof peer === 'string') console.log(`Without ${name}: ${peer}.`)
    else peers.set(name, peer)
  }
  return peers
}

function targetOf(name: string, peer: Peer, files: CertificateFiles | undefined): Target | undefined {
  const port = files ? peer.ports.tls : peer.ports.tcp
  if (port === undefined) return undefined
  const tls = files && { ca: peer.ca ?? files.ca, cert: files.clientCert, key: files.clientKey }
  return { name, pid: peer.pid, port, tls }
}

const directory = mkdtempSync(join(tmpdir(), 'bench-broker-'))
const certificates = values.transports.includes('mtls') ? makeCertificates(directory) : undefined
const peers = await startPeers(directory, certificates)
try {
  console.log(`${values.clients} clients on each side, ${values.payload} bytes each, ${values.rounds} rounds in turn.`)
  console.log(`× is how much ${subject} does better: in messages, and in CPU per message.`)
  console.log(row(['', 'broker', 'messages/s', 'p50 ms', 'p99 ms', 'CPU µs each', '× messages', '× CPU']))
  for (const transport of values.transports.split(',')) {
    const files = transport === 'mtls' ? certificates : undefined
    if (transport === 'mtls' && !files) {
      console.log('Without mtls: there is no openssl to make certificates.')
      continue
    }
    const targets = [...peers].flatMap(([name, peer]) => targetOf(name, peer, files) ?? [])
    for (const pattern of values.patterns.split(',') as Pattern[]) {
      for (const qos of values.qos.split(',').map(Number) as Load['qos'][]) {
        for (const window of values.windows.split(',').map(Number)) {
          const outcomes = await run({
            targets,
            pattern,
            qos,
            window,
            rounds: Number(values.rounds),
            warmupMs: Number(values['warmup-ms']),
            roundMs,
            payloadBytes: Number(values.payload),
            clients: Number(values.clients),
          })
          report(`${transport} ${pattern} QoS ${qos} w${window}`, window, outcomes)
        }
      }
    }
  }
  for (const [key, all] of ratios) {
    const [least, most] = [Math.min(...all), Math.max(...all)].map((ratio) => ratio.toFixed(2))
    console.log(`${subject} ÷ ${key}: median ×${median(all).toFixed(2)}, from ×${least} to ×${most}`)
  }
  const hostileRounds = Number(values['hostile-rounds'])
  if (hostileRounds > 0) {
    const outcome = await measureHostile({ rounds: hostileRounds, roundMs: Number(values['hostile-round-ms']) })
    const { aloneP99Ms, p99Ms, ratio, arrived, residentMegabytes } = outcome
    console.log(
      `With hostile neighbours: p99 of 100 good clients ${p99Ms.toFixed(2)} ms, without ${aloneP99Ms.toFixed(2)} ms: ` +
        `×${ratio.toFixed(2)} (wanted: at most ×3); ${(arrived * 100).toFixed(0)} % of their messages came; ` +
        `${residentMegabytes.toFixed(0)} MB resident.`,
    )
  }
} finally {
  for (const peer of peers.values()) peer.stop()
  rmSync(directory, { recursive: true })
}
