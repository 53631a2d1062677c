/**
 * The rules engine: what 1,000 rules cost a message that is for none of them, and what a dead destination costs.
 *
 * Messages are told to the engine as the broker tells them, in the process of an embedded server, so that the engine
 * alone is measured: the same messages beside as many without any rule, in turns, medians of CPU time. The destination
 * is a queue whose server takes connections and never answers, at 5,000 messages a second.
 * `npm run bench rules-engine -- --rules 1000 --seconds 15`
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const program = fileURLToPath(new URL('rules-engine/engine.ts', import.meta.url))
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 1
