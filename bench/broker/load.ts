/**
 * The load on all brokers of one row, in a process of its own. The brokers take turns of a fraction of a second, in a
 * different order each round: what else happens on the machine happens to all of them.
 */
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { cpuMicrosOf } from '../measure/processes.ts'
import { median, percentile } from '../measure/statistics.ts'
import { type Shape, Traffic } from './traffic.ts'
import type { Door } from './wire.ts'

/** A broker process to be measured. */
export interface Target {
  name: string
  pid: number
  port: number
  /** PEM files for mutual TLS. */
  tls?: { ca: string; cert: string; key: string } | undefined
}

export interface Load extends Shape {
  targets: Target[]
  rounds: number
  warmupMs: number
  roundMs: number
}

export interface Outcome {
  name: string
  /** Messages that subscribers received; the median of the rounds. */
  perSecond: number
  /** Of all rounds. */
  p50Ms: number
  p99Ms: number
  /** Of the broker's process, per received message, over all rounds. */
  cpuMicros: number
  /** Messages that did not come within a second. */
  lost: number
  /** What went wrong, if anything did; then there are no figures. */
  error?: string
}

interface Measured {
  target: Target
  traffic: Traffic
  rates: number[]
  delays: number[]
  received: number
  cpuMicros: number
  lost: number
}

const load: Load = JSON.parse(process.argv[2] ?? '{}')
const measured: Measured[] = []
const outcomes: Outcome[] = []
for (const target of load.targets) {
  try {
    const traffic = await Traffic.connect(doorOf(target), load)
    measured.push({ target, traffic, rates: [], delays: [], received: 0, cpuMicros: 0, lost: 0 })
    traffic.start()
    await setTimeout(load.warmupMs)
    await traffic.stop()
  } catch (error) {
    const none = { perSecond: Number.NaN, p50Ms: Number.NaN, p99Ms: Number.NaN, cpuMicros: Number.NaN, lost: 0 }
    outcomes.push({ name: target.name, ...none, error: String(error) })
  }
}
for (let round = 0; round < load.rounds; round++) {
  for (let turn = 0; turn < measured.length; turn++) {
    const each = measured[(turn + round) % measured.length]
    if (each) await measure(each)
  }
}
for (const { target, rates, delays, received, cpuMicros, lost } of measured) {
  const [p50Ms, p99Ms] = [percentile(delays, 0.5), percentile(delays, 0.99)]
  outcomes.push({ name: target.name, perSecond: median(rates), p50Ms, p99Ms, cpuMicros: cpuMicros / received, lost })
}
process.send?.(outcomes, () => process.exit(0))

async function measure(each: Measured): Promise<void> {
  const { traffic, target } = each
  traffic.received = 0
  traffic.delays = []
  const cpuBefore = cpuMicrosOf(target.pid)
  const startMs = performance.now()
  traffic.start()
  await setTimeout(load.roundMs)
  each.rates.push((traffic.received * 1000) / (performance.now() - startMs))
  each.lost += await traffic.stop()
  each.received += traffic.received
  each.cpuMicros += cpuMicrosOf(target.pid) - cpuBefore
  for (const delay of traffic.delays) each.delays.push(delay)
}

function doorOf({ port, tls }: Target): Door {
  if (!tls) return { port }
  return { port, tls: { ca: readFileSync(tls.ca), cert: readFileSync(tls.cert), key: readFileSync(tls.key) } }
}
