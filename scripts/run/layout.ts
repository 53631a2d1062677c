import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildWebApp } from '../web-build.ts'

/** Where what is started lies, and what people call it. */
export interface Layout {
  /** Lines that `--help` has beside the options; empty, or ended by a line break. */
  readonly furtherHelp: string
  /** The file of a program, which the project names by its path: `apps/bff/src/main.ts`. */
  readonly programFile: (program: string) => string
  /** @returns the folder of the console's pages */
  readonly webApp: () => Promise<string>
  /** What `--help` says of the functions that are served when no folder is named. */
  readonly functionsTold: string
  /**
   * The folder of functions that are served when no other one is named.
   * @param data where everything is kept
   */
  readonly functions: (data: string) => string
  /**
   * The folder in which Node keeps programs stripped of types and compiled, for their next start, which costs half of the
   * processor time then. Not one that others may write: what lies there is run. Undefined where there is none.
   */
  readonly compileCache: string | undefined
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** That of a checkout. In the packages `scripts/publish/thingdeck/layout.ts` stands in its place. */
export const layout: Layout = {
  furtherHelp: '',
  programFile: (program) => join(root, program),
  webApp: buildWebApp,
  functionsTold: 'samples/functions',
  functions: () => 'samples/functions',
  compileCache: join(root, 'node_modules/.cache/node-compile'),
}
