/**
 * How fast an embedded server is there: `startLocal()` in memory, its first answer, its reset, and the whole process.
 *
 * `startLocal()` is called several times in a process that has imported it, as a test file does; each server is asked
 * and closed before the next. The references of the same run: a bare node:http server with a TLS server beside it; an
 * empty program of the same Node; twenty services whose SDK packages are loaded up front. Medians, and the first of all.
 * `npm run bench start -- --rounds 20`
 */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { forkProgram } from '../scripts/run/fork-program.ts'
import { median } from './measure/statistics.ts'
import type { StartFigures } from './start/in-process.ts'
import type { ServicesFigures } from './start/services.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, processes: { type: 'string', default: '5' } },
})

function row(name: string, figures: readonly number[], reference?: { name: string; ms: number }): void {
  const ms = median(figures)
  const times = reference ? ms / reference.ms : Number.NaN
  const ratio = reference
    ? `×${times.toFixed(times < 0.1 ? 3 : 1)} ${reference.name} (${reference.ms.toFixed(1)} ms)`
    : ''
  console.log(
    `${name.padEnd(44)}${ms.toFixed(1).padStart(9)} ms  first ${(figures[0] ?? Number.NaN).toFixed(1).padStart(7)} ms  ${ratio}`,
  )
}

/** What a program of `start/` tells; each run is a process of its own. */
async function measure<Figures>(program: string, argument: string): Promise<Figures> {
  const child = forkProgram(new URL(`start/${program}.ts`, import.meta.url), [argument])
  const [figures] = await once(child, 'message')
  return figures
}

const figures = await measure<StartFigures>('in-process', values.rounds)
const bare = { name: 'bare HTTP and TLS servers', ms: median(figures.bareMs) }
row('import of @thingdeck/local', [figures.importMs])
row('startLocal() in memory', figures.readyMs, bare)
row('startLocal() to its first answer', figures.firstAnswerMs, bare)
row('reset() with 1,000 things', figures.resetMs)
row('close()', figures.closeMs)

const lazy: ServicesFigures[] = []
const eager: ServicesFigures[] = []
for (let index = 0; index < Number(values.processes); index++) {
  lazy.push(await measure<ServicesFigures>('services', 'lazy'))
  eager.push(await measure<ServicesFigures>('services', 'eager'))
}
const upFront = { name: 'loaded up front', ms: median(eager.map(({ madeMs }) => madeMs)) }
row(
  'twenty more services',
  lazy.map(({ madeMs }) => madeMs),
  upFront,
)
row(
  'first answer of one of them (AWS IoT)',
  lazy.map(({ firstAnswerMs }) => firstAnswerMs),
)

const empty: number[] = []
const whole: number[] = []
for (let index = 0; index < Number(values.processes); index++) {
  const startMs = performance.now()
  execFileSync(process.execPath, ['-e', ''])
  empty.push(performance.now() - startMs)
  const server = await startEmbeddedServer()
  whole.push(server.readyMs)
  await server.service.stop()
}
row('server process to its ready line', whole, { name: 'empty program', ms: median(empty) })
