import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { END_WITH_PARENT, parentPipe } from './parent-pipe.ts'

/**
 * One of our programs as a process that messages are sent to and come from, and that ends with this one, however that
 * ended. `isQuiet`: what it writes to its standard output goes nowhere
 */
export function forkProgram(
  program: URL,
  args: readonly string[] = [],
  { isQuiet = false }: { readonly isQuiet?: boolean } = {},
): ChildProcess {
  const child = fork(fileURLToPath(program), args, {
    execArgv: [...END_WITH_PARENT], // not those of this process, which may hold a program: `--eval`
    stdio: ['ignore', isQuiet ? 'ignore' : 'inherit', 'inherit', 'ipc', 'pipe'], // the last one is the pipe
    env: { ...process.env, ...parentPipe(4) },
  })
  child.stdio[4]?.on('error', () => {}) // that it ended is told by 'exit'
  return child
}
