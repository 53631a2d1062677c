/**
 * How fast an embedded server is there: `startLocal()` in memory, its first answer, its reset, and the whole process.
 *
 * `startLocal()` is called several times in a process that has imported it, as a test file does; each server is asked
 * and closed before the next. The references of the same run: a bare node:http server with a TLS server beside it; an
 * empty program of the same Node. Medians, and the first of all. `npm run bench start -- --rounds 20`
 */
import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startEmbeddedServer } from '../scripts/run/embedded-server.ts'
import { median } from './measure/statistics.ts'
import type { StartFigures } from './start/in-process.ts'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '15' }, processes: { type: 'string', default: '5' } },
})

function row(name: string, figures: readonly number[], reference?: { name: string; ms: number }): void {
  const ms = median(figures)
  const ratio = reference ? `×${(ms / reference.ms).toFixed(1)} ${reference.name} (${reference.ms.toFixed(1)} ms)` : ''
  console.log(
    `${name.padEnd(44)}${ms.toFixed(1).padStart(9)} ms  first ${(figures[0] ?? Number.NaN).toFixed(1).padStart(7)} ms  ${ratio}`,
  )
}

const child = fork(fileURLToPath(new URL('start/in-process.ts', import.meta.url)), [values.rounds])
const [figures] = (await once(child, 'message')) as [StartFigures]
const bare = { name: 'bare HTTP and TLS servers', ms: median(figures.bareMs) }
row('import of @thingdeck/local', [figures.importMs])
row('startLocal() in memory', figures.readyMs, bare)
row('startLocal() to its first answer', figures.firstAnswerMs, bare)
row('reset() with 1,000 things', figures.resetMs)
row('close()', figures.closeMs)

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
