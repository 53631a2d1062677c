import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** What runs functions of a runtime on this machine. */
export interface RuntimeCommand {
  readonly program: string
  readonly arguments: readonly string[]
}

const NODE_PROGRAM = fileURLToPath(new URL('./runtimes/node.ts', import.meta.url))
const PYTHON_PROGRAM = fileURLToPath(new URL('./runtimes/python.py', import.meta.url))
const ASK_TIMEOUT_MS = 20_000

/** The runtimes that this machine has. */
export class Runtimes {
  /** By runtime: where its Python is, once that was asked for. */
  readonly #pythons = new Map<string, string | undefined>()

  /** Why no function of that runtime can be run here; undefined where it can. To be asked before {@link command}. */
  async whyNot(runtime: string): Promise<string | undefined> {
    if (runtime.startsWith('nodejs')) return undefined
    if (!runtime.startsWith('python')) {
      return `This server runs functions of the runtimes nodejs* and python*, not ${runtime}.`
    }
    if (!this.#pythons.get(runtime)) this.#pythons.set(runtime, await findPython(runtime))
    if (this.#pythons.get(runtime) !== undefined) return undefined
    return `This machine has neither ${runtime} nor python3 in its PATH, so that functions of the runtime ${runtime} cannot be run.`
  }

  /**
   * Node.js is the one that this server runs on, whatever the runtime's number; Python the one of that version, or else
   * whichever the machine has.
   * @param memoryMb bounds the heap of Node.js
   */
  command(runtime: string, memoryMb: number): RuntimeCommand | undefined {
    if (runtime.startsWith('nodejs')) {
      const flags = [`--max-old-space-size=${memoryMb}`, '--disable-warning=ExperimentalWarning']
      return { program: process.execPath, arguments: [...flags, NODE_PROGRAM] }
    }
    const program = this.#pythons.get(runtime)
    return program === undefined ? undefined : { program, arguments: ['-u', PYTHON_PROGRAM] }
  }
}

/** The program itself, not what chooses among several. */
async function findPython(runtime: string): Promise<string | undefined> {
  for (const name of [runtime, 'python3']) {
    const asked = promisify(execFile)(name, ['-c', 'import sys; print(sys.executable)'], { timeout: ASK_TIMEOUT_MS })
    const found = await asked.then(
      ({ stdout }) => stdout.trim(),
      () => '',
    )
    if (found !== '') return found
  }
  return undefined
}
