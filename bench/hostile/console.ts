import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
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
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'node', ...PATIENT, ...TESTS]
    const child = spawn(process.execPath, vitest, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-LAST_CHARACTERS)
      })
    }
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Finding(said)
    return { matrices: 1 }
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}
