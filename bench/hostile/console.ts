import { fileURLToPath } from 'node:url'
import { Service } from '../../scripts/run/service.ts'
import { type Attack, Finding, type Tally } from './attack.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Every route by every kind of caller, and whatever else a caller may send to every endpoint. */
const TESTS = ['apps/bff/test/access.test.ts', 'apps/bff/test/endpoints.test.ts']
const LAST_CHARACTERS = 4000
/** A machine that does much else beside it is no fault of the console's. */
const PATIENT = ['--hookTimeout', '300000', '--testTimeout', '300000']

/** The console's server: the matrix of its routes and callers, which is a test of its own. */
export class Console implements Attack {
  readonly name = 'console'

  async round(): Promise<Tally> {
    let said = ''
    const keep = (line: string) => {
      said = `${said}${line}\n`.slice(-LAST_CHARACTERS)
      return false // there is no line to wait for: it ends first
    }
    const matrix = new Service({
      name: 'matrix of routes',
      program: 'node_modules/vitest/vitest.mjs',
      args: ['run', '--project', 'node', ...PATIENT, ...TESTS],
      cwd: ROOT,
      onError: keep,
    })
    await matrix.line(keep).catch(() => {})
    const code = await matrix.ended
    if (code !== 0) throw new Finding(said)
    return { matrices: 1 }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
