/**
 * The program: see {@link runCommand}. The code is loaded through Node's compile cache, which keeps it stripped of
 * types and compiled for the next start; where the cache cannot be written, starting takes twice as long.
 */
import { enableCompileCache, flushCompileCache } from 'node:module'

enableCompileCache()
const { runCommand } = await import('./command.ts')
await runCommand()
flushCompileCache()
