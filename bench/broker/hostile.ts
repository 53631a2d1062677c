import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { forkProgram } from '../../scripts/run/fork-program.ts'
import { median, percentile } from '../measure/statistics.ts'
import { startBounded } from './peers.ts'

/** Delays of good clients in one pair of rounds: without hostile neighbours, and then with them. */
interface Round {
  aloneP99Ms: number
  p99Ms: number
  /** The share of the good clients' messages that came. */
  arrived: number
}

export interface HostileOutcome {
  /** Medians of the rounds. */
  aloneP99Ms: number
  p99Ms: number
  ratio: number
  arrived: number
  /** Of the broker's process, after the last round. */
  residentMegabytes: number
}

const GOOD_CLIENTS = 100

/** What 100 clients that behave notice of neighbours that do not, where the broker has its limits on. */
export async function measureHostile({
  rounds,
  roundMs,
}: {
  rounds: number
  roundMs: number
}): Promise<HostileOutcome> {
  const broker = await startBounded()
  const port = broker.ports.tcp ?? 0
  const good = await start('good-clients.ts', port, GOOD_CLIENTS)
  try {
    const measured: Round[] = []
    for (let round = 0; round < rounds; round++) {
      const alone = await delaysOf(good, roundMs)
      const neighbours = await start('neighbours.ts', port)
      await setTimeout(roundMs / 4)
      const disturbed = await delaysOf(good, roundMs)
      neighbours.kill('SIGKILL')
      await setTimeout(roundMs / 4)
      measured.push({
        aloneP99Ms: percentile(alone, 0.99),
        p99Ms: percentile(disturbed, 0.99),
        arrived: disturbed.length / alone.length,
      })
    }
    return {
      aloneP99Ms: median(measured.map(({ aloneP99Ms }) => aloneP99Ms)),
      p99Ms: median(measured.map(({ p99Ms }) => p99Ms)),
      ratio: median(measured.map(({ aloneP99Ms, p99Ms }) => p99Ms / aloneP99Ms)),
      arrived: median(measured.map(({ arrived }) => arrived)),
      residentMegabytes: residentMegabytes(broker.pid),
    }
  } finally {
    good.kill('SIGKILL')
    broker.stop()
  }
}

async function start(file: string, ...options: number[]): Promise<ChildProcess> {
  const child = forkProgram(new URL(file, import.meta.url), options.map(String))
  await once(child, 'message')
  return child
}

async function delaysOf(good: ChildProcess, durationMs: number): Promise<number[]> {
  await ask(good)
  await setTimeout(durationMs)
  return ask(good)
}

async function ask(good: ChildProcess): Promise<number[]> {
  const answer = once(good, 'message')
  good.send('delays')
  const [delays] = (await answer) as [number[]]
  return delays
}

/** NaN where the operating system does not tell. */
function residentMegabytes(pid: number): number {
  try {
    const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes) / 1024
  } catch {
    return Number.NaN
  }
}
